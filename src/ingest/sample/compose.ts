/** Writes a post: a sentence of the topic, its slots filled, in the wording of a mood. */
import { integer, type Random } from '../../math/random.ts'
import type { Mood } from './moods.ts'
import { nameIn } from './names.ts'
import { numbers, type Place, times } from './places.ts'
import type { Topic } from './words.ts'

export type CityLanguage = 'en' | 'zh'

export interface PostPlan {
  readonly topic: Topic
  readonly mood: Mood
  readonly language: CityLanguage
  readonly place: Place
}

export function composePost(plan: PostPlan, random: Random): string {
  const { topic, mood, language } = plan
  const sentences = topic[language][mood.says]
  const { before, after } = mood[language]
  const gap = language === 'en' ? ' ' : ''
  const first = integer(random, 0, sentences.length)
  const second = (first + integer(random, 1, sentences.length)) % sentences.length
  const shape = random()
  const parts = [
    shape < 0.35 ? pick(before, random) : '',
    fill(sentences[first] ?? '', plan, random),
    shape >= 0.75 ? fill(sentences[second] ?? '', plan, random) : '',
    shape >= 0.28 && shape < 0.6 ? pick(after, random) : '',
  ]
  const text = parts.filter(Boolean).join(gap)
  return random() < 0.08 ? `${text} #${topic[language].label.replaceAll(' ', '')}` : text
}

function fill(sentence: string, { topic, language, place }: PostPlan, random: Random): string {
  const { things } = topic[language]
  const thing = integer(random, 0, things.length)
  const other = (thing + integer(random, 1, things.length)) % things.length
  const slots: Readonly<Record<string, () => string>> = {
    thing: () => things[thing] ?? '',
    other: () => things[other] ?? '',
    place: () => place[language],
    time: () => pick(times[language], random),
    friend: () => nameIn(language, random).short,
    n: () => pick(numbers[language], random),
  }
  const filled = sentence.replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot]?.() ?? '')
  return language === 'en' ? capitalised(filled) : filled
}

function capitalised(text: string): string {
  return text.replace(/(^|[.!?] )(\p{Ll})/gu, (_, start: string, letter: string) => {
    return start + letter.toUpperCase()
  })
}

export function pick<Value>(values: readonly Value[], random: Random): Value {
  const value = values[integer(random, 0, values.length)]
  if (value === undefined) throw new RangeError('There is nothing to pick from an empty list.')
  return value
}
