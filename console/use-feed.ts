/** The pages of one feed, one after another; and how to get them anew after a deed. */
import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import type { FeedName, Page, PageItem } from './api.ts'
import { useApi } from './api-context.ts'
import { useLocale } from './words.ts'

const pageSize = 20

export interface FeedAddress {
  readonly userId: string
  readonly feed: FeedName
  readonly itemId?: string | undefined
}

/** An item with the page it came on, which goes back with every deed. */
export interface Shown {
  readonly entry: PageItem
  readonly pageId: string
}

export type FeedView = ReturnType<typeof useFeed>

export function useFeed(address: FeedAddress) {
  const api = useApi()
  const client = useQueryClient()
  const locale = useLocale()
  const { userId, feed, itemId } = address
  const key = useMemo(
    () => ['feed', userId, feed, itemId ?? '', locale] as const,
    [userId, feed, itemId, locale],
  )
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) =>
      api.getFeed({ userId, feed, itemId, locale, limit: pageSize, after: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    // A new language keeps the old words on the screen until the new ones have come.
    placeholderData: (previous, before) =>
      before?.queryKey.slice(0, 4).join('\n') === key.slice(0, 4).join('\n')
        ? keepPreviousData(previous)
        : undefined,
  })
  const shown = useMemo(() => shownIn(query.data), [query.data])
  return {
    address,
    /** The same for the same feed, whoever looks and in whatever language. */
    name: `${feed} ${itemId ?? ''}`,
    query,
    shown,
    firstPage: query.data?.pages[0],
    /** Resolves with what is shown now; other feeds of the person are forgotten. */
    renew: async (): Promise<readonly Shown[]> => {
      client.removeQueries({
        queryKey: ['feed', userId],
        type: 'inactive',
        predicate: ({ queryKey }) => queryKey.join('\n') !== key.join('\n'),
      })
      await client.refetchQueries({ queryKey: key, exact: true })
      return shownIn(client.getQueryData<InfiniteData<Page>>(key))
    },
    readShown: () => shownIn(client.getQueryData<InfiniteData<Page>>(key)),
  }
}

function shownIn(data: InfiniteData<Page> | undefined): readonly Shown[] {
  const pages = data?.pages ?? []
  return pages.flatMap((page) => page.items.map((entry) => ({ entry, pageId: page.id })))
}
