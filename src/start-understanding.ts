/** The function that understands texts, for commands that need no network and no database. */
import { openEncoder } from './adapters.ts'
import type { Config } from './config.ts'
import { absentEncoder } from './encoder/absent.ts'
import type { Log } from './log.ts'
import { openHeads } from './understand/open-heads.ts'
import { openUnderstanding, type Understander } from './understand/understand.ts'

export interface StartedUnderstanding extends Understander {
  /** What is missing, and what still works. */
  readonly problems: readonly string[]
  close(): Promise<void>
}

/** Without the encoder's weights it opens too, and the answers that need them say what is missing. */
export async function startUnderstanding(config: Config, log: Log): Promise<StartedUnderstanding> {
  const opening = openEncoder(config, log)
  const problem = await opening.then(
    () => undefined,
    (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
  )
  const encoder = problem === undefined ? await opening : absentEncoder(problem)
  const { heads, problems } = await openHeads(encoder)
  return {
    ...openUnderstanding({ encoder, heads }),
    problems: problem === undefined ? problems : [problem, ...problems],
    close: () => encoder.close(),
  }
}
