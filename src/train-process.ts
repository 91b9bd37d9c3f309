/** The process that trains: the least important one of the machine, and nothing to lose when it dies. */
import { readdirSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import type { FromTraining, Numbered, ToTraining } from './jobs/training/messages.ts'
import { createBreath } from './jobs/training/pace.ts'
import { changesOfPast, type PastPart } from './jobs/training/past.ts'
import type { ShownPart } from './jobs/training/shown-past.ts'
import { trainServing } from './jobs/training/train-serving.ts'
import { checkpointAt } from './learn/runs/checkpoint.ts'
import { modelFile, savedModelOf } from './learn/runs/saved-model.ts'
import { loadServingModel, savedServingModel } from './learn/serving/serving-model.ts'
import { emptyMemory } from './live/remember.ts'
import { seededRandom } from './math/random.ts'
import { createExactVectors } from './vectors/exact.ts'

const parts: PastPart[] = []
const shown: ShownPart[] = []
let share = 1

standBack()
process.on('message', (message: ToTraining) => {
  if (message.kind === 'part') {
    if (message.part.kind === 'page') shown.push(message.part)
    else parts.push(message.part)
  } else if (message.kind === 'pace') share = message.share
  else train(message).then(say, (cause: unknown) => say({ kind: 'failed', message: String(cause) }))
})
process.on('disconnect', () => process.exit())

/** With the threads that Node made before this line, such as those that collect garbage. */
function standBack(): void {
  setPriority(constants.priority.PRIORITY_LOW)
  if (process.platform !== 'linux') return
  for (const thread of readdirSync('/proc/self/task')) {
    setPriority(Number(thread), constants.priority.PRIORITY_LOW)
  }
}

async function train({
  seed,
  serving,
  checkpoint,
}: Extract<ToTraining, { kind: 'train' }>): Promise<FromTraining> {
  const changes = changesOfPast(parts.splice(0))
  const { model, itemIds, verdict, means, frozen, measured } = await trainServing(changes, {
    createMemory: emptyMemory,
    createVectors: createExactVectors,
    random: seededRandom(seed),
    shown: shown.splice(0),
    breathe: createBreath(() => share),
    serving: serving && fittedOf(serving),
    checkpoint: checkpoint === undefined ? undefined : checkpointAt(checkpoint),
    progress: (phase, done, total) => say({ kind: 'progress', phase, done, total }),
    report: (name, step, value) => say({ kind: 'report', name, step, value }),
  })
  const file = Uint8Array.from(modelFile(savedServingModel(model)))
  const { reasons, segments, ...rest } = verdict
  return {
    ...{
      kind: 'trained',
      itemIds: [...itemIds],
      file,
      means: { ...means },
      frozen: { ...frozen },
      measured: [...measured],
    },
    verdict: { ...rest, reasons: [...reasons], segments: [...segments] },
  }
}

function fittedOf({ itemIds, file }: Numbered) {
  return { itemIds, model: loadServingModel(savedModelOf(file)) }
}

function say(message: FromTraining): void {
  process.send?.(message)
}
