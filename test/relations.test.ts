/** Whether closeness and trust find the ties that the sample city really has. */
import { expect, it } from 'vitest'
import { cityFigures } from '../bench/relations/city.ts'

it('ranks ties of the sample city above strangers, those it was not told of too, and no quarrel', async () => {
  const figures = new Map(await cityFigures(400, 1))
  const area = (name: string) => figures.get(`AUC of ${name}`)

  expect(area('closeness, ties known')).toBeGreaterThan(0.99)
  expect(area('trust, ties known')).toBeGreaterThan(0.99)
  expect(area('closeness of hidden ties, from behaviour and circle')).toBeGreaterThan(0.85)
  expect(area('closeness of hidden ties, their tie back known')).toBeGreaterThan(0.9)
  expect(area('the learned graph alone, hidden ties')).toBeGreaterThan(0.7)
  expect(area('trust of hidden ties, along other ties')).toBeGreaterThan(0.7)
  expect(
    figures.get('of 100 ties with four hostile replies, closer than the median tie'),
  ).toBeLessThan(5)
}, 20_000)
