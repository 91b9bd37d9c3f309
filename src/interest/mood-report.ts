/** A person's mood as they read it, with what it does to their pages, in each language. */
import type { MoodReport } from '../domain/mood.ts'
import type { Locale } from '../domain/page.ts'
import type { Memory } from '../memory/memory.ts'
import { moodOf } from './mood.ts'

const effects = {
  en: {
    off: 'Your mood is not read, nothing of it is kept, and your pages do not depend on it.',
    none: 'Nothing you wrote or did lately says how you feel; your pages do not depend on it.',
    even: 'Nothing unusual: your pages do not depend on it.',
    troubled:
      'Calm and cheerful posts stand somewhat higher, because what you wrote or did lately sounds troubled. Posts of people you know are never moved down.',
    glad: 'Cheerful posts stand a little higher, because what you wrote or did lately is cheerful.',
  },
  zh: {
    off: '不读取你的心情，也不保存；页面与它无关。',
    none: '你最近写的、做的看不出心情；页面与它无关。',
    even: '没有异常：页面与它无关。',
    troubled:
      '平和、欢快的内容会略微靠前，因为你最近写的、做的透着不安。你认识的人的内容不会因此靠后。',
    glad: '欢快的内容会稍微靠前，因为你最近写的、做的很欢快。',
  },
} as const

export function reportMood(
  memory: Memory,
  person: number,
  nowMs: number,
  locale: Locale,
): MoodReport {
  const say = effects[locale]
  if (memory.people.get(person)?.usesMood === false) return { isOn: false, effect: say.off }
  const mood = moodOf(memory, person, nowMs)
  if (!mood) return { isOn: true, effect: say.none }
  const effect = mood.troubled > 0 ? say.troubled : mood.glad > 0 ? say.glad : say.even
  return { isOn: true, mood, effect }
}
