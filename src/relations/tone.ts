/** The tone of what people answer: the mood that was read from their words at that moment. */
import { emotions } from '../domain/question.ts'
import type { Memory } from '../memory/memory.ts'
import type { ToneOf } from './acts.ts'

const joy = emotions.indexOf('joy')
const anger = emotions.indexOf('anger')

/** Joy minus anger of the reading of the same moment; people who refuse readings have none. */
export function createToneOf({ histories, people }: Memory): ToneOf {
  return (person, entry) => {
    const action = histories.actionAt(person, entry)
    if (action !== 'reply' && action !== 'quote') return undefined
    const atMs = histories.atMs(person, entry)
    const reading = people.moodsOf(person).find(({ at }) => at.getTime() === atMs)
    return reading && (reading.emotions[joy] ?? 0) - (reading.emotions[anger] ?? 0)
  }
}
