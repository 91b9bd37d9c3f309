/** What can move an item on a page, in words that end a sentence which begins with "because". */
import type { Locale } from '../domain/page.ts'

const movers: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  sad: {
    en: 'only a part of a page may be sad or frightening',
    zh: '一页中悲伤或可怕的内容只能占一部分',
  },
  angry: {
    en: 'only a part of a page may be angry',
    zh: '一页中愤怒的内容只能占一部分',
  },
  'author-spacing': {
    en: 'posts of one author keep a distance',
    zh: '同一作者的内容要隔开',
  },
  'author-number': {
    en: 'a page has only a few posts of one author',
    zh: '一页中同一作者的内容只有几条',
  },
  topics: {
    en: 'only a part of a page may be about one topic',
    zh: '一页中同一话题只能占一部分',
  },
  'small-creators': {
    en: 'some places are for small and new creators',
    zh: '一些位置留给小作者和新作者',
  },
  diversity: {
    en: 'what is much like something above it gives way',
    zh: '与上面内容很相似的会让位',
  },
  exploration: {
    en: 'some places are given to chance',
    zh: '一些位置交给随机挑选',
  },
}

export function moverOf(name: string, locale: Locale): string {
  return movers[name]?.[locale] ?? name
}
