/**
 * Items that say the same of themselves as what was had last: cosine of attributes or title words,
 * each weighed by how rare it is. Knows nothing of people, so it reaches items nobody had.
 */
import { KithError } from '../../../errors.ts'
import { type Csr, rowOfEntries, transpose } from '../../data/csr.ts'
import { historyModel, type NextTrainer } from '../next-trainer.ts'

const fade = 0.7

export function alikeTrainer(): NextTrainer {
  return {
    name: 'alike',
    usesChance: false,
    async fit({ words, items }) {
      if (!words) {
        throw new KithError(
          'invalid-input',
          'The model "alike" compares what items say of themselves: give a file with --items.',
        )
      }
      const weighed = weighedWords(words)
      const byWord = transpose(weighed).csr
      return historyModel(items.size, (history, row) => addAlike(weighed, byWord, history, row))
    },
  }
}

/** Rows of length 1; a word's weight is ln(items / items with it). */
function weighedWords(words: Csr): Csr {
  const frequency = new Float32Array(words.columns)
  for (const word of words.columnOf) frequency[word]! += 1
  const values = words.values.map((_, entry) =>
    Math.log(words.rows / frequency[words.columnOf[entry]!]!),
  )
  const squares = new Float32Array(words.rows)
  const rowOf = rowOfEntries(words)
  for (const [entry, value] of values.entries()) squares[rowOf[entry]!]! += value * value
  return {
    ...words,
    values: values.map((value, entry) => value / Math.sqrt(squares[rowOf[entry]!]! || 1)),
  }
}

function addAlike(words: Csr, byWord: Csr, history: Int32Array, row: Float32Array): void {
  const profile = new Map<number, number>()
  for (let age = 0; age < history.length; age++) {
    const item = history[history.length - 1 - age]!
    for (let entry = words.starts[item]!; entry < words.starts[item + 1]!; entry++) {
      const word = words.columnOf[entry]!
      profile.set(word, (profile.get(word) ?? 0) + fade ** age * words.values[entry]!)
    }
  }
  for (const [word, weight] of profile) {
    for (let entry = byWord.starts[word]!; entry < byWord.starts[word + 1]!; entry++) {
      row[byWord.columnOf[entry]!]! += weight * byWord.values[entry]!
    }
  }
}
