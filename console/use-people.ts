/** People of the network, read page by page until enough of them match what is looked for. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { Person } from './api.ts'
import { useApi } from './api-context.ts'

const pageSize = 200
const enough = 40
/** Beyond that many people only an exact id finds the rest. */
const mostRead = 20_000

export interface People {
  readonly found: readonly Person[]
  readonly read: number
  readonly isReading: boolean
  /** Nobody is left who was not read. */
  readonly isComplete: boolean
  readonly problem: Error | null
  readonly retry: () => void
}

export function usePeople(query: string): People {
  const api = useApi()
  const pages = useInfiniteQuery({
    queryKey: ['people'],
    queryFn: ({ pageParam }) => api.listUsers(pageSize, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  })
  const read = useMemo(() => pages.data?.pages.flatMap(({ users }) => users) ?? [], [pages.data])
  const matching = useMemo(() => findPeople(read, query), [read, query])
  const { fetchNextPage, hasNextPage, isFetching, isError } = pages
  const wantsMore = hasNextPage && !isError && matching.length < enough && read.length < mostRead
  // Somebody beyond what was read is still found by their exact id.
  const exact = useQuery({
    queryKey: ['person', query],
    queryFn: () => api.getUser(query),
    enabled: query !== '' && matching.length === 0 && !wantsMore && !isFetching,
    retry: false,
  })
  useEffect(() => {
    if (wantsMore && !isFetching) fetchNextPage()
  }, [wantsMore, isFetching, fetchNextPage])
  return {
    found: matching.length === 0 && exact.data ? [exact.data] : matching,
    read: read.length,
    isReading: pages.isPending || (wantsMore && isFetching),
    isComplete: !hasNextPage,
    problem: pages.error,
    retry: pages.refetch,
  }
}

/** Every word must be somewhere in name, id or bio; names that start with the query come first. */
function findPeople(people: readonly Person[], query: string): readonly Person[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const [start] = words
  if (start === undefined) return people
  const found = people.filter((person) => {
    const text = `${person.name ?? ''} ${person.id} ${person.bio ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const isFirst = ({ name, id }: Person) => (name ?? id).toLowerCase().startsWith(start)
  return found.sort((a, b) => Number(isFirst(b)) - Number(isFirst(a)))
}
