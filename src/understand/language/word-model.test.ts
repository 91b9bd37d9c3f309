import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../math/random.ts'
import { fitWordModel } from './fit-word-model.ts'
import { loadWordModel } from './load-word-model.ts'
import { createWordModel, packWordModel, unpackWordModel } from './word-model.ts'

const lists = [
  { language: 'en', words: words('the thing that thought brought nothing with other weather') },
  { language: 'pl', words: words('rzecz przed przez szczery wszystko jeszcze krzyk brzoza that') },
]

describe('fitWordModel', () => {
  const data = fitWordModel(lists, { random: seededRandom(1), bits: 10, epochs: 60 })
  const model = createWordModel(data)

  it('tells languages by parts of words that it never met', () => {
    expect(probabilities(model, 'through')[0]).toBeGreaterThan(0.9)
    expect(probabilities(model, 'grzech')[1]).toBeGreaterThan(0.9)
  })

  it('gives a word of both to both', () => {
    const [english = 0, polish = 0] = probabilities(model, 'that')
    expect(english).toBeGreaterThan(0.2)
    expect(polish).toBeGreaterThan(0.2)
  })

  it('is the same after packing and unpacking', () => {
    const bytes = Buffer.concat([Buffer.from('elsewhere'), packWordModel(data)]).subarray(9)
    const again = createWordModel(unpackWordModel(bytes))
    expect(probabilities(again, 'further')).toEqual(probabilities(model, 'further'))
  })
})

describe('the shipped word model', () => {
  it('is there and knows the languages of Europe', () => {
    const model = loadWordModel()
    expect(model?.languages.length).toBeGreaterThanOrEqual(30)
    const found = probabilities(model!, 'weather')
    expect(model!.languages[found.indexOf(Math.max(...found))]).toBe('en')
  })
})

function words(text: string): [string, number][] {
  return text.split(' ').map((word) => [word, 0.001])
}

function probabilities(
  model: { languages: readonly string[]; probabilities: unknown },
  word: string,
) {
  const into = new Float64Array(model.languages.length)
  ;(model.probabilities as (word: string, into: Float64Array) => void)(word, into)
  return [...into]
}
