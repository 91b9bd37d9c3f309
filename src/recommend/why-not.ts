/** "Why not this one?", in a sentence of each language, from what the run recorded. */
import type { Explanation } from '../domain/feed-query.ts'
import type { Locale } from '../domain/page.ts'
import { moverOf } from './movers.ts'
import type { Fate } from './run.ts'

/** What each filter means for the person who asks. */
const reasons: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  excluded: {
    en: 'the request leaves it out, or it was on an earlier page',
    zh: '请求排除了它，或前面的页面已展示过',
  },
  removed: { en: 'it was removed', zh: '它已被删除' },
  hidden: {
    en: 'you hid it, reported it or asked for less like it',
    zh: '你隐藏、举报过它，或要求少看这类内容',
  },
  muted: { en: 'you muted its author', zh: '你已静音它的作者' },
  blocked: { en: 'there is a block between you and its author', zh: '你与作者之间存在拉黑' },
  private: { en: 'its author shows it only to some people', zh: '作者只对部分人可见' },
  language: { en: 'it is in a language you do not read', zh: '它的语言不在你的阅读语言之内' },
  unsafe: {
    en: 'it is marked as unsafe, or was understood as offensive',
    zh: '它被标记为不安全内容，或被判断为带有攻击性',
  },
  spam: { en: 'it was understood as spam', zh: '它被判断为垃圾信息' },
  own: { en: 'it is your own', zh: '这是你自己的内容' },
  seen: { en: 'you have met it before', zh: '你已经看过它' },
  duplicate: { en: 'another item on the page says the same', zh: '页面上已有内容相同的条目' },
}

const sentences = {
  en: {
    dropped: (why: string) => `It is not shown, because ${why}.`,
    ranked: (rank: number, of: number) =>
      `It is ranked ${rank} of ${of} candidates, too low for the first page.`,
    heldBack: (rank: number, of: number, why: string) =>
      `It is ranked ${rank} of ${of} candidates and was held back, because ${why}.`,
    notProposed:
      'No source proposed it: it is neither near what you like nor close to your circle, new or popular.',
  },
  zh: {
    dropped: (why: string) => `没有展示，因为${why}。`,
    ranked: (rank: number, of: number) => `它在 ${of} 个候选中排第 ${rank}，排不进第一页。`,
    heldBack: (rank: number, of: number, why: string) =>
      `它在 ${of} 个候选中排第 ${rank}，但被后移，因为${why}。`,
    notProposed: '没有来源推荐它：它不接近你的兴趣，也不在你的圈子里，既不新也不热门。',
  },
} as const

export function whyNotShown(fate: Fate, locale: Locale): Explanation {
  const say = sentences[locale]
  switch (fate.kind) {
    case 'dropped': {
      const why = reasons[fate.filter]?.[locale] ?? fate.filter
      return { outcome: 'dropped', by: fate.filter, text: say.dropped(why) }
    }
    case 'not-proposed':
      return { outcome: 'not-proposed', text: say.notProposed }
    // Shown in this run means: chance or a reranker may place it; its rank is all that is certain.
    case 'shown':
      return { outcome: 'ranked', text: say.ranked(fate.rank, fate.rank) }
    case 'ranked': {
      const { rank, of, heldBy } = fate
      if (heldBy === undefined) return { outcome: 'ranked', text: say.ranked(rank, of) }
      const why = moverOf(heldBy, locale)
      return { outcome: 'ranked', by: heldBy, text: say.heldBack(rank, of, why) }
    }
  }
}
