/**
 * What learning brings into the live path, small and without a person in it: a vector for each item
 * known at the fit, what is needed to fold a person in from their own events, a map from texts to
 * such vectors for newer items, and what people do about what they are shown.
 */
import { KithError } from '../../errors.ts'
import { type ActionModel, loadActions, savedActions } from '../actions/action-model.ts'
import type { SavedModel, SavedTensor } from '../trainer.ts'

export interface ServingModel {
  readonly width: number
  /** One row per item, in the order of a list of items kept beside the model. [items × width] */
  readonly vectors: Float32Array
  /** Σ v·vᵀ over all items. [width × width] */
  readonly gram: Float32Array
  readonly options: FactorOptions
  /** From text vectors; one for each encoder space. */
  readonly contentMaps: readonly ContentMap[]
  /** What people do about what they are shown; undefined where too little was done to learn it. */
  readonly actions?: ActionModel | undefined
}

/** Of the objective that the vectors minimise (see `fit-factors.ts`), needed again to fold in. */
export interface FactorOptions {
  /** Weight of what was not done, beside 1 for what was done. */
  readonly unobserved: number
  readonly regularisation: number
}

/** A text vector of length 1, and a 1 for the constant, times this is an item vector. */
export interface ContentMap {
  readonly space: string
  /** Components of the text vector. */
  readonly textWidth: number
  /** [(textWidth + 1) × width], the last row for the constant */
  readonly map: Float32Array
}

export function itemsOf({ vectors, width }: ServingModel): number {
  return vectors.length / width
}

export function savedServingModel(model: ServingModel): SavedModel {
  const { width, vectors, gram, options, contentMaps, actions } = model
  const tensors: Record<string, SavedTensor> = {
    vectors: { shape: [vectors.length / width, width], data: vectors },
    gram: { shape: [width, width], data: gram },
  }
  for (const [place, { textWidth, map }] of contentMaps.entries()) {
    tensors[`content.${place}`] = { shape: [textWidth + 1, width], data: map }
  }
  const meta: Record<string, string | number | boolean> = { ...options }
  for (const [place, { space }] of contentMaps.entries()) meta[`content.${place}`] = space
  if (!actions) return { tensors, meta }
  const saved = savedActions(actions)
  return { tensors: { ...tensors, ...saved.tensors }, meta: { ...meta, ...saved.meta } }
}

/** @throws KithError `invalid-input` for what is no serving model, or holds numbers that are none */
export function loadServingModel({ tensors, meta }: SavedModel): ServingModel {
  const vectors = tensors['vectors']
  const gram = tensors['gram']
  const width = vectors?.shape[1] ?? 0
  if (!vectors || !gram || width === 0 || gram.data.length !== width * width) {
    throw unusable('it has no vectors with their Gram matrix')
  }
  return {
    width,
    vectors: finite('vectors', vectors),
    gram: finite('gram', gram),
    options: {
      unobserved: numberIn(meta, 'unobserved'),
      regularisation: numberIn(meta, 'regularisation'),
    },
    contentMaps: contentMapsOf(tensors, meta, width),
    actions: loadActions({ tensors, meta }),
  }
}

function contentMapsOf(
  tensors: SavedModel['tensors'],
  meta: SavedModel['meta'],
  width: number,
): ContentMap[] {
  const names = Object.keys(tensors).filter((name) => name.startsWith('content.'))
  return names.sort().map((name) => {
    const map = finite(name, tensors[name]!)
    const rows = map.length / width
    if (!Number.isInteger(rows) || rows < 2) throw unusable(`"${name}" has another width`)
    return { space: String(meta[name] ?? ''), textWidth: rows - 1, map }
  })
}

function finite(name: string, { data }: SavedTensor): Float32Array {
  const values = data instanceof Float32Array ? data : Float32Array.from(data)
  for (let at = 0; at < values.length; at++) {
    if (!Number.isFinite(values[at]!)) throw unusable(`"${name}" holds ${values[at]}`)
  }
  return values
}

function numberIn(meta: SavedModel['meta'], name: string): number {
  const value = meta[name]
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw unusable(`"${name}" is ${value}`)
}

function unusable(reason: string): KithError {
  return new KithError(
    'invalid-input',
    `This is no model that can serve: ${reason}. Train anew with \`kith train\`.`,
  )
}
