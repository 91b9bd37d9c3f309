import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { integer, seededRandom } from '../../math/random.ts'
import { evaluateCommunities } from './evaluate-communities.ts'

const folder = await mkdtemp(join(tmpdir(), 'kith-communities-'))
afterAll(() => rm(folder, { recursive: true }))

const files = async (): Promise<{ edges: string; groups: string }> => {
  const random = seededRandom(5)
  const lines = Array.from({ length: 1_200 }, (_, tie) => {
    const from = tie % 200
    const street = Math.floor(from / 40)
    const to = random() < 0.9 ? street * 40 + integer(random, 0, 40) : integer(random, 0, 200)
    return `p${from} p${to}`
  })
  const paths = { edges: join(folder, 'ties.txt'), groups: join(folder, 'streets.csv') }
  await writeFile(paths.edges, lines.join('\n'))
  const streets = Array.from({ length: 200 }, (_, n) => `p${n},street ${Math.floor(n / 40)}`)
  await writeFile(paths.groups, ['id,target', ...streets].join('\n'))
  return paths
}
const options = { change: 0.05, seeds: 2, clock: () => 0 }

it('finds known groups from ties alone, and keeps them when some ties change', async () => {
  const { json, table } = await evaluateCommunities({ ...(await files()), ...options })

  expect(json.sizes).toMatchObject({ people: 200, groups: 5 })
  for (const { metrics } of json.rows) expect(metrics['nmi']!.mean).toBeGreaterThan(0.9)
  expect(json.rows[2]!.metrics['ari after change']!.mean).toBeGreaterThan(0.9)
  expect(table).toContain('leiden')
})

it('says what is wrong with groups of others and with too much change', async () => {
  const { edges } = await files()
  const groups = join(folder, 'others.csv')
  await writeFile(groups, 'id,target\nx,1\ny,2\n')

  await expect(evaluateCommunities({ edges, groups, ...options })).rejects.toThrow(/names nobody/)
  await expect(evaluateCommunities({ edges, ...options, change: 2 })).rejects.toThrow(/0 to 0\.5/)
})
