/** Questions made from train histories in the way the test asks them, to choose options on. */
import { integer, type Random, shuffle } from '../../math/random.ts'
import { type Cases, casesOf, type Sequences } from '../next/sequences.ts'

export interface HeldOut {
  readonly train: Sequences
  readonly valid: Required<Cases>
}

/**
 * The last item of `people` lines is taken out and asked for among `among - 1` others drawn evenly
 * from the catalogue.
 */
export function holdOutLast(
  sequences: Sequences,
  { people, among, random }: { people: number; among: number; random: Random },
): HeldOut {
  const long = sequences.lines.flatMap((line, number) => (line.length >= 3 ? [number] : []))
  const chosen = new Set(shuffle(random, long).slice(0, people))
  const lines = sequences.lines.map((line, number) =>
    chosen.has(number) ? line.subarray(0, -1) : line,
  )
  const cases = casesOf(
    [...chosen].sort((a, b) => a - b).map((number) => sequences.lines[number]!),
    1,
  )
  const candidates = Array.from(cases.targets, (target) =>
    candidatesFor(target, among, sequences.items.size, random),
  )
  return { train: { ...sequences, lines }, valid: { ...cases, candidates } }
}

function candidatesFor(target: number, among: number, items: number, random: Random): Int32Array {
  const drawn = new Set([target])
  while (drawn.size < Math.min(among, items)) drawn.add(integer(random, 0, items))
  return Int32Array.from(drawn)
}
