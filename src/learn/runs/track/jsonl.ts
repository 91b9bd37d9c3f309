/** Curves as one JSON object a line: what the registry itself reads back. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Curve } from '../../../domain/run.ts'
import type { TrackSink } from '../track.ts'

const lineSchema = z.object({
  name: z.string(),
  step: z.number(),
  /** JSON has no NaN and no infinity: null. */
  value: z.number().nullable(),
})

/** Each point is in the file when `log` returns, so that a killed fit leaves its curve. */
export function openJsonlSink(path: string): TrackSink {
  const file = openSync(path, 'a', 0o600)
  return {
    name: 'jsonl',
    log: ({ name, step, value, at }) => {
      writeSync(file, `${JSON.stringify({ name, step, value, at: at.toISOString() })}\n`)
    },
    async close() {
      closeSync(file)
    },
  }
}

/** Curves in the order of their first point; none when there is no file. A torn last line is left out. */
export async function readCurves(path: string): Promise<Curve[]> {
  const curves = new Map<string, { name: string; steps: number[]; values: (number | null)[] }>()
  for (const line of (await textOf(path)).split('\n')) {
    const point = pointOf(line)
    if (!point) continue
    const { name, step, value } = point
    const curve = curves.get(name) ?? { name, steps: [], values: [] }
    curves.set(name, curve)
    curve.steps.push(step)
    curve.values.push(value)
  }
  return [...curves.values()]
}

function pointOf(line: string): z.output<typeof lineSchema> | undefined {
  try {
    return lineSchema.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}
