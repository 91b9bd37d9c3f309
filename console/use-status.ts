/** Which adapters answer and how much the network holds; asked again while work is under way. */
import { useQuery } from '@tanstack/react-query'
import { useApi } from './api-context.ts'

export function useStatus() {
  const api = useApi()
  return useQuery({
    queryKey: ['status'],
    queryFn: api.getStatus,
    refetchInterval: ({ state }) => {
      const isBusy =
        !state.data?.isReady || Object.values(state.data.work).some(({ total }) => total > 0)
      return isBusy ? 2_000 : 20_000
    },
  })
}
