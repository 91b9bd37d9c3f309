/** From memory to a serving model: likings to item vectors, texts to the map for newer items. */
import { csrOf } from '../../learn/data/csr.ts'
import { fitContentMap, mapText, type TextSample } from '../../learn/serving/content-map.ts'
import { fitFactors, gramOf } from '../../learn/serving/fit-factors.ts'
import {
  type ContentMap,
  type FactorOptions,
  loadServingModel,
  type ServingModel,
  savedServingModel,
} from '../../learn/serving/serving-model.ts'
import type { Checkpoint, SavedModel } from '../../learn/trainer.ts'
import type { Random } from '../../math/random.ts'
import type { Memory } from '../../memory/memory.ts'
import { readLikings } from '../../recommend/learned/likings.ts'
import type { Breathe } from './pace.ts'

export interface ModelFit {
  readonly random: Random
  readonly width?: number
  readonly iterations?: number
  readonly options?: FactorOptions
  /** Engagements that a text counts for, beside those an item had. */
  readonly textEvidence?: number
  readonly warm?: FittedModel | undefined
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((done: number, total: number) => void) | undefined
  readonly breathe?: Breathe | undefined
  /** Where a killed fit goes on. */
  readonly checkpoint?: Checkpoint | undefined
}

export interface FittedModel {
  readonly model: ServingModel
  /** Of the rows of the model's vectors. */
  readonly itemIds: readonly string[]
}

/** Chosen on the validation part of lastfm (random 8:1:1, seed 7). */
const factorDefaults: FactorOptions = { unobserved: 0.1, regularisation: 0.006 }
/** Most evidence first, so many texts teach the map. */
const textsRead = 8_000

export async function fitModel(memory: Memory, fit: ModelFit): Promise<FittedModel> {
  const { width = 64, iterations = 10, options = factorDefaults, signal } = fit
  const likings = likingsOf(memory)
  const items = [...likings.itemNumbers]
  const ids = items.map((item) => memory.items.get(item)?.id ?? '')
  const { vectors } = await fitFactors(likings.csr, {
    ...{ width, iterations, options, signal, random: fit.random, progress: fit.progress },
    ...{ checkpoint: fit.checkpoint, breathe: fit.breathe },
    warm: fit.warm && warmStart(fit.warm, ids, width),
  })
  const contentMaps = await contentMapsOf(memory, items, vectors, likings.evidence, width, signal)
  blendWithTexts(memory, items, vectors, likings.evidence, contentMaps, fit.textEvidence ?? 1)
  const model = { width, vectors, gram: gramOf(vectors, width), options, contentMaps }
  return { model, itemIds: ids }
}

/** As the step of a training rests: items by their number in this memory, which tells them again. */
export function savedFit({ model, itemIds }: FittedModel, { items }: Memory): SavedModel {
  const { tensors, meta } = savedServingModel(model)
  const numbers = Int32Array.from(itemIds, (id) => items.numberOf(id))
  return { tensors: { ...tensors, items: { shape: [numbers.length], data: numbers } }, meta }
}

export function loadFit(saved: SavedModel, { items }: Memory): FittedModel {
  const numbers = Array.from(saved.tensors['items']?.data ?? [])
  return {
    model: loadServingModel(saved),
    itemIds: numbers.map((item) => items.get(item)?.id ?? ''),
  }
}

interface Likings {
  /** [people with likings × items with likings] */
  readonly csr: ReturnType<typeof csrOf>['csr']
  readonly itemNumbers: readonly number[]
  /** People per item. */
  readonly evidence: Float64Array
}

function likingsOf(memory: Memory): Likings {
  const rowOf: number[] = []
  const columnOf: number[] = []
  const values: number[] = []
  const columns = new Map<number, number>()
  let rows = 0
  for (let person = 0; person < memory.people.count; person++) {
    const before = values.length
    readLikings(memory, person, (item, weight) => {
      if (!memory.items.isLive(item)) return
      const column = columns.get(item) ?? columns.size
      columns.set(item, column)
      rowOf.push(rows)
      columnOf.push(column)
      values.push(weight)
    })
    if (values.length > before) rows++
  }
  const evidence = new Float64Array(columns.size)
  for (const column of columnOf) evidence[column]! += 1
  const { csr } = csrOf({ rows, columns: columns.size, rowOf, columnOf, values })
  return { csr, itemNumbers: [...columns.keys()], evidence }
}

/** NaN where the earlier model knows nothing. [items × width] */
function warmStart({ model, itemIds }: FittedModel, ids: readonly string[], width: number) {
  const rows = new Map(itemIds.map((id, row) => [id, row]))
  const warm = new Float32Array(ids.length * width).fill(Number.NaN)
  if (model.width !== width) return warm
  for (const [place, id] of ids.entries()) {
    const row = rows.get(id)
    if (row === undefined) continue
    warm.set(model.vectors.subarray(row * width, (row + 1) * width), place * width)
  }
  return warm
}

async function contentMapsOf(
  memory: Memory,
  items: readonly number[],
  vectors: Float32Array,
  evidence: Float64Array,
  width: number,
  signal: AbortSignal | undefined,
): Promise<ContentMap[]> {
  const bySpace = new Map<string, TextSample[]>()
  const places = Int32Array.from(items, (_, place) => place)
  places.sort((a, b) => evidence[b]! - evidence[a]! || a - b)
  for (const place of places.subarray(0, textsRead)) {
    const embedding = memory.vectors.get(items[place]!)
    if (!embedding) continue
    const samples = bySpace.get(embedding.space) ?? []
    bySpace.set(embedding.space, samples)
    const vector = vectors.subarray(place * width, (place + 1) * width)
    samples.push({ text: embedding.values, vector, evidence: evidence[place]! })
  }
  const maps: ContentMap[] = []
  for (const [space, samples] of bySpace) {
    const map = await fitContentMap(samples, { space, width, signal })
    if (map) maps.push(map)
  }
  return maps
}

/** What few engaged with is placed by its text too, as if it had been engaged with a little more. */
function blendWithTexts(
  memory: Memory,
  items: readonly number[],
  vectors: Float32Array,
  evidence: Float64Array,
  maps: readonly ContentMap[],
  textEvidence: number,
): void {
  if (textEvidence <= 0) return
  const width = vectors.length / Math.max(1, items.length)
  const byText = new Float32Array(width)
  for (const [place, item] of items.entries()) {
    const embedding = memory.vectors.get(item)
    const map = maps.find(({ space }) => space === embedding?.space)
    if (!embedding || !map) continue
    mapText(map, embedding.values, byText)
    const share = textEvidence / (textEvidence + evidence[place]!)
    for (let a = 0; a < width; a++) {
      const at = place * width + a
      vectors[at] = (1 - share) * vectors[at]! + share * byText[a]!
    }
  }
}
