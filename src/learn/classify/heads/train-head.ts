/** One shipped head by its recipe: learned, measured once on its test part, and written with the record of its run. */
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Run } from '../../../domain/run.ts'
import { KithError } from '../../../errors.ts'
import { seededRandom } from '../../../math/random.ts'
import type { Registry } from '../../runs/registry.ts'
import { modelFile } from '../../runs/saved-model.ts'
import type { SavedModel } from '../../trainer.ts'
import { calibrationError } from '../calibrate.ts'
import type { LabelledTexts, TextEncoder } from '../classifier.ts'
import { classifierTrainerOf, loadClassifier } from '../classifier-trainers.ts'
import { decide, plainDecision } from '../decision.ts'
import { joined } from '../folds.ts'
import { readClassifyData, runDataOf, splitOf } from '../labelled/labelled-data.ts'
import { classifyMetric } from '../metrics.ts'
import { withHarmless } from './harmless.ts'
import type { HeadRecipe } from './recipes.ts'

export interface TrainHeadOptions {
  /** The folder of data sets. */
  readonly data: string
  /** Where `NAME.safetensors` and `NAME.json` go. */
  readonly to: string
  readonly encoder: TextEncoder
  readonly registry: Registry
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((done: number, total: number) => void) | undefined
}

const seed = 1
const figures = ['accuracy', 'macro-f1'] as const

/** @returns the record of the run, its figures those of the head as it was written */
export async function trainHead(recipe: HeadRecipe, options: TrainHeadOptions): Promise<Run> {
  const { data: folder, registry, encoder } = options
  const inside = (path: string | undefined) => (path === undefined ? undefined : join(folder, path))
  const files = { ...recipe, train: join(folder, recipe.train) }
  const [data] = await readClassifyData({
    ...files,
    valid: inside(recipe.valid),
    test: inside(recipe.test),
  })
  const split = splitOf(data!, seededRandom(seed + 2 ** 33))
  const run = await registry.start({
    kind: 'train',
    name: recipe.name,
    models: [recipe.model],
    seeds: [seed],
    data: runDataOf(recipe.train, [data!]),
    options: { fitsValid: true },
  })
  try {
    const own = joined(split.train, split.valid)
    const texts = recipe.harmless === undefined ? own : withHarmless(own, recipe.harmless)
    const saved = await fitted(recipe, texts, options)
    await run.keepModel(saved)
    const metrics = await measured(saved, split.test, encoder)
    const rows = [{ model: recipe.model, segment: 'all', metrics }]
    const kept = await run.finish({ state: 'done', rows })
    await write(recipe, saved, kept, options.to)
    return kept
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    await run.finish({ state: 'failed', problem })
    throw error
  }
}

async function fitted(
  { model, name }: HeadRecipe,
  texts: LabelledTexts,
  { encoder, signal, progress }: TrainHeadOptions,
): Promise<SavedModel> {
  const random = seededRandom(seed + 2 ** 32)
  const context = { random, encoder, signal, progress }
  const classifier = await classifierTrainerOf(model).fit(texts, context)
  const saved = classifier.save?.()
  await classifier.close?.()
  if (saved) return saved
  throw new KithError(
    'invalid-input',
    `"${model}" cannot be saved, so the head "${name}" needs another.`,
  )
}

/** Of the head as it will be loaded: its weights are rounded by then. */
async function measured(
  saved: SavedModel,
  { texts, labels, classes }: LabelledTexts,
  encoder: TextEncoder,
): Promise<Run['rows'][number]['metrics']> {
  const classifier = await loadClassifier(saved, { encoder })
  const probabilities = await classifier.classify(texts)
  const said = decide(probabilities, plainDecision(classes.length))
  const values = [
    ...figures.map(
      (name) => [name, classifyMetric(name, classes)({ classes, labels, said })] as const,
    ),
    ['calibration-error', calibrationError(probabilities, labels, classes.length)] as const,
  ]
  return Object.fromEntries(values.map(([name, mean]) => [name, { mean, sd: 0 }]))
}

async function write(recipe: HeadRecipe, saved: SavedModel, run: Run, to: string): Promise<void> {
  const { name, version, question, languages, labels } = recipe
  const weights = modelFile(saved)
  const sha256 = createHash('sha256').update(weights).digest('hex')
  const spaces = spacesOf(saved)
  const card = { name, version, question, languages, labels, spaces, sha256, run }
  await mkdir(to, { recursive: true })
  await writeFile(join(to, `${name}.safetensors`), weights)
  await writeFile(join(to, `${name}.json`), `${JSON.stringify(card, undefined, 2)}\n`)
}

function spacesOf({ meta }: SavedModel): string[] {
  const kept = JSON.parse(String(meta['spaces'] ?? '[]')) as readonly { readonly space: string }[]
  return kept.map(({ space }) => space)
}
