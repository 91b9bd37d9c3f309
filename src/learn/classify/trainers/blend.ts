/**
 * Classifiers side by side: their probabilities mixed, with shares chosen on texts that none of them was
 * learned from. What one reads in words and another in vectors is often not the same mistake.
 */
import { KithError } from '../../../errors.ts'
import { greatest } from '../calibrate.ts'
import type { Classifier, ClassifierTrainer, LabelledTexts } from '../classifier.ts'
import { heldOut } from '../folds.ts'

/** Shares tried are multiples of one over this. */
const grain = 10
/** Of the training texts, where there is no validation part. */
const heldShare = 0.1
/** Members beyond this make the grid of shares too large to try. */
const mostMembers = 4

/** @throws KithError `invalid-input` for one member or more than four */
export function blendTrainer(
  name: string,
  members: readonly ClassifierTrainer[],
): ClassifierTrainer {
  if (members.length < 2 || members.length > mostMembers) {
    throw new KithError(
      'invalid-input',
      `"${name}" names ${members.length} member(s): give two to ${mostMembers}, as in blend:both+finetune.`,
    )
  }
  return {
    name,
    usesChance: true,
    async fit(train, context) {
      const { random } = context
      const { rest, held } = context.valid
        ? { rest: train, held: context.valid }
        : heldOut(train, heldShare, random)
      const learned: Classifier[] = []
      for (const member of members)
        learned.push(await member.fit(rest, { ...context, valid: held, checkpoint: undefined }))
      const known = await Promise.all(learned.map((one) => one.classify(held.texts)))
      const shares = bestShares(known, held)
      context.note?.(`${name} mixes ${shares.map((share) => share.toFixed(1)).join(' : ')}`)
      return {
        classes: train.classes,
        async classify(texts, options) {
          const rows: Float32Array[] = []
          for (const one of learned) rows.push(await one.classify(texts, options))
          return mixed(rows, shares)
        },
        async close() {
          for (const one of learned) await one.close?.()
        },
      }
    },
  }
}

function mixed(rows: readonly Float32Array[], shares: readonly number[]): Float32Array {
  return rows[0]!.map((_, at) => rows.reduce((sum, row, n) => sum + shares[n]! * row[at]!, 0))
}

/** Of the least mean −log of what is true, each mistake counted as much as one unit of it. */
function bestShares(rows: readonly Float32Array[], held: LabelledTexts): number[] {
  let best = { loss: Infinity, shares: rows.map(() => 1 / rows.length) }
  for (const shares of sharesOf(rows.length, grain)) {
    const loss = lossOf(mixed(rows, shares), held)
    if (loss < best.loss) best = { loss, shares }
  }
  return best.shares
}

function lossOf(probabilities: Float32Array, { labels, classes }: LabelledTexts): number {
  const width = classes.length
  let loss = 0
  for (const [n, label] of labels.entries()) {
    if (label < 0) continue
    const row = probabilities.subarray(n * width, (n + 1) * width)
    loss += (greatest(row) === label ? 0 : 1) - Math.log(Math.max(1e-6, row[label]!))
  }
  return loss
}

/** All ways to cut 1 into so many multiples of 1/left. */
function sharesOf(members: number, left: number): number[][] {
  if (members === 1) return [[left / grain]]
  return Array.from({ length: left + 1 }, (_, own) =>
    sharesOf(members - 1, left - own).map((others) => [own / grain, ...others]),
  ).flat()
}
