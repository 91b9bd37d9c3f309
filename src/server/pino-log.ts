/** The log contract kept by pino: one JSON object a line. */
import { type DestinationStream, pino } from 'pino'
import type { Log, LogFacts } from '../log.ts'
import { reportOf } from './report.ts'

export interface PinoLogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Standard output when left out. */
  readonly destination?: DestinationStream
}

export function pinoLog({ level, destination }: PinoLogOptions): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  const logger = destination ? pino(options, destination) : pino(options)
  return {
    debug: (message, facts) => logger.debug(plain(facts), message),
    info: (message, facts) => logger.info(plain(facts), message),
    warn: (message, facts) => logger.warn(plain(facts), message),
    error: (message, facts) => logger.error(plain(facts), message),
  }
}

/** An error's own sentence may hold what must not be logged. */
function plain(facts: LogFacts = {}): LogFacts {
  const entries = Object.entries(facts)
  if (!entries.some(([, value]) => value instanceof Error)) return facts
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value instanceof Error ? reportOf(value) : value]),
  )
}
