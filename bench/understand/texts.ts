/** Made-up posts of common words, so that every text is new and of a known length. */
import { integer, seededRandom } from '../../src/math/random.ts'

const words = {
  en: 'morning coffee rain train city friend music game happy tired work dinner photo garden river story night book travel dance winter market child laugh street phone summer cook learn quiet'.split(
    ' ',
  ),
  zh: [
    ...'今天早上咖啡下雨地铁城市朋友音乐游戏开心疲惫工作晚饭照片花园河流故事夜晚读书旅行跳舞冬天市场孩子笑声街道手机夏天做饭学习安静',
  ],
}

export function posts(
  language: keyof typeof words,
  count: number,
  { length, seed }: { length: number; seed: number },
): string[] {
  const random = seededRandom(seed)
  const list = words[language]
  const word = (): string => list[integer(random, 0, list.length)] ?? ''
  return Array.from({ length: count }, () => {
    return Array.from({ length }, word).join(language === 'en' ? ' ' : '')
  })
}
