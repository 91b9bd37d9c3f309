/** What leaves here must give the same vectors to whoever opens it: our own encoder of a folder, too. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOnnxEncoder } from '../../../encoder/onnx.ts'
import { silentLog } from '../../../log.ts'
import { seededRandom } from '../../../math/random.ts'
import { openTextEncoder } from '../text-encoder.ts'
import type { TextNetwork } from '../text-network.ts'
import { tinyNetwork } from '../tiny-network.fixture.ts'
import { readNetwork, writeNetwork } from './network-folder.ts'
import { withLayers, withWordsOf } from './prune.ts'

let parent = ''
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'kith-network-'))
})
afterAll(() => rm(parent, { recursive: true }))

const network = tinyNetwork(seededRandom(5))
const first: TextNetwork = { ...network, form: { ...network.form, pooling: 'first' } }
const texts = ['cat', 'a red dog in the sun', 'Tea cups, teas', 'rain rain rain rain', '猫']

async function vectorsOf(of: TextNetwork): Promise<number[][]> {
  const encoder = await openTextEncoder(of)
  const vectors = await encoder.encode(texts)
  await encoder.close()
  const { width } = encoder
  return texts.map((_, n) => [...vectors.slice(n * width, (n + 1) * width)])
}

async function vectorsIn(folder: string): Promise<number[][]> {
  const encoder = await openOnnxEncoder({ folder, log: silentLog })
  const embeddings = await encoder.encode(texts)
  await encoder.close()
  return embeddings.map((embedding) => [...(embedding?.values ?? [])])
}

/** Of the least alike pair. */
function agreement(some: number[][], others: number[][]): number {
  const cosines = some.map((one, n) => {
    const dot = one.reduce((sum, value, d) => sum + value * others[n]![d]!, 0)
    return dot / Math.hypot(...one) / Math.hypot(...others[n]!)
  })
  return Math.min(...cosines)
}

describe('a folder of a network', () => {
  it.each([
    ['in floats', network, 'float', 0.999],
    ['in floats, first token', first, 'float', 0.999],
    ['in eight bits', network, 'int8', 0.99],
  ] as const)('opens as ENCODER=onnx:FOLDER, %s', async (name, given, precision, least) => {
    const folder = join(parent, name)
    await writeNetwork(folder, given, { precision })
    // Embeddings are rounded to signed bytes, so that not even the same vector is the same to the end.
    expect(agreement(await vectorsIn(folder), await vectorsOf(given))).toBeGreaterThan(least)
  })

  it('in eight bits is much smaller', async () => {
    const size = async (precision: 'float' | 'int8') => {
      const folder = join(parent, `size ${precision}`)
      const wide = { ...network, tensors: widened(network) }
      await writeNetwork(folder, wide, { precision })
      return (await readFile(join(folder, 'model.onnx'))).length
    }
    expect((await size('int8')) / (await size('float'))).toBeLessThan(0.4)
  })

  it('is read again as the same network', async () => {
    const folder = join(parent, 'again')
    await writeNetwork(folder, first)
    const again = await readNetwork(folder)
    expect(again.form).toEqual(first.form)
    expect(again.tensors).toEqual(first.tensors)
    expect(await vectorsOf(again)).toEqual(await vectorsOf(first))
    await expect(readNetwork(join(parent, 'nothing'))).rejects.toThrow(/no config\.json/)
  })
})

describe('pruning', () => {
  it('of words changes nothing for texts made of those that stay', async () => {
    const small = withWordsOf(network, texts)
    expect(small.vocabulary.size).toBeLessThan(network.vocabulary.size)
    expect(await vectorsOf(small)).toEqual(await vectorsOf(network))
    const folder = join(parent, 'few words')
    await writeNetwork(folder, small)
    expect(agreement(await vectorsIn(folder), await vectorsOf(network))).toBeGreaterThan(0.999)
  })

  it('of layers leaves those that were named, in their order', async () => {
    const upper = withLayers(network, [1])
    expect(upper.form.layers).toBe(1)
    expect(upper.tensors['encoder.layer.0.output.dense.bias']).toBe(
      network.tensors['encoder.layer.1.output.dense.bias'],
    )
    expect(agreement(await vectorsOf(upper), await vectorsOf(network))).toBeLessThan(0.999)
    expect(() => withLayers(network, [2])).toThrow(/0 to 1, not "2"/)
  })
})

/** With a table of words as large as real ones are beside the rest. */
function widened({ tensors, form }: TextNetwork): TextNetwork['tensors'] {
  const path = 'embeddings.word_embeddings.weight'
  const { data } = tensors[path]!
  const rows = 3_000
  const more = new Float32Array(rows * form.width)
  more.set(data)
  return { ...tensors, [path]: { shape: [rows, form.width], data: more } }
}
