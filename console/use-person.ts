/** One person, or the words of one item, by id. */
import { useQuery } from '@tanstack/react-query'
import { useApi } from './api-context.ts'

export function usePerson(id: string | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: ['person', id],
    queryFn: () => api.getUser(id ?? ''),
    enabled: id !== undefined,
  })
}

export function usePost(id: string | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: ['post', id],
    queryFn: () => api.getItem(id ?? ''),
    enabled: id !== undefined,
    retry: false,
  })
}
