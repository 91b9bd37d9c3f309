/** A folder as people download it, made here of the bundled English model in floats. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLog } from '../log.ts'
import { readSafetensors } from '../tensor/safetensors.ts'
import { buildBert } from './bert.ts'
import { keepsTheEncoderContract } from './encoder.contract.ts'
import { readModelFile } from './model-file.ts'
import { openOnnxEncoder } from './onnx.ts'
import { locate, miniLm } from './weights.ts'

const folder = mkdtempSync(join(tmpdir(), 'kith-onnx-'))
const { weights, tokenizer } = locate(miniLm)

beforeAll(() => {
  const form = { layers: 6, heads: 12, epsilon: 1e-12, precision: 'int8' } as const
  mkdirSync(join(folder, 'mini/onnx'), { recursive: true })
  writeFileSync(
    join(folder, 'mini/onnx/model_int8.onnx'),
    buildBert(readSafetensors(readModelFile(weights)), form),
  )
  copyFileSync(tokenizer.path, join(folder, 'mini/tokenizer.json'))
})
afterAll(() => rmSync(folder, { recursive: true }))

keepsTheEncoderContract(() => openOnnxEncoder({ folder: join(folder, 'mini'), log: silentLog }))

describe('the encoder of a local folder', () => {
  it('names its space after the folder and the very file', async () => {
    const encoder = await openOnnxEncoder({ folder: join(folder, 'mini'), log: silentLog })
    expect(encoder.spaces).toEqual([expect.stringMatching(/^mini@[0-9a-f]{8}$/)])
    await encoder.close()
  })

  it.each([
    ['nothing', [], 'has neither model.onnx'],
    ['no tokenizer', ['model.onnx'], 'has no tokenizer.json'],
    ['no real model', ['model.onnx', 'tokenizer.json'], ''],
  ])('refuses a folder with %s', async (name, files, reason) => {
    const place = join(folder, name)
    mkdirSync(place)
    for (const file of files) writeFileSync(join(place, file), '{}')
    await expect(openOnnxEncoder({ folder: place, log: silentLog })).rejects.toMatchObject({
      name: 'KithError',
      message: expect.stringContaining(reason),
    })
  })
})
