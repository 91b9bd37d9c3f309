/** Every row that `kith evaluate classify` can name. A new trainer is one file and one line here. */
import { KithError } from '../../errors.ts'
import type { SavedModel } from '../trainer.ts'
import type { Classifier, ClassifierTrainer, LoadContext } from './classifier.ts'
import { blendTrainer } from './trainers/blend.ts'
import { fewDefaults, fewTrainer } from './trainers/few.ts'
import { finetuneDefaults, finetuneTrainer } from './trainers/finetune.ts'
import { type LinearOptions, linearDefaults, linearTrainer } from './trainers/linear.ts'
import { majorityTrainer } from './trainers/majority.ts'
import { naiveBayesTrainer } from './trainers/naive-bayes.ts'

/** With options that a spec may name: `finetune:epochs=3:rate=0.0002`. */
export interface ClassifierRecipe {
  readonly name: string
  /** Every option with its default. */
  readonly defaults: { readonly [option: string]: number }
  make(options: Readonly<Record<string, number>>): ClassifierTrainer
}

const recipes: readonly ClassifierRecipe[] = [
  { name: 'majority', defaults: {}, make: majorityTrainer },
  { name: 'naive-bayes', defaults: {}, make: naiveBayesTrainer },
  linear('grams', {}),
  linear('vectors', { words: 0, vector: 1 }),
  linear('both', { vector: 2 }),
  {
    name: 'finetune',
    defaults: finetuneDefaults,
    make: (options) => finetuneTrainer({ ...finetuneDefaults, ...options }),
  },
  {
    name: 'few',
    defaults: fewDefaults,
    make: (options) => fewTrainer({ ...fewDefaults, ...options }),
  },
]

function linear(name: string, changed: Partial<LinearOptions>): ClassifierRecipe {
  const defaults = { ...linearDefaults, ...changed }
  return {
    name,
    defaults,
    make: (options) => linearTrainer(name, { ...defaults, ...options }),
  }
}

const blendPrefix = 'blend:'

/**
 * The trainer of a spec, under that name; `blend:both+finetune:epochs=3` mixes some.
 * @throws KithError `invalid-input` for a name or an option that is not there, with those that are
 */
export function classifierTrainerOf(spec: string): ClassifierTrainer {
  if (spec.startsWith(blendPrefix)) {
    const members = spec.slice(blendPrefix.length).split('+')
    return blendTrainer(spec, members.map(classifierTrainerOf))
  }
  const [name = '', ...parts] = spec.split(':')
  const recipe = recipes.find((one) => one.name === name)
  if (!recipe) {
    const known = recipes.map((one) => one.name).join(', ')
    throw new KithError('invalid-input', `There is no model "${name}" here; there are: ${known}.`)
  }
  const options = Object.fromEntries(parts.map((part) => optionOf(part, spec, recipe)))
  return { ...recipe.make({ ...recipe.defaults, ...options }), name: spec }
}

/**
 * A classifier that was saved, of whichever trainer: `meta.trainer` is its spec.
 * @throws KithError `invalid-input` when no trainer here can load it
 */
export async function loadClassifier(saved: SavedModel, context: LoadContext): Promise<Classifier> {
  const trainer = classifierTrainerOf(String(saved.meta['trainer'] ?? ''))
  if (trainer.load) return trainer.load(saved, context)
  throw new KithError(
    'invalid-input',
    `What "${trainer.name}" learns cannot be saved, so this is no classifier. Give one that was trained by another.`,
  )
}

function optionOf(part: string, spec: string, recipe: ClassifierRecipe): [string, number] {
  const [option = '', text = ''] = part.split('=')
  const value = text === '' ? Number.NaN : Number(text)
  if (Object.hasOwn(recipe.defaults, option) && Number.isFinite(value)) return [option, value]
  const known = Object.entries(recipe.defaults).map(([key, standard]) => `${key}=${standard}`)
  throw new KithError(
    'invalid-input',
    `"${part}" in "${spec}" is no option of ${recipe.name} with a number; its options are ${known.join(', ') || 'none'}.`,
  )
}
