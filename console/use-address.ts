/** Who is looked at and which feed: kept in the address, so a view can be shared and gone back to. */
import { useMemo, useSyncExternalStore } from 'react'
import type { FeedName } from './api.ts'

export const mainFeeds = ['home', 'people', 'trending', 'latest'] as const satisfies FeedName[]

export interface Address {
  readonly userId?: string
  readonly feed: FeedName
  /** The item of the related feed. */
  readonly itemId?: string
}

export function useAddress(): Address {
  const search = useSyncExternalStore(listen, () => location.search)
  return useMemo(() => readAddress(search), [search])
}

export function goTo({ userId, feed, itemId }: Address): void {
  const parameters = new URLSearchParams()
  if (userId !== undefined) parameters.set('user', userId)
  if (feed !== 'home') parameters.set('feed', feed)
  if (itemId !== undefined) parameters.set('item', itemId)
  const search = parameters.toString()
  history.pushState(null, '', search === '' ? location.pathname : `?${search}`)
  dispatchEvent(new PopStateEvent('popstate'))
  scrollTo(0, 0)
}

function readAddress(search: string): Address {
  const parameters = new URLSearchParams(search)
  const userId = parameters.get('user')
  const itemId = parameters.get('item')
  const asked = parameters.get('feed')
  const isRelated = asked === 'related' && itemId !== null
  return {
    ...(userId === null ? {} : { userId }),
    feed: isRelated ? 'related' : (mainFeeds.find((feed) => feed === asked) ?? 'home'),
    ...(isRelated ? { itemId } : {}),
  }
}

function listen(tell: () => void): () => void {
  addEventListener('popstate', tell)
  return () => removeEventListener('popstate', tell)
}
