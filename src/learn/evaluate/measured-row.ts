/** A finished row of an evaluation as it rests, so that a resumed evaluation need not make it again. */

import type { SavedModel } from '../trainer.ts'
import type { Measurement } from './measure.ts'

export function savedRow({ byPerson, ...rest }: Measurement): SavedModel {
  const tensors = [...byPerson].map(([name, values]) => {
    // As bits, two words each: a float of 32 would change the last digits of a test of significance.
    const bits = new Int32Array(Float64Array.from(values).buffer)
    return [name, { shape: [values.length, 2], data: bits }] as const
  })
  const facts = {
    ...rest,
    metrics: [...rest.metrics],
    segments: rest.segments && [...rest.segments].map(([name, one]) => [name, portable(one)]),
  }
  return { tensors: Object.fromEntries(tensors), meta: { row: JSON.stringify(facts) } }
}

type Segments = NonNullable<Measurement['segments']>
type SegmentOf = Segments extends ReadonlyMap<string, infer One> ? One : never
type PortableSegment = Omit<SegmentOf, 'metrics'> & { metrics: [string, number][] }

function portable(segment: SegmentOf): PortableSegment {
  return { ...segment, metrics: [...segment.metrics] }
}

interface PortableRow extends Omit<Measurement, 'byPerson' | 'metrics' | 'segments'> {
  readonly metrics: [string, number | null][]
  readonly segments?: [string, PortableSegment][]
}

/** @returns undefined when it holds no row */
export function rowOf({ tensors, meta }: SavedModel): Measurement | undefined {
  if (typeof meta['row'] !== 'string') return undefined
  const facts = JSON.parse(meta['row']) as PortableRow
  return {
    ...facts,
    // JSON has no NaN: what came out as no number comes back as none.
    metrics: new Map(facts.metrics.map(([name, value]) => [name, value ?? Number.NaN])),
    segments:
      facts.segments &&
      new Map(
        facts.segments.map(([name, one]) => [name, { ...one, metrics: new Map(one.metrics) }]),
      ),
    byPerson: new Map(
      Object.entries(tensors).map(([name, { data }]) => [
        name,
        new Float64Array(Int32Array.from(data).buffer),
      ]),
    ),
  }
}
