import { expect, it } from 'vitest'
import { createRecommender } from '../recommend.ts'
import { townNetwork } from '../stage.contract.ts'
import { contextWords } from './context-words.ts'

it('knows the hour, what was said of the moment, and the language that is read', () => {
  const network = townNetwork()
  network.putUser({ id: 'zoe', languages: ['zh-CN', 'en'] })
  const { memory } = network
  const wordsOf = (userId: string | undefined, changed = {}) =>
    contextWords(
      { ...network.request(userId), now: new Date('2026-03-01T14:10:00Z'), ...changed },
      memory,
    )
  expect(wordsOf(undefined)).toEqual(['hour:12'])
  expect(wordsOf('zoe')).toEqual(['hour:12', 'language:zh'])
  expect(wordsOf('zoe', { languages: ['FR'], device: 'phone' })).toEqual([
    'hour:12',
    'device:phone',
    'language:fr',
  ])
  const request = { ...network.request('zoe'), feed: 'home', pageId: 'p' } as const
  const { shown } = createRecommender({ memory }).recommendToLearn(request)
  expect(shown?.context).toContain('language:zh')
})
