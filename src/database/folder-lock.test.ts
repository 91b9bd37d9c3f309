import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockFolder } from './folder-lock.ts'
import { startOfProcess } from './process-start.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kith-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('A folder lock', () => {
  it('is refused while a live process holds it, and free again after', () => {
    const lock = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(`in use by the process ${process.pid}`)
    lock.release()
    lockFolder(folder).release()
    expect(readdirSync(folder)).toEqual([])
  })

  it('passes from a dead process to the next, with what it had written down', () => {
    const { pid } = spawnSync('true')
    const dead = { pid, start: '12345', facts: { socketFolder: '/somewhere' } }
    writeFileSync(join(folder, 'lock'), JSON.stringify(dead))
    expect(lockFolder(folder).left).toEqual({ socketFolder: '/somewhere' })
  })

  it('is not held by a later process that was given the same number', () => {
    const dead = { pid: process.pid, start: 'long ago', facts: {} }
    writeFileSync(join(folder, 'lock'), JSON.stringify(dead))
    lockFolder(folder).release()
    expect(existsSync(join(folder, 'lock'))).toBe(false)
  })

  it('passes on when its file is damaged', () => {
    writeFileSync(join(folder, 'lock'), '{"pid":')
    expect(lockFolder(folder).left).toEqual({})
  })
})

describe('The start of a process', () => {
  it('is the same for the same process, and nothing for one that is gone', () => {
    expect(startOfProcess(process.pid)).toMatch(/./)
    expect(startOfProcess(process.pid)).toBe(startOfProcess(process.pid))
    expect(startOfProcess(spawnSync('true').pid)).toBeUndefined()
  })
})
