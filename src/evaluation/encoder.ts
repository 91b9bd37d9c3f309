/** The encoder of the settings for evaluations: opened with the first text, its vectors kept under the data folder. */
import { join } from 'node:path'
import { dataFolder, openEncoder } from '../adapters.ts'
import type { Config } from '../config.ts'
import { diskCachedEncoder } from '../encoder/disk-cache.ts'
import type { Encoder } from '../encoder/encoder.ts'
import type { Log } from '../log.ts'

/** All labelled sets of the reference page fit; 384 bytes and a key each. */
const keptVectors = 400_000

export interface EvaluationEncoder extends Pick<Encoder, 'encode' | 'spaces'> {
  close(): Promise<void>
}

export function evaluationEncoder(config: Config, log: Log): EvaluationEncoder {
  let opened: Promise<Encoder> | undefined
  async function open(): Promise<Encoder> {
    const path = join(await dataFolder(config), 'cache', 'embeddings.bin')
    return diskCachedEncoder(await openEncoder(config, log), { path, limit: keptVectors })
  }
  return {
    spaces: [],
    async encode(texts, options) {
      opened ??= open()
      return (await opened).encode(texts, options)
    },
    close: async () => (await opened)?.close(),
  }
}
