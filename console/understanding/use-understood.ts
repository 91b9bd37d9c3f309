/** What the engine understands of one text, with the words that say so. */
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../api-context.ts'

export function useUnderstood(text: string) {
  const api = useApi()
  return useQuery({
    queryKey: ['understood', text],
    queryFn: async () => (await api.understand([text], true)).understood[0],
    enabled: text.trim() !== '',
    // The same text gives the same answer until the heads change.
    staleTime: 60_000,
  })
}
