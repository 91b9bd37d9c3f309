/** A linear classifier as it rests: weights as signed bytes with one scale a plane, so that heads stay small. */
import type { SavedModel, SavedTensor } from '../../trainer.ts'
import type { LinearParts } from '../trainers/linear.ts'

/** @param trainer the one that can load it */
export function saveLinear(parts: LinearParts, trainer: string): SavedModel {
  const { classes, vocabulary, columns, vector, weights, calibration } = parts
  const { options, buckets, idf } = vocabulary
  const rounded = weights.map(toBytes)
  const { words, letters, bits } = options
  return {
    tensors: {
      buckets: { shape: [buckets.length], data: buckets },
      idf: packed(toBytes(idf).bytes),
      idfScale: scalar(toBytes(idf).scale),
      weights: packed(Int8Array.from(rounded.flatMap(({ bytes }) => [...bytes]))),
      scales: { shape: [rounded.length], data: Float32Array.from(rounded, ({ scale }) => scale) },
      constants: {
        shape: [weights.length],
        data: Float32Array.from(weights, (row) => row.at(-1)!),
      },
      shifts: { shape: [classes.length], data: calibration.shifts },
    },
    meta: {
      trainer,
      classes: JSON.stringify(classes),
      grams: JSON.stringify({ words, letters, bits }),
      spaces: JSON.stringify(columns.spaces),
      vector,
      sharpness: calibration.sharpness,
    },
  }
}

export function loadLinear({ tensors, meta }: SavedModel): LinearParts {
  const read = <Value>(name: string): Value => JSON.parse(String(meta[name])) as Value
  const spaces = read<LinearParts['columns']['spaces']>('spaces')
  const buckets = Int32Array.from(tensors['buckets']!.data)
  const idfScale = tensors['idfScale']!.data[0]!
  const idf = unpacked(tensors['idf']!, buckets.length)
  const constants = tensors['constants']!.data
  const scales = tensors['scales']!.data
  const width = buckets.length + spaces.reduce((sum, { width: own }) => sum + own, 0) + 1
  const bytes = unpacked(tensors['weights']!, width * scales.length)
  return {
    classes: read<string[]>('classes'),
    vocabulary: {
      options: read<LinearParts['vocabulary']['options']>('grams'),
      buckets,
      idf: Float32Array.from(idf, (value) => value * idfScale),
    },
    columns: { spaces },
    vector: Number(meta['vector']),
    weights: Array.from(scales, (scale, plane) => {
      const row = bytes.subarray(plane * width, (plane + 1) * width)
      const weights = Float32Array.from(row, (value) => value * scale)
      weights[width - 1] = constants[plane]!
      return weights
    }),
    calibration: {
      sharpness: Number(meta['sharpness']),
      shifts: Float32Array.from(tensors['shifts']!.data),
    },
  }
}

function toBytes(values: Float32Array): { readonly bytes: Int8Array; readonly scale: number } {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const scale = largest / 127 || 1
  return { bytes: Int8Array.from(values, (value) => Math.round(value / scale)), scale }
}

/** Four bytes to a whole number, as saved models hold no bytes. */
function packed(bytes: Int8Array): SavedTensor {
  const whole = new Int8Array(4 * Math.ceil(bytes.length / 4))
  whole.set(bytes)
  const data = new Int32Array(whole.buffer)
  return { shape: [data.length], data }
}

function unpacked({ data }: SavedTensor, length: number): Int8Array {
  return new Int8Array(Int32Array.from(data).buffer, 0, length)
}

function scalar(value: number): SavedTensor {
  return { shape: [1], data: Float32Array.of(value) }
}
