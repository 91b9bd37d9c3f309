/** The report of the network; the engine makes it when asked, so it is asked for once a visit. */
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../api-context.ts'

const freshMs = 60_000

export function useNetwork() {
  const api = useApi()
  return useQuery({
    queryKey: ['network'],
    queryFn: () => api.getNetwork(),
    staleTime: freshMs,
  })
}
