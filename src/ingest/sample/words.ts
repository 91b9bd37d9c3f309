/** The vocabulary of a topic in one language, and how the files in `topics/` write it down. */

export interface Words {
  /** How a person would name the topic in a bio. */
  readonly label: string
  /** Things of the topic; in English singular with an article, so that they fit any sentence. */
  readonly things: readonly string[]
  /** Sentences by what they are about; slots are {thing} {other} {place} {time} {friend} {n}. */
  readonly good: readonly string[]
  readonly bad: readonly string[]
  readonly ask: readonly string[]
}

export interface Topic {
  readonly name: string
  readonly en: Words
  readonly zh: Words
}

/** Things separated by `|`, sentences one a line. */
export interface WrittenWords {
  readonly label: string
  readonly things: string
  readonly good: string
  readonly bad: string
  readonly ask: string
}

export function topic(name: string, en: WrittenWords, zh: WrittenWords): Topic {
  return { name, en: wordsOf(en), zh: wordsOf(zh) }
}

function wordsOf({ label, things, good, bad, ask }: WrittenWords): Words {
  return {
    label,
    things: things.split('|').map((thing) => thing.trim()),
    good: linesOf(good),
    bad: linesOf(bad),
    ask: linesOf(ask),
  }
}

export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}
