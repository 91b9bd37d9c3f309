/** Parts of labelled texts, in which every class has its share. */
import { type Random, shuffle } from '../../math/random.ts'
import type { LabelledTexts } from './classifier.ts'

/** [texts] the fold of each text, 0 to `folds` - 1. */
export function foldsOf(labels: Int32Array, folds: number, random: Random): Int32Array {
  const byClass = new Map<number, number[]>()
  for (const [n, label] of labels.entries()) {
    const members = byClass.get(label) ?? []
    members.push(n)
    byClass.set(label, members)
  }
  const foldOf = new Int32Array(labels.length)
  let next = 0
  for (const members of byClass.values())
    for (const n of shuffle(random, members)) foldOf[n] = next++ % folds
  return foldOf
}

export function partOf(whole: LabelledTexts, isWanted: (n: number) => boolean): LabelledTexts {
  const places = whole.texts.map((_, n) => n).filter(isWanted)
  return {
    texts: places.map((n) => whole.texts[n]!),
    labels: Int32Array.from(places, (n) => whole.labels[n]!),
    classes: whole.classes,
  }
}

export function joined(one: LabelledTexts, other: LabelledTexts): LabelledTexts {
  return {
    texts: [...one.texts, ...other.texts],
    labels: Int32Array.from([...one.labels, ...other.labels]),
    classes: one.classes,
  }
}

/** A share of every class is held out by lot. */
export function heldOut(
  whole: LabelledTexts,
  share: number,
  random: Random,
): { readonly rest: LabelledTexts; readonly held: LabelledTexts } {
  const fold = foldsOf(whole.labels, Math.max(2, Math.round(1 / share)), random)
  return {
    rest: partOf(whole, (n) => fold[n] !== 0),
    held: partOf(whole, (n) => fold[n] === 0),
  }
}
