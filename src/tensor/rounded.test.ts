/** Products in eight bits beside the same products in floats, forward and backward. */
import { describe, expect, it } from 'vitest'
import { normal, seededRandom } from '../math/random.ts'
import { emitProgram } from './compile.ts'
import { constant, type Expression, input } from './expression.ts'
import { gradientsOf } from './gradient.ts'
import { add, mul } from './operations/arithmetic.ts'
import { matmul } from './operations/matmul.ts'
import { sum } from './operations/reduce.ts'
import { roundedLinear } from './operations/rounded.ts'
import { openProgramSession } from './program-session.ts'

const random = seededRandom(3)
const draw = (length: number): Float32Array => Float32Array.from({ length }, () => normal(random))
const [texts, length, inputs, outputs] = [3, 5, 48, 32]
const weights = [draw(outputs * inputs), draw(outputs * inputs)]
const given = draw(texts * length * inputs)
// Rows of very unlike length, as slopes have, and one of zeros, as padding has.
for (let n = 0; n < given.length; n++) given[n]! *= 10 ** ((Math.floor(n / inputs) % 4) - 2)
given.fill(0, inputs, 2 * inputs)
const slopes = draw(texts * length * outputs)

/** Both products and the slope of the input, by either kind of product. */
async function answers(linear: (x: Expression, n: number) => Expression): Promise<Float32Array[]> {
  const x = input('x', 'float32', [texts, length, inputs])
  const products = weights.map((_, n) => linear(x, n))
  const loss = sum(mul(add(products[0]!, products[1]!), constant([texts, length, outputs], slopes)))
  const [slope] = gradientsOf(loss, [x])
  const results = { one: products[0]!, two: products[1]!, slope: slope! }
  const { bytes, outputs: names } = emitProgram({ states: [], results }, true)
  const session = await openProgramSession({ bytes, threads: 1, states: [], outputs: names })
  const feeds = { x: { shape: [texts, length, inputs], data: given } }
  const found = await session.run({ feeds, masks: [] })
  await session.close()
  return ['one', 'two', 'slope'].map((name) => found[name]!.data as Float32Array)
}

describe('roundedLinear', () => {
  it('is a hundredth off the product in floats, row by row, forward and backward', async () => {
    const plain = await answers((x, n) =>
      matmul(x, constant([outputs, inputs], weights[n]!), { transposeB: true }),
    )
    const rounded = await answers((x, n) =>
      roundedLinear(x, { values: weights[n]!, outputs, inputs }),
    )
    for (const [n, floats] of plain.entries()) {
      const width = floats.length / (texts * length)
      for (let row = 0; row < texts * length; row++) {
        const own = floats.subarray(row * width, (row + 1) * width)
        const off = rounded[n]!.subarray(row * width, (row + 1) * width).map(
          (value, at) => value - own[at]!,
        )
        expect(norm(off), `${n}, row ${row}`).toBeLessThanOrEqual(0.02 * norm(own))
      }
      // It really is rounded: a plain product would be equal.
      expect(rounded[n]).not.toEqual(floats)
    }
  })

  it('says when weights do not fit', () => {
    const x = input('x', 'float32', ['batch', inputs + 1])
    expect(() => roundedLinear(x, { values: weights[0]!, outputs, inputs })).toThrow('32 × 48')
  })
})

function norm(values: Float32Array): number {
  return Math.hypot(...values)
}
