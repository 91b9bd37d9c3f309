/** j and k walk the cards; l h m x w r act on the card that holds the focus. */
import type { Deed } from './api.ts'
import { goTo } from './use-address.ts'
import type { FeedAddress, Shown } from './use-feed.ts'
import type { Feedback } from './use-feedback.ts'
import { useShortcuts } from './use-shortcuts.ts'

export function useCardKeys(
  shown: readonly Shown[],
  feedback: Feedback,
  address: FeedAddress,
): void {
  const { act, reactions } = feedback
  const { userId, feed } = address
  const onItem = (work: (one: Shown) => void) => (card?: HTMLElement) => {
    const one = shown.find(({ entry }) => entry.item.id === card?.dataset['card'])
    if (one && feed !== 'people') work(one)
  }
  const doing = (deed: Deed) => onItem((one) => act({ deed, shown: one }))
  useShortcuts({
    j: (card) => focusCard(card, 1),
    k: (card) => focusCard(card, -1),
    l: onItem((one) => {
      const isLiked = reactions.get(one.entry.item.id) === 'like'
      act({ deed: isLiked ? 'unlike' : 'like', shown: one })
    }),
    h: doing('hide'),
    m: doing('more'),
    x: doing('less'),
    w: (card) => card?.querySelector<HTMLElement>('[data-why]')?.click(),
    r: onItem((one) => goTo({ userId, feed: 'related', itemId: one.entry.item.id })),
  })
}

function focusCard(card: HTMLElement | undefined, step: number): void {
  const cards = [...document.querySelectorAll<HTMLElement>('[data-card]')]
  const place = card ? cards.indexOf(card) + step : 0
  const next = cards[Math.min(Math.max(place, 0), cards.length - 1)]
  next?.focus({ preventScroll: true })
  next?.scrollIntoView({ block: 'nearest' })
}
