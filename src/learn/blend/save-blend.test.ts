import { expect, it } from 'vitest'
import { seededRandom } from '../../math/random.ts'
import { easeTrainer } from '../trainers/ease.ts'
import { gfCfTrainer } from '../trainers/gf-cf.ts'
import { popularTrainer } from '../trainers/popular.ts'
import { allScores, randomData } from '../trainers/random-data.fixture.ts'
import { closeMembers, type WeightedMember } from './members.ts'
import { loadMembers, savingOf } from './save-blend.ts'

const train = randomData(20, 30)
const context = { random: seededRandom(1) }

it('keeps members under their names and finds them again', async () => {
  const trainers = [easeTrainer(), gfCfTrainer({ components: 8 })]
  const members: WeightedMember[] = []
  for (const [n, trainer] of trainers.entries()) {
    members.push({ trainer, weight: 1 / (n + 1), model: await trainer.fit(train, context) })
  }
  const saved = savingOf(members, 'rank')!()
  expect(Object.keys(saved.tensors)).toContain('member/ease/inverse')
  const loaded = await loadMembers(saved, train, trainers)
  expect(loaded.scaling).toBe('rank')
  for (const [n, { weight, model }] of loaded.members.entries()) {
    expect(weight).toBe(1 / (n + 1))
    const first = await allScores(members[n]!.model, train)
    for (const [user, row] of (await allScores(model, train)).entries()) {
      for (const [item, score] of row.entries()) expect(score).toBeCloseTo(first[user]![item]!, 3)
    }
  }
  await expect(loadMembers(saved, train, [easeTrainer()])).rejects.toThrow(
    /2 members and 1 of them/,
  )
  await closeMembers([...members, ...loaded.members])
})

it('cannot keep what a member cannot', async () => {
  const trainer = { ...popularTrainer() }
  const { save: _, ...model } = await trainer.fit(train, context)
  expect(savingOf([{ trainer, weight: 1, model }], 'rank')).toBeUndefined()
})
