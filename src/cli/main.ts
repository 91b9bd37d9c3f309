/** The command line: reads the words, hands over to one file a command, ends with an honest code. */
import { Command, CommanderError } from 'commander'
import { readConfig } from '../config.ts'
import { pinoLog } from '../server/pino-log.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addEraseCommand } from './commands/erase.ts'
import { addEvaluateCommand } from './commands/evaluate.ts'
import { addExplainCommand } from './commands/explain.ts'
import { addExportCommand } from './commands/export.ts'
import { addFeedCommand } from './commands/feed.ts'
import { addImportCommand } from './commands/import.ts'
import { addNetworkCommand } from './commands/network.ts'
import { addRelationsCommand } from './commands/relations.ts'
import { addRunsCommand } from './commands/runs.ts'
import { addServeCommands } from './commands/serve.ts'
import { addTopicsCommand } from './commands/topics.ts'
import { addTrainCommands } from './commands/train.ts'
import { addTrainClassifier } from './commands/train-classifier.ts'
import { addTrainEncoder } from './commands/train-encoder.ts'
import { addTrainHeads } from './commands/train-heads.ts'
import { addTrainSharedSpace } from './commands/train-shared-space.ts'
import { addUnderstandCommand } from './commands/understand.ts'
import { withEngine } from './connect.ts'
import type { CommandContext } from './context.ts'
import { exitCodeOf, sentenceOf, terminal } from './output.ts'
import { createProgress } from './progress.ts'

/** Sets the exit code; never throws. */
export async function main(words: readonly string[]): Promise<void> {
  const program = createProgram(createContext())
  try {
    await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    process.exitCode = failWith(error)
  }
}

function createProgram(context: CommandContext): Command {
  const program = new Command('kith')
    .description('Feeds, friend suggestions and conversations for a social network.')
    .showHelpAfterError('(see --help)')
    .exitOverride()
    .configureOutput({ writeErr: (text) => context.output.note(text.trimEnd()) })
  for (const add of [
    addServeCommands,
    addImportCommand,
    addFeedCommand,
    addExplainCommand,
    addRelationsCommand,
    addNetworkCommand,
    addTopicsCommand,
    addEvaluateCommand,
    addTrainCommands,
    addTrainEncoder,
    addTrainClassifier,
    addTrainHeads,
    addTrainSharedSpace,
    addRunsCommand,
    addUnderstandCommand,
    addDoctorCommand,
    addExportCommand,
    addEraseCommand,
  ]) {
    add(program, context)
  }
  return program
}

function createContext(): CommandContext {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  const log = () => pinoLog({ level: readConfig().logLevel, destination: process.stderr })
  return {
    output: terminal,
    config: () => readConfig(),
    log,
    createProgress,
    signal: stop.signal,
    withEngine: (work) => withEngine(readConfig(), log(), work),
  }
}

/** As shells count a program that was interrupted. */
const stoppedCode = 130

function failWith(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof Error && error.name === 'AbortError') {
    terminal.note('kith: stopped before its end, as asked.')
    return stoppedCode
  }
  terminal.note(`kith: ${sentenceOf(error)}`)
  return exitCodeOf(error)
}
