/**
 * How much each part of a score should count, learnt from choices: of all candidates of a page a
 * person chose one. Conditional logit (McFadden 1974) with a Gaussian prior around the weights that
 * stood before, so that few choices change little; found by projected gradient ascent.
 */

/** One page with the choice that was made from it. */
export interface Choice {
  readonly candidates: number
  /** What every part says of every candidate. [candidates × parts] */
  readonly parts: Float32Array
  /** Row of the chosen one. */
  readonly chosen: number
}

export interface WeightOptions {
  /** What counts until choices say otherwise; a weight keeps its sign. [parts] */
  readonly before: Float64Array
  /** Weight of the prior against one choice. */
  readonly prior?: number
  readonly steps?: number
  readonly report?: ((step: number, logLikelihood: number) => void) | undefined
  /** Called after each step, to let others go first. */
  readonly breathe?: (() => Promise<void>) | undefined
}

export interface FittedWeights {
  /** [parts], scaled so that their absolute values sum to what those before summed to. */
  readonly weights: Float64Array
  /** Mean log-likelihood of a choice, with the weights before (best scale) and after. */
  readonly before: number
  readonly after: number
}

export async function fitWeights(
  choices: readonly Choice[],
  options: WeightOptions,
): Promise<FittedWeights> {
  const { before, prior = 4, steps = 300, report, breathe } = options
  const scale = bestScale(choices, before)
  const center = before.map((weight) => weight * scale)
  const weights = center.slice()
  const gradient = new Float64Array(before.length)
  // Adagrad: parts differ in how much they vary among candidates.
  const sizes = new Float64Array(before.length).fill(1e-6)
  let best = { weights: weights.slice(), value: -Infinity }
  for (let step = 0; step < steps; step++) {
    let value = likelihood(choices, weights, gradient)
    for (let part = 0; part < weights.length; part++) {
      const pull = (prior / Math.max(1, choices.length)) * (weights[part]! - center[part]!)
      value -= (pull * (weights[part]! - center[part]!)) / 2
      gradient[part]! -= pull
      sizes[part]! += gradient[part]! ** 2
    }
    if (value > best.value) best = { weights: weights.slice(), value }
    if (step % 10 === 0) report?.(step, value)
    await breathe?.()
    for (let part = 0; part < weights.length; part++) {
      const next = weights[part]! + gradient[part]! / Math.sqrt(sizes[part]!)
      weights[part] = before[part]! < 0 ? Math.min(0, next) : Math.max(0, next)
    }
  }
  return {
    weights: scaledTo(best.weights, total(before)),
    before: likelihood(choices, center),
    after: likelihood(choices, best.weights),
  }
}

/** Mean log-probability of the chosen under softmax(parts · weights); writes its gradient. */
function likelihood(
  choices: readonly Choice[],
  weights: Float64Array,
  gradient?: Float64Array,
): number {
  gradient?.fill(0)
  let sum = 0
  for (const choice of choices) {
    const chances = chancesOf(choice, weights)
    sum += Math.log(Math.max(1e-300, chances[choice.chosen]!))
    if (gradient) addSurprise(choice, chances, gradient)
  }
  const count = Math.max(1, choices.length)
  if (gradient) for (let part = 0; part < weights.length; part++) gradient[part]! /= count
  return sum / count
}

/** How likely each candidate is the chosen one. [candidates] */
function chancesOf({ candidates, parts }: Choice, weights: Float64Array): Float64Array {
  const size = weights.length
  const chances = new Float64Array(candidates)
  let highest = -Infinity
  for (let row = 0; row < candidates; row++) {
    let score = 0
    for (let part = 0; part < size; part++) score += weights[part]! * parts[row * size + part]!
    chances[row] = score
    if (score > highest) highest = score
  }
  let mass = 0
  for (let row = 0; row < candidates; row++) {
    chances[row] = Math.exp(chances[row]! - highest)
    mass += chances[row]!
  }
  for (let row = 0; row < candidates; row++) chances[row]! /= mass
  return chances
}

/** The parts of the chosen one, less those that were to be expected. */
function addSurprise(
  { candidates, parts, chosen }: Choice,
  chances: Float64Array,
  gradient: Float64Array,
): void {
  const size = gradient.length
  for (let row = 0; row < candidates; row++) {
    const miss = (row === chosen ? 1 : 0) - chances[row]!
    for (let part = 0; part < size; part++) gradient[part]! += miss * parts[row * size + part]!
  }
}

/** Only ratios of weights matter for an order, but a likelihood has a scale; a few are tried. */
function bestScale(choices: readonly Choice[], weights: Float64Array): number {
  let best = { scale: 1, value: -Infinity }
  for (let scale = 0.5; scale <= 64; scale *= Math.SQRT2) {
    const value = likelihood(
      choices,
      weights.map((weight) => weight * scale),
    )
    if (value > best.value) best = { scale, value }
  }
  return best.scale
}

function scaledTo(weights: Float64Array, wanted: number): Float64Array {
  const sum = total(weights)
  return sum > 0 ? weights.map((weight) => (weight * wanted) / sum) : weights
}

function total(weights: Float64Array): number {
  return weights.reduce((sum, weight) => sum + Math.abs(weight), 0)
}
