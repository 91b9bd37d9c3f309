import { describe, expect, it } from 'vitest'
import { floatsOf, numbersOf, readMeta, readSafetensors, writeSafetensors } from './safetensors.ts'

function fileOf(header: unknown, body: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(
    typeof header === 'string' ? header : JSON.stringify(header),
  )
  const file = new Uint8Array(8 + json.length + body.length)
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true)
  file.set(json, 8)
  file.set(body, 8 + json.length)
  return file
}

function oneTensor(dtype: string, shape: number[], body: Uint8Array): Float32Array {
  const file = fileOf({ w: { dtype, shape, data_offsets: [0, body.length] } }, body)
  const tensor = readSafetensors(file).get('w')
  if (!tensor) throw new Error('The tensor is missing.')
  expect(tensor.shape).toEqual(shape)
  return floatsOf(tensor)
}

describe('readSafetensors', () => {
  it('reads several tensors and skips the metadata', () => {
    const body = new Uint8Array(Float32Array.of(1, 2, 3, 4, 5).buffer)
    const header = {
      __metadata__: { format: 'pt' },
      a: { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] },
      b: { dtype: 'F32', shape: [], data_offsets: [16, 20] },
    }
    const tensors = readSafetensors(fileOf(header, body))
    expect([...tensors.keys()]).toEqual(['a', 'b'])
    expect([...tensors.values()].map((tensor) => [...floatsOf(tensor)])).toEqual([
      [1, 2, 3, 4],
      [5],
    ])
  })

  it('widens half floats exactly, the smallest, largest and infinite ones too', () => {
    const halves = Uint16Array.of(0x0000, 0x3c00, 0xc000, 0x7bff, 0x0001, 0x0400, 0xfc00, 0x7e00)
    expect([...oneTensor('F16', [8], new Uint8Array(halves.buffer))]).toEqual([
      0,
      1,
      -2,
      65_504,
      2 ** -24,
      2 ** -14,
      -Infinity,
      Number.NaN,
    ])
  })

  it('widens brain floats and narrows doubles', () => {
    const brain = Uint16Array.of(0x3f80, 0xc040, 0x0000)
    expect([...oneTensor('BF16', [3], new Uint8Array(brain.buffer))]).toEqual([1, -3, 0])
    const doubles = Float64Array.of(0.5, -7)
    expect([...oneTensor('F64', [2], new Uint8Array(doubles.buffer))]).toEqual([0.5, -7])
  })

  it.each([
    ['an empty file', new Uint8Array(3), 'it has 3 bytes'],
    ['a header longer than the file', Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 0, 1), 'claims 255'],
    ['a header that is not JSON', fileOf('{"w":', new Uint8Array(0)), 'not JSON'],
    ['a header that is no object', fileOf('[]', new Uint8Array(0)), 'unknown form'],
    [
      'an unknown type',
      fileOf({ w: { dtype: 'F4', shape: [1], data_offsets: [0, 1] } }, new Uint8Array(1)),
      'unknown form',
    ],
    [
      'a tensor beyond the end',
      fileOf({ w: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } }, new Uint8Array(4)),
      'tensor "w"',
    ],
    [
      'a shape that does not fit its bytes',
      fileOf({ w: { dtype: 'F32', shape: [3], data_offsets: [0, 8] } }, new Uint8Array(8)),
      'tensor "w"',
    ],
  ])('refuses %s', (_, file, reason) => {
    expect(() => readSafetensors(file)).toThrow(reason)
  })

  it('does not read whole numbers as floats', () => {
    expect(() => oneTensor('I64', [1], new Uint8Array(8))).toThrow('I64 where floats are needed')
  })
})

describe('writeSafetensors', () => {
  it('writes what is read back: names, shapes, numbers and words', () => {
    const tensors = {
      'layer.weight': { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, Infinity, 0, 1e-30) },
      编号: { shape: [2], data: Int32Array.of(-1, 2 ** 31 - 1) },
      nothing: { shape: [0, 4], data: new Float32Array(0) },
      one: { shape: [], data: Float32Array.of(7) },
    }
    const file = writeSafetensors(tensors, { made: 'by a test' })
    const read = [...readSafetensors(file)].map(([name, stored]) => [name, numbersOf(stored)])
    expect(Object.fromEntries(read)).toEqual(tensors)
    expect(readMeta(file)).toEqual({ made: 'by a test' })
  })

  it('begins the memory at a multiple of eight, for readers that map it', () => {
    for (const name of ['a', 'ab', 'abc', 'abcdefgh']) {
      const file = writeSafetensors({ [name]: { shape: [1], data: Float32Array.of(1) } })
      expect((file.length - 4) % 8).toBe(0)
    }
  })

  it('writes a part of a longer memory as that part', () => {
    const data = Float32Array.of(0, 1, 2, 3).subarray(1, 3)
    const file = writeSafetensors({ part: { shape: [2], data } })
    expect([...floatsOf(readSafetensors(file).get('part')!)]).toEqual([1, 2])
  })

  it('refuses a shape that its numbers do not fill', () => {
    const wrong = { shape: [3], data: Float32Array.of(1) }
    expect(() => writeSafetensors({ wrong })).toThrow('"wrong" of [3] has 1')
  })
})
