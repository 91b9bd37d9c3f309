/** Lets the cards inside glide from their old places to the new ones when their order changes. */
import { Component, createRef, type ReactNode } from 'react'

interface Properties {
  readonly children: ReactNode
  /** Changes when, and only when, places change. */
  readonly order: string
}

/** Nearer than this to an end of the window, a card counts as out of sight; in pixels. */
const edge = 80

interface Snapshot {
  readonly tops: ReadonlyMap<string, number>
  /** Place of the card that holds the focus, or -1. */
  readonly focused: number
}

/** A class, because only a class sees the page just before it changes. */
export class Sliding extends Component<Properties> {
  readonly box = createRef<HTMLDivElement>()

  override getSnapshotBeforeUpdate(previous: Properties): Snapshot | null {
    if (previous.order === this.props.order) return null
    const focused = this.cards().findIndex((card) => card.contains(document.activeElement))
    return { tops: this.measure(), focused }
  }

  override componentDidUpdate(_: Properties, __: unknown, before: Snapshot | null) {
    if (!before) return
    this.keepFocus(before.focused)
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const after = this.measure()
    for (const card of this.cards()) {
      const id = card.dataset['card'] ?? ''
      slide(card, before.tops.get(id), after.get(id) ?? 0)
    }
  }

  /** If the card that held the focus has left, the one in its place takes it; it stays in sight. */
  keepFocus(place: number): void {
    const cards = this.cards()
    const lost = document.activeElement === document.body
    const held = cards.find((card) => card.contains(document.activeElement))
    const card = lost ? cards[Math.min(place, cards.length - 1)] : held
    if (place < 0 || !card) return
    if (lost) card.focus({ preventScroll: true })
    const { top } = card.getBoundingClientRect()
    if (top < edge || top > innerHeight - edge) card.scrollIntoView({ block: 'nearest' })
  }

  cards(): HTMLElement[] {
    return [...(this.box.current?.querySelectorAll<HTMLElement>('[data-card]') ?? [])]
  }

  measure(): Map<string, number> {
    return new Map(
      this.cards().map((card) => [card.dataset['card'] ?? '', card.getBoundingClientRect().top]),
    )
  }

  override render() {
    return <div ref={this.box}>{this.props.children}</div>
  }
}

function slide(card: HTMLElement, from: number | undefined, to: number): void {
  const timing = { duration: 360, easing: 'cubic-bezier(0.2, 0.7, 0.2, 1)' }
  if (from === undefined) {
    card.animate([{ opacity: 0, transform: 'translateY(16px)' }, {}], timing)
  } else if (from !== to) {
    card.animate([{ transform: `translateY(${from - to}px)` }, {}], timing)
  }
}
