/**
 * What next-item trainers learn from: what each person had, in the order in which they had it. All
 * parts share one catalogue, so that a number means the same item in each of them.
 */
import type { Csr } from '../data/csr.ts'
import type { Ids } from '../data/ids.ts'

export interface Sequences {
  readonly items: Ids
  /** One per person: item numbers, oldest first. Empty where nothing is known. */
  readonly lines: readonly Int32Array[]
  /** [items × words] what items say of themselves: attributes, words of a title; weight 1 each. */
  readonly words?: Csr | undefined
}

/** Questions with a known answer: after this history, which item came next? */
export interface Cases {
  readonly histories: readonly Int32Array[]
  /** One per history. */
  readonly targets: Int32Array
  /** The items to choose among, the target one of them; absent: the whole catalogue. */
  readonly candidates?: readonly Int32Array[] | undefined
}

export interface LeaveOneOut {
  /** Without the last two of each person; a person with fewer than three items is here only. */
  readonly train: Sequences
  /** Without the last one: what is known when the test is asked. */
  readonly known: Sequences
  /** The second last item after those before it. */
  readonly valid: Cases
  /** The last item after all others, the second last among them. */
  readonly test: Cases
}

const shortest = 3

/** The protocol of SASRec (Kang & McAuley 2018) and S3-Rec (Zhou et al. 2020). */
export function leaveLastOut(sequences: Sequences): LeaveOneOut {
  const long = sequences.lines.filter(({ length }) => length >= shortest)
  const without = (last: number): Sequences => ({
    ...sequences,
    lines: sequences.lines.map((line) =>
      line.length >= shortest ? line.subarray(0, line.length - last) : line,
    ),
  })
  return { train: without(2), known: without(1), valid: casesOf(long, 2), test: casesOf(long, 1) }
}

/** @param back 1 asks for the last item of each line, 2 for the second last */
export function casesOf(lines: readonly Int32Array[], back: number): Cases {
  return {
    histories: lines.map((line) => line.subarray(0, line.length - back)),
    targets: Int32Array.from(lines, (line) => line[line.length - back]!),
  }
}

export function interactionsIn({ lines }: Sequences): number {
  return lines.reduce((sum, { length }) => sum + length, 0)
}

/** [items] how often each occurs */
export function countsOf({ items, lines }: Sequences): Float32Array {
  const counts = new Float32Array(items.size)
  for (const line of lines) for (const item of line) counts[item]! += 1
  return counts
}
