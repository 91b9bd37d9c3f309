/** Part of a text, in UTF-16 offsets. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Finds spans of one kind; time grows with the length of the text alone. */
export type Finder = (text: string) => Span[]

/**
 * A finder from a pattern and a check of what it found. Where the pattern names a group `data`, that
 * is the span (the last such part of the match), otherwise the whole match.
 */
export function finder(pattern: RegExp, isReal: (found: string) => boolean = () => true): Finder {
  return (text) => {
    const spans: Span[] = []
    for (const match of text.matchAll(pattern)) {
      const data = match.groups?.['data'] ?? match[0]
      const from = match.index + match[0].lastIndexOf(data)
      if (isReal(data)) spans.push({ from, to: from + data.length })
    }
    return spans
  }
}

export function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}
