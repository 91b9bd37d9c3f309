/** Who is looked at and which feed, or the page of learning: kept in the address, so a view can be shared and gone back to. */
import { useMemo, useSyncExternalStore } from 'react'
import type { FeedName } from './api.ts'

export const mainFeeds = ['home', 'people', 'trending', 'latest'] as const satisfies FeedName[]

export interface Address {
  readonly userId?: string
  readonly feed: FeedName
  /** The item of the related feed. */
  readonly itemId?: string
  /** The page "Learning" instead of a feed; a run of it, where one is chosen. */
  readonly learning?: { readonly runId?: string }
  /** The page "Understanding" instead of a feed. */
  readonly understanding?: true
  /** The page "Network" instead of a feed. */
  readonly network?: true
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

export const addressOfUnderstanding = '?view=understanding'

export const addressOfNetwork = '?view=network'

export function goToNetwork(): void {
  history.pushState(null, '', addressOfNetwork)
  dispatchEvent(new PopStateEvent('popstate'))
  scrollTo(0, 0)
}

export function goToUnderstanding(): void {
  history.pushState(null, '', addressOfUnderstanding)
  dispatchEvent(new PopStateEvent('popstate'))
  scrollTo(0, 0)
}

export function goToRun(runId: string | undefined): void {
  history.pushState(null, '', addressOfRun(runId))
  dispatchEvent(new PopStateEvent('popstate'))
  if (!matchMedia('(min-width: 64rem)').matches) scrollTo(0, 0)
}

export function addressOfRun(runId?: string): string {
  const run = runId === undefined ? '' : `&run=${encodeURIComponent(runId)}`
  return `?view=learning${run}`
}

function readAddress(search: string): Address {
  const parameters = new URLSearchParams(search)
  const userId = parameters.get('user')
  const itemId = parameters.get('item')
  const asked = parameters.get('feed')
  const runId = parameters.get('run')
  const isLearning = parameters.get('view') === 'learning'
  const isRelated = asked === 'related' && itemId !== null
  return {
    ...(userId === null ? {} : { userId }),
    feed: isRelated ? 'related' : (mainFeeds.find((feed) => feed === asked) ?? 'home'),
    ...(isRelated ? { itemId } : {}),
    ...(isLearning ? { learning: runId === null ? {} : { runId } } : {}),
    ...(parameters.get('view') === 'understanding' ? { understanding: true } : {}),
    ...(parameters.get('view') === 'network' ? { network: true } : {}),
  }
}

function listen(tell: () => void): () => void {
  addEventListener('popstate', tell)
  return () => removeEventListener('popstate', tell)
}
