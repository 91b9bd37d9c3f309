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
  const sendingAway = (deed: Deed) => (card?: HTMLElement) => {
    if (card && feed !== 'people') passFocusOn(card)
    doing(deed)(card)
  }
  useShortcuts({
    j: (card) => focusCard(card, 1),
    k: (card) => focusCard(card, -1),
    l: onItem((one) => {
      const isLiked = reactions.get(one.entry.item.id) === 'like'
      act({ deed: isLiked ? 'unlike' : 'like', shown: one })
    }),
    h: sendingAway('hide'),
    m: doing('more'),
    x: sendingAway('less'),
    w: (card) => card?.querySelector<HTMLElement>('[data-why]')?.click(),
    r: onItem((one) => goTo({ userId, feed: 'related', itemId: one.entry.item.id })),
  })
}

/** Gives the focus to a neighbour of the card (or of what is in it) that is about to leave. */
export function passFocusOn(element: HTMLElement): void {
  const card = element.closest<HTMLElement>('[data-card]')
  if (!card) return
  const cards = allCards()
  const place = cards.indexOf(card)
  const neighbour = cards[place + 1] ?? cards[place - 1]
  neighbour?.focus({ preventScroll: true })
}

function focusCard(card: HTMLElement | undefined, step: number): void {
  const cards = allCards()
  const place = card ? cards.indexOf(card) + step : 0
  const next = cards[Math.min(Math.max(place, 0), cards.length - 1)]
  next?.focus({ preventScroll: true })
  next?.scrollIntoView({ block: 'nearest' })
}

function allCards(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-card]:not([data-leaving="true"])')]
}
