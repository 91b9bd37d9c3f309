/** What every command is given. */
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { CommandEngine } from './client.ts'
import type { Output } from './output.ts'
import type { Progress } from './progress.ts'

export interface CommandContext {
  readonly output: Output
  /** Read when asked for, so that `--help` works with a wrong setting. */
  config(): Config
  log(): Log
  createProgress(): Progress
  /** Aborted by Ctrl-C or a polite kill. */
  readonly signal: AbortSignal
  /** Gives the running engine of this data folder, or opens it for the length of `work`. */
  withEngine<Result>(work: (engine: CommandEngine) => Promise<Result>): Promise<Result>
}
