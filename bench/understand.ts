/**
 * `npm run bench -- understand [--only part] [--threads n] [--seconds n] [--data folder] [--json]`: how fast texts are read
 * and how fast reading is learned. Parts: encoder, lora, int8, pass.
 */
import { KithError } from '../src/errors.ts'
import { readOptions } from './options.ts'
import { benchEncoder } from './understand/encoder.ts'
import { benchInt8 } from './understand/int8.ts'
import { benchLora } from './understand/lora.ts'
import { benchPass } from './understand/pass.ts'

export interface UnderstandBench {
  readonly threads: number
  /** How long each thing is repeated: the best of it counts. */
  readonly seconds: number
  /** The folder of data sets, for what is counted and not timed; empty: that is left out. */
  readonly data: string
}

type Part = (bench: UnderstandBench) => Promise<unknown>

const parts: Readonly<Record<string, Part>> = {
  encoder: benchEncoder,
  lora: benchLora,
  int8: benchInt8,
  pass: benchPass,
}

export async function bench(args: string[]): Promise<void> {
  const defaults = { only: '', json: false, threads: 2, seconds: 6, data: '' }
  const { only, json, threads, seconds, data } = readOptions(args, defaults)
  if (only && !parts[only]) throw unknownPart(only)
  const figures: Record<string, unknown> = { threads }
  for (const [name, part] of Object.entries(parts)) {
    if (only === '' || only === name) figures[name] = await part({ threads, seconds, data })
  }
  if (json) process.stdout.write(`${JSON.stringify(figures)}\n`)
}

function unknownPart(only: string): KithError {
  const names = Object.keys(parts).join(', ')
  const message = `understand has no part "${only}". Choose one of: ${names}.`
  return new KithError('invalid-input', message)
}
