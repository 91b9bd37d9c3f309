/** What every group of operations needs, and the checks they share. */
import type { Crew } from '../crew.ts'
import type { OwnedMemory, Table } from '../learning-memory.ts'

export interface Context {
  readonly crew: Crew
  readonly memory: OwnedMemory
}

/** Rows that one call into the module takes: short enough to tier up, long enough to be worth it. */
export const rowsPerChunk = 512
export const floatsPerChunk = 32_768
/** Rows that several samples add to are dealt to so many stripes, whatever the number of threads. */
export const stripes = 8

/** @throws RangeError unless all tables are [rows × width], width a multiple of 8 */
export function expectSame(rows: number, width: number, ...tables: readonly Table[]): void {
  for (const table of tables) {
    if (table.rows === rows && table.width === width && width % 8 === 0) continue
    const shape = `[${table.rows} × ${table.width}]`
    throw new RangeError(`A table is ${shape} where [${rows} × ${width}] is needed, width % 8 = 0.`)
  }
}

/**
 * Arrays kept by name for the next call, whatever is in them: memory is never given back. A longer
 * one than before is taken half as long again, so that growing sizes do not eat it up.
 */
export function createSpare(memory: OwnedMemory): (name: string, length: number) => Float32Array {
  const kept = new Map<string, Float32Array>()
  return (name, length) => {
    let array = kept.get(name)
    if (!array || array.length < length) {
      array = memory.floats(array ? Math.ceil(length * 1.5) : length)
      kept.set(name, array)
    }
    return array.subarray(0, length)
  }
}
