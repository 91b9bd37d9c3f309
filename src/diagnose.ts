/** What `kith doctor` looks at: each check says what it found, and what to do when it is not well. */
import { statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dataFolder, openAdapters } from './adapters.ts'
import type { Config } from './config.ts'
import type { Log } from './log.ts'

export interface Finding {
  readonly check: string
  readonly isWell: boolean
  readonly found: string
}

const leastFreeMib = 1_024
const probe = 'Kith looks after itself. 近邻自检。'

export async function diagnose(config: Config, log: Log): Promise<Finding[]> {
  return [
    await look('node', async () => `${process.version} on ${process.platform}-${process.arch}`),
    await look('disk', () => freeSpace(config)),
    await look('port', () => portIsFree(config)),
    ...(await lookAtAdapters(config, log)),
  ]
}

async function lookAtAdapters(config: Config, log: Log): Promise<Finding[]> {
  const findings: Finding[] = []
  const opening = await look('database and keys', async () => {
    const adapters = await openAdapters(config, log)
    try {
      const { database, store } = adapters
      findings.push(await look('store', async () => JSON.stringify(await store.counts())))
      findings.push(
        await look('encoder', async () => {
          const encoder = await adapters.encoder
          const [embedding] = await encoder.encode([probe])
          return `${encoder.name}, ${embedding?.values.length ?? 0} components`
        }),
      )
      return database.description
    } finally {
      await adapters.close()
    }
  })
  return [opening, ...findings]
}

async function look(check: string, work: () => Promise<string>): Promise<Finding> {
  try {
    return { check, isWell: true, found: await work() }
  } catch (error) {
    return { check, isWell: false, found: error instanceof Error ? error.message : String(error) }
  }
}

async function freeSpace(config: Config): Promise<string> {
  const { bavail, bsize } = await statfs(await dataFolder(config))
  const mib = Math.floor((bavail * bsize) / 2 ** 20)
  if (mib < leastFreeMib) {
    throw new Error(
      `${mib} MiB free for ${config.data}; make room for at least ${leastFreeMib} MiB`,
    )
  }
  return `${mib} MiB free for ${config.data}`
}

async function portIsFree({ port, host }: Config): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', () =>
      reject(new Error(`${port} on ${host} is taken; choose another: PORT=${port + 1}`)),
    )
    server.listen(port, host, resolve)
  })
  await new Promise((resolve) => server.close(resolve))
  return `${port} on ${host} is free`
}
