/** The score as one thread, each part in its colour; what spoke against it is hatched. */
import type { ShownPart } from './score-parts.ts'

export function ScoreThread({ parts, isOpen }: { parts: readonly ShownPart[]; isOpen: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={`flex w-full gap-px overflow-hidden rounded-full bg-sunken transition-[height] ${isOpen ? 'h-2.5' : 'h-1.5 group-hover:h-2'}`}
    >
      {parts.map(({ name, share, isAgainst }) => (
        <span
          key={name}
          data-part={name}
          data-against={isAgainst}
          className="thread-segment"
          style={{ width: `${share * 100}%` }}
        />
      ))}
    </span>
  )
}
