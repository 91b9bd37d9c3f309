/** Lets the cards inside glide from their old places to the new ones when their order changes. */
import { Component, createRef, type ReactNode } from 'react'

interface Properties {
  readonly children: ReactNode
  /** Changes when, and only when, places change. */
  readonly order: string
}

/** A class, because only a class sees the page just before it changes. */
export class Sliding extends Component<Properties> {
  readonly box = createRef<HTMLDivElement>()

  override getSnapshotBeforeUpdate(previous: Properties): Map<string, number> | null {
    return previous.order === this.props.order ? null : this.measure()
  }

  override componentDidUpdate(_: Properties, __: unknown, before: Map<string, number> | null) {
    if (!before || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const after = this.measure()
    for (const card of this.cards()) {
      const id = card.dataset['card'] ?? ''
      slide(card, before.get(id), after.get(id) ?? 0)
    }
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
