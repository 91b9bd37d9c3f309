/**
 * The sequence model in the rows of recommendation: what each person had, in order of time, and by
 * self-attention what comes next. The network is `next/trainers/attention.ts`; here people have numbers.
 */
import { KithError } from '../../errors.ts'
import { rowColumns } from '../data/csr.ts'
import type { Dataset } from '../data/dataset.ts'
import type { NextModel } from '../next/next-trainer.ts'
import { wordsIn, wordsOf } from '../next/read-sequences.ts'
import type { Cases, Sequences } from '../next/sequences.ts'
import {
  type AttentionOptions,
  attentionTrainer,
  loadAttention,
} from '../next/trainers/attention.ts'
import type { Model, Trainer } from '../trainer.ts'

export function sequenceTrainer(options: Partial<AttentionOptions> = {}): Trainer {
  return {
    name: 'sequence',
    usesChance: true,
    async fit(train, { machine, valid, ...context }) {
      const sequences = sequencesIn(train)
      const { threads = 1 } = machine ?? {}
      const trainer = attentionTrainer({ ...options, threads })
      const cases = valid && casesIn(sequences, valid)
      return byPerson(sequences, await trainer.fit(sequences, { ...context, valid: cases }))
    },
    async load(saved, train) {
      const sequences = sequencesIn(train)
      return byPerson(sequences, await loadAttention(saved, sequences))
    },
  }
}

/** @throws KithError `invalid-input` without times */
function sequencesIn({ interactions, times, items, facts }: Dataset): Sequences {
  if (!times) {
    throw new KithError(
      'invalid-input',
      'The model "sequence" learns from the order of events: the data needs a time for every interaction. Leave it out, or give times.',
    )
  }
  const lines = Array.from({ length: interactions.rows }, (_, user) =>
    inOrder(rowColumns(interactions, user), times.subarray(interactions.starts[user])),
  )
  const known = (facts ?? []).map(({ id, text }) => ({ itemId: id, words: wordsIn(text) }))
  return { items, lines, words: facts && wordsOf(known, items) }
}

/** Items by their times, of which there is one each. */
function inOrder(items: Int32Array, times: Float64Array): Int32Array {
  const order = Int32Array.from(items.keys())
  return order.sort((a, b) => times[a]! - times[b]!).map((place) => items[place]!)
}

/** What each person had first after the training part; nothing where that is not known. */
function casesIn({ lines }: Sequences, { interactions, times }: Dataset): Cases | undefined {
  if (!times) return undefined
  const asked = [...lines.keys()].filter(
    (user) => lines[user]!.length > 0 && rowColumns(interactions, user).length > 0,
  )
  if (asked.length === 0) return undefined
  return {
    histories: asked.map((user) => lines[user]!),
    targets: Int32Array.from(asked, (user) => {
      const [first] = inOrder(
        rowColumns(interactions, user),
        times.subarray(interactions.starts[user]),
      )
      return first!
    }),
  }
}

function byPerson({ lines }: Sequences, model: NextModel): Model {
  return {
    score: (users, scores) =>
      model.score(
        Array.from(users, (user) => lines[user]!),
        scores,
      ),
    ...(model.save ? { save: () => model.save!() } : {}),
    async close() {
      await model.close?.()
    },
  }
}
