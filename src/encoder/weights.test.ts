import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readModelFile } from './model-file.ts'
import { bgeSmallZh, locate, miniLm } from './weights.ts'

it.each([miniLm, bgeSmallZh])('the files of $space are those that were checked', (model) => {
  const { weights, tokenizer } = locate(model)
  expect(readModelFile(weights).length).toBeGreaterThan(20_000_000)
  expect(() => JSON.parse(readModelFile(tokenizer).toString('utf8'))).not.toThrow()
})

it('refuses a file that was changed, and names its package and what still works', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kith-weights-'))
  const path = join(folder, 'model.bin')
  writeFileSync(path, 'not the weights')
  expect(() =>
    readModelFile({ path, sha256: '0'.repeat(64), package: 'some-model@1.0.0' }),
  ).toThrow(
    expect.objectContaining({
      code: 'misconfigured',
      message: expect.stringMatching(/some-model@1\.0\.0.*ENCODER=hashing/s),
    }),
  )
  rmSync(folder, { recursive: true })
})

it('says which package is missing', () => {
  const missing = { ...miniLm, weights: { ...miniLm.weights, package: '@nobody/no-such-model' } }
  expect(() => locate(missing)).toThrow(
    expect.objectContaining({
      code: 'unavailable',
      message: expect.stringContaining('@nobody/no-such-model@0.1.0'),
    }),
  )
})
