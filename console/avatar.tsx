/** First sign of a name, on a colour that is always the same for the same person. */
const sizes = { small: 'size-8 text-sm', middle: 'size-10 text-base', large: 'size-14 text-2xl' }

interface Properties {
  readonly id: string
  readonly name: string
  readonly size?: keyof typeof sizes
}

export function Avatar({ id, name, size = 'middle' }: Properties) {
  const [sign = '·'] = name.trim()
  return (
    <span
      aria-hidden="true"
      className={`avatar grid shrink-0 select-none place-items-center rounded-full font-serif ${sizes[size]}`}
      style={{ '--hue': hueOf(id) } as React.CSSProperties}
    >
      {sign.toUpperCase()}
    </span>
  )
}

function hueOf(id: string): number {
  let hash = 7
  for (const sign of id) hash = (hash * 31 + (sign.codePointAt(0) ?? 0)) % 100_003
  return (hash * 47) % 360
}
