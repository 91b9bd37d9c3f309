/** `kith start` and `kith serve`: the engine behind its HTTP face; `start` also brings sample data. */

import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Config } from '../../config.ts'
import type { Engine } from '../../engine.ts'
import type { Log } from '../../log.ts'
import { createApp } from '../../server/app.ts'
import { serve } from '../../server/serve.ts'
import { startEngine } from '../../start-engine.ts'
import { bringSample } from '../bring-sample.ts'
import { announceServing } from '../connect.ts'
import type { CommandContext } from '../context.ts'

interface ServeFlags {
  readonly empty?: boolean
  readonly json?: boolean
}

export function addServeCommands(program: Command, context: CommandContext): void {
  program
    .command('start')
    .description('serve; a network that is empty is filled with the sample city first')
    .option('--empty', 'leave an empty network empty')
    .option('--json', 'say where it listens as one JSON object')
    .action((flags: ServeFlags) => run(context, flags, flags.empty !== true))
  program
    .command('serve')
    .description('serve the network as it is')
    .option('--json', 'say where it listens as one JSON object')
    .action((flags: ServeFlags) => run(context, flags, false))
}

async function run(
  context: CommandContext,
  { json }: ServeFlags,
  bringsSample: boolean,
): Promise<void> {
  const { output, signal } = context
  const config = context.config()
  const log = context.log()
  const { engine, adminKeyFile } = await startEngine(config, log)
  try {
    if (bringsSample) await bringSample(engine, config, context)
    await serveUntil(signal, engine, config, log, async (url) => {
      if (json) return output.json({ url, adminKeyFile })
      const key = (await readFile(adminKeyFile, 'utf8')).trim()
      output.text(`Kith listens at ${url}\nThe console: ${url}/#key=${key}\nCtrl-C stops it.`)
    })
  } finally {
    await engine.close()
  }
}

async function serveUntil(
  signal: AbortSignal,
  engine: Engine,
  config: Config,
  log: Log,
  onListening: (url: string) => Promise<void>,
): Promise<void> {
  const app = createApp({ engine, config, log, now: () => new Date() })
  const server = await serve(app, { config, log })
  const withdraw = await announceServing(config, server.url)
  await onListening(server.url)
  await aborted(signal)
  await withdraw()
  await server.close()
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
