/** A saved model, or the state of a fit, as a file: safetensors, which other tools read too. */
import { z } from 'zod'
import { numbersOf, readMeta, readSafetensors, writeSafetensors } from '../../tensor/safetensors.ts'
import type { SavedModel } from '../trainer.ts'

/** Words of safetensors are texts, so what the model says of itself is one text of JSON. */
const metaSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

export function modelFile({ tensors, meta }: SavedModel): Uint8Array {
  return writeSafetensors(tensors, { format: 'kith', meta: JSON.stringify(meta) })
}

/** @throws KithError `invalid-input` for a file that is cut off or not written by `modelFile` */
export function savedModelOf(file: Uint8Array): SavedModel {
  const tensors = [...readSafetensors(file)].map(([name, stored]) => [name, numbersOf(stored)])
  const { meta = '{}' } = readMeta(file)
  return { tensors: Object.fromEntries(tensors), meta: metaSchema.parse(JSON.parse(meta)) }
}
