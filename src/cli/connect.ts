/**
 * The engine a command talks to: the one already serving this data folder, over HTTP, or one opened
 * for the length of the command.
 */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { startEngine } from '../start-engine.ts'
import { type CommandEngine, httpEngine } from './client.ts'

const servingSchema = z.object({ url: z.url(), pid: z.number().int().positive() })

export async function withEngine<Result>(
  config: Config,
  log: Log,
  work: (engine: CommandEngine) => Promise<Result>,
): Promise<Result> {
  const serving = await findServing(config)
  if (serving) return work(serving)
  const { engine } = await startEngine(config, log)
  try {
    return await work(engine)
  } finally {
    await engine.close()
  }
}

/** Tells later commands where this process serves; undone by the function returned. */
export async function announceServing(config: Config, url: string): Promise<() => Promise<void>> {
  const path = servingPath(config)
  await writeFile(path, JSON.stringify({ url, pid: process.pid }), { mode: 0o600 })
  return () => rm(path, { force: true })
}

export async function findServing(config: Config): Promise<CommandEngine | undefined> {
  const serving = await readServing(config)
  if (!serving || !isAlive(serving.pid)) return undefined
  const key = await readFile(join(config.data, 'admin.key'), 'utf8')
  return httpEngine(serving.url, key.trim())
}

async function readServing(config: Config): Promise<z.output<typeof servingSchema> | undefined> {
  try {
    return servingSchema.parse(JSON.parse(await readFile(servingPath(config), 'utf8')))
  } catch {
    return undefined
  }
}

function servingPath({ data }: Config): string {
  return join(data, 'serving.json')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
