/** The mark: a stem, and two threads that meet at it. */
export function Wordmark() {
  return (
    <span className="flex items-center gap-2">
      <svg
        aria-hidden="true"
        viewBox="0 0 32 32"
        className="size-7"
        fill="none"
        strokeLinecap="round"
      >
        <path className="stroke-accent" strokeWidth="4" d="M9 4v24" />
        <path className="stroke-seal" strokeWidth="4" d="M24 5C24 12 17 16 9 16c8 0 15 4 15 11" />
      </svg>
      <span className="font-serif text-2xl leading-none tracking-tight">Kith</span>
    </span>
  )
}
