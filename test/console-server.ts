/** The real engine with the town in it, behind its real HTTP face, for a browser to open. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { silentLog } from '../src/log.ts'
import { createApp } from '../src/server/app.ts'
import { consoleFolder } from '../src/server/console.ts'
import { serve } from '../src/server/serve.ts'
import { openTestEngine } from '../src/testing/test-engine.ts'
import { town } from '../src/testing/town.ts'
import { addSomeRuns } from './some-runs.ts'

export interface ConsoleServer {
  readonly url: string
  readonly key: string
  close(): Promise<void>
}

/** @throws Error when the console has not been built */
export async function startEngineForBrowser(): Promise<ConsoleServer> {
  if (!existsSync(join(consoleFolder(), 'index.html'))) {
    throw new Error(`The console is not built into ${consoleFolder()}. Run: npm run build`)
  }
  const now = clockFrom(town.now)
  const started = await openTestEngine({ now })
  const { engine, config, adminKeyFile } = started
  await addSomeRuns(config)
  const server = await serve(createApp({ engine, config, log: silentLog, now }), {
    config,
    log: silentLog,
  })
  return {
    url: `${server.url}/`,
    key: (await readFile(adminKeyFile, 'utf8')).trim(),
    async close() {
      await server.close()
      await started.close()
    },
  }
}

/** A clock that starts at a given moment and then goes on. */
function clockFrom(start: Date): () => Date {
  const begun = Date.now()
  return () => new Date(start.getTime() + Date.now() - begun)
}
