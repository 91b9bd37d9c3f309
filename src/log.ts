/**
 * The log contract. Facts are numbers, codes, route patterns and durations: never post text, never
 * the id of a person.
 */
export interface Log {
  debug(message: string, facts?: LogFacts): void
  info(message: string, facts?: LogFacts): void
  warn(message: string, facts?: LogFacts): void
  error(message: string, facts?: LogFacts): void
}

export type LogFacts = Readonly<Record<string, unknown>>

/** Says nothing. For tests and for libraries that bring their own. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }
