/**
 * The victim of `resume.test.ts`: an evaluation with a trainer of many short epochs that says each,
 * until it is killed. Plain JavaScript over the built code, so that it starts at once.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { evaluateRecommend } from '../dist/src/learn/evaluate/evaluate-recommend.js'
import { trainedRanker } from '../dist/src/learn/evaluate/trained-ranker.js'
import { createRegistry } from '../dist/src/learn/runs/registry.js'
import { rowModel } from '../dist/src/learn/trainer.js'
import { seededRandom } from '../dist/src/math/random.js'

const [folder, train, resumes] = process.argv.slice(2)
const say = (line) => process.stdout.write(`${line}\n`)
const epochs = 20

/** Every epoch depends on the one before it and on chance. */
const walk = (name) => ({
  name,
  usesChance: true,
  async fit(data, { random, checkpoint, signal }) {
    const chance = Math.floor(random() * 2 ** 32)
    const kept = await checkpoint.load()
    const weights = kept ? kept.tensors.weights.data : new Float32Array(data.items.size)
    for (let epoch = (kept?.meta.epoch ?? 0) + 1; epoch <= epochs; epoch++) {
      const step = seededRandom(chance + epoch)
      for (let item = 0; item < weights.length; item++) {
        weights[item] = Math.fround(0.7 * weights[item] + Math.round(3 * step()))
      }
      const tensors = { weights: { shape: [weights.length], data: weights } }
      await checkpoint.save({ tensors, meta: { epoch } })
      say(`${name} ${epoch}`)
      await pause(20)
      signal?.throwIfAborted()
    }
    return rowModel(data.items.size, (_user, row) => row.set(weights))
  },
})

const trainers = [walk('first'), walk('second')]
const { json } = await evaluateRecommend({
  train,
  models: ['popular', ...trainers.map(({ name }) => name)],
  rankers: trainers.map(trainedRanker),
  at: [3],
  seeds: 1,
  // So fast that every checkpoint is due.
  clock: () => performance.now() * 5_000,
  resumes: resumes === 'resume',
  registry: createRegistry({
    folder,
    code: { version: 'test', commit: 'test' },
    now: () => new Date(),
    random: Math.random,
    log: { debug() {}, info() {}, warn() {}, error() {} },
  }),
})
say(
  `table ${JSON.stringify(json.rows.map(({ model, metrics, versus, segments }) => ({ model, metrics, versus, segments })))}`,
)
say(`notes ${JSON.stringify(json.notes)}`)
