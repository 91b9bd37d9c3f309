/** The record of a run on disk: `run.json`, and `owner.json` while a process works on it. */
import { readFile, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { type Run, runSchema } from '../../domain/run.ts'
import { KithError } from '../../errors.ts'
import { putFile } from './put-file.ts'

/** Who works on it: read when nothing was heard of the end. */
const ownerSchema = z.object({ host: z.string(), pid: z.number().int().positive() })

export async function putRun(folder: string, run: Run): Promise<void> {
  await putFile(join(folder, 'run.json'), `${JSON.stringify(run, undefined, 2)}\n`)
}

export async function claimRun(folder: string): Promise<void> {
  await putFile(join(folder, 'owner.json'), JSON.stringify({ host: hostname(), pid: process.pid }))
}

export async function leaveRun(folder: string): Promise<void> {
  await rm(join(folder, 'owner.json'), { force: true })
}

/** @returns undefined when there is none. @throws KithError `invalid-input` when it is broken */
export async function readRun(folder: string): Promise<Run | undefined> {
  const run = await recordIn(folder)
  if (run?.state !== 'running' || (await isWorkedOn(folder))) return run
  // Between the two reads it may have come to its end.
  const again = await recordIn(folder)
  if (again?.state !== 'running') return again
  return { ...again, state: 'failed', problem: 'Its process ended without a word.' }
}

async function recordIn(folder: string): Promise<Run | undefined> {
  const path = join(folder, 'run.json')
  const text = await textOf(path)
  if (text === undefined) return undefined
  try {
    return runSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw broken(path, cause)
  }
}

function broken(path: string, cause: unknown): KithError {
  return new KithError(
    'invalid-input',
    `${path} is not the record of a run. Remove its folder, or bring the file back.`,
    { cause },
  )
}

/** What another machine works on is taken at its word. */
async function isWorkedOn(folder: string): Promise<boolean> {
  const text = await textOf(join(folder, 'owner.json'))
  if (text === undefined) return false
  const { host, pid } = ownerSchema.parse(JSON.parse(text))
  return host !== hostname() || isAlive(pid)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
