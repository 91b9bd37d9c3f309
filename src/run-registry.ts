/** The registry of runs that the settings describe: in `data/runs`, and on MLflow where one is set. */
import { join, resolve } from 'node:path'
import { codeVersion } from './code-version.ts'
import type { Config } from './config.ts'
import { createRegistry, type Registry } from './learn/runs/registry.ts'
import { openMlflowSink } from './learn/runs/track/mlflow.ts'
import type { Log } from './log.ts'

export function runRegistry({ data, mlflow }: Config, log: Log): Registry {
  return createRegistry({
    folder: join(resolve(data), 'runs'),
    code: codeVersion(),
    now: () => new Date(),
    random: Math.random,
    log,
    sinks: (run) => (mlflow === undefined ? [] : [openMlflowSink(mlflow, run)]),
  })
}
