/** Whether closeness and trust find the ties that the sample city really has. */
import { expect, it } from 'vitest'
import { cityAreas } from '../bench/relations.ts'

it('ranks ties of the sample city above strangers, those it was not told of too', () => {
  const areas = new Map(cityAreas(400, 1))

  expect(areas.get('closeness, ties known')).toBeGreaterThan(0.99)
  expect(areas.get('trust, ties known')).toBeGreaterThan(0.99)
  expect(areas.get('closeness of hidden ties, from behaviour and circle')).toBeGreaterThan(0.85)
  expect(areas.get('trust of hidden ties, along other ties')).toBeGreaterThan(0.7)
})
