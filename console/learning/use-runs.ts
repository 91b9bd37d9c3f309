/** Runs of learning from the engine; asked again while one is under way. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useApi } from '../api-context.ts'

const runsAtOnce = 50
const whileRunning = 2_000
const otherwise = 20_000

export function useRuns() {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: ['runs'],
    queryFn: ({ pageParam }) => api.listRuns(runsAtOnce, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ runs }) => runs.some((run) => run.state === 'running'))
        ? whileRunning
        : otherwise,
  })
}

export function useRun(id: string) {
  const api = useApi()
  return useQuery({
    queryKey: ['run', id],
    queryFn: () => api.getRun(id),
    refetchInterval: ({ state }) => (state.data?.run.state === 'running' ? whileRunning : false),
  })
}
