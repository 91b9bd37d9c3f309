/** What people do to a post before they post it again, by a seeded script. */
import { integer, type Random } from '../../src/math/random.ts'

export type Edit = (text: string, random: Random) => string

export const edits: Readonly<Record<string, Edit>> = {
  'emoji and a tag': (text) => `😱 ${text} 👍👍 #topic#`,
  reposted: (text) => `转发微博 //@somebody: ${text}`,
  'a link': (text, random) => `${text} http://t.cn/${integer(random, 1e5, 1e6)}`,
  punctuation: (text) => text.replaceAll(/[，。！？,.!?]/g, '~'),
  'invisible signs': (text) =>
    [...text].map((one, at) => (at % 4 === 0 ? `${one}\u200b` : one)).join(''),
  'wide letters': (text) =>
    text.replaceAll(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
  'two units dropped': (text, random) => dropped(text, 2, random),
  'one in twelve dropped': (text, random) =>
    dropped(text, Math.ceil(unitsOf(text).length / 12), random),
  'last fifth cut': (text) => {
    const units = unitsOf(text)
    return units.slice(0, Math.ceil(0.8 * units.length)).join('')
  },
  'a comment before': (text) => `看看这个，太可怕了，大家小心 so sad, please read: ${text}`,
}

/** Characters of Chinese, words with their space of other scripts. */
function unitsOf(text: string): string[] {
  return text.match(/\p{Script=Han}|[^\p{Script=Han}\s]+\s*|\s+/gu) ?? []
}

function dropped(text: string, count: number, random: Random): string {
  const units = unitsOf(text)
  for (let drop = 0; drop < count && units.length > 1; drop++) {
    units.splice(integer(random, 0, units.length), 1)
  }
  return units.join('')
}
