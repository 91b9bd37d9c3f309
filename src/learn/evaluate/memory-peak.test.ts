import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { memoryPeak } from './memory-peak.ts'

it.skipIf(!existsSync('/proc/self/clear_refs'))(
  'sees memory that was given back before anybody looked (skipped where the kernel keeps no peak)',
  () => {
    const memory = memoryPeak()
    let hundred: Buffer | undefined = Buffer.alloc(100 * 2 ** 20, 1)
    expect(hundred.at(-1)).toBe(1)
    hundred = undefined
    const { memoryMb, ownMemoryMb } = memory.figures()
    expect(ownMemoryMb).toBeGreaterThan(80)
    expect(memoryMb).toBeGreaterThan(ownMemoryMb)
    expect(memoryPeak().figures().ownMemoryMb).toBeLessThan(80)
  },
)
