/** Ways in which people, on purpose or not, write the same thing otherwise; each keeps the meaning. */
import { integer, type Random } from '../../math/random.ts'

export interface Disturbance {
  readonly name: string
  /** Languages it makes sense in. */
  readonly languages: readonly ('en' | 'zh')[]
  /** The same words, disturbed. */
  change(text: string, random: Random): string
}

const both = ['en', 'zh'] as const
const zeroWidth = '\u200b'
const toTraditional = new Map(
  Object.entries({
    们: '們',
    这: '這',
    个: '個',
    为: '為',
    来: '來',
    说: '說',
    时: '時',
    会: '會',
    对: '對',
    没: '沒',
    学: '學',
    国: '國',
    爱: '愛',
    气: '氣',
    东: '東',
    车: '車',
    门: '門',
    开: '開',
    关: '關',
    听: '聽',
    见: '見',
    让: '讓',
    还: '還',
    过: '過',
    吗: '嗎',
    谁: '誰',
    难: '難',
    欢: '歡',
    乐: '樂',
    伤: '傷',
    恶: '惡',
    脑: '腦',
    残: '殘',
    坏: '壞',
    烂: '爛',
    滚: '滾',
    猪: '豬',
    骂: '罵',
    给: '給',
    买: '買',
    钱: '錢',
    点: '點',
    样: '樣',
    现: '現',
    实: '實',
    真: '真',
    后: '後',
    觉: '覺',
    总: '總',
    亲: '親',
  }),
)
/** Syllables that people write in place of characters, to be read by people only. */
const toPinyin = new Map(
  Object.entries({ 微: 'wei', 信: 'xin', 傻: 'sha', 滚: 'gun', 死: 'si', 妈: 'ma' }),
)
const look: Readonly<Record<string, string>> = { a: '@', e: '3', i: '1', o: '0', s: '$' }

export const disturbances: readonly Disturbance[] = [
  { name: 'typos', languages: ['en'], change: swapLetters },
  { name: 'emoji', languages: both, change: (text) => `😂 ${text} 🙏✨` },
  { name: 'capitals', languages: ['en'], change: (text) => text.toUpperCase() },
  { name: 'mixed languages', languages: both, change: (text) => `${text} ok，就这样 thanks` },
  {
    name: 'traditional characters',
    languages: ['zh'],
    change: (text) => mapped(text, toTraditional),
  },
  { name: 'pinyin', languages: ['zh'], change: (text) => mapped(text, toPinyin) },
  { name: 'split letters', languages: both, change: splitWord },
  { name: 'look-alike letters', languages: ['en'], change: likeLetters },
  { name: 'full width', languages: ['en'], change: fullWidth },
  {
    name: 'long letters',
    languages: ['en'],
    change: (text) => text.replace(/[aeiou](?=\w)/, '$&$&$&$&$&'),
  },
  { name: 'zero-width characters', languages: both, change: (text) => [...text].join(zeroWidth) },
  {
    name: 'control characters',
    languages: both,
    change: (text) => `\u0007${text.replace(/ /, ' \u0000')}\u001b`,
  },
  { name: 'right-to-left marks', languages: both, change: (text) => `\u202e\u200f${text}\u202c` },
  { name: 'white space', languages: both, change: (text) => `\n\n\t  ${text} \r\n\n` },
]

/** Texts that must not break anything, whatever is said of them. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\udc00\ud800',
  '\u202e\u200f\u2066',
  'a',
  '猫',
  '😀',
  '👩‍👩‍👧‍👦'.repeat(50),
  '\u0301'.repeat(500),
  'x'.repeat(10_000),
  '好'.repeat(10_000),
  'ha '.repeat(3_333),
  '!'.repeat(10_000),
  'https://example.org/'.repeat(400),
  '<script>alert(1)</script>'.repeat(100),
  "'; drop table items; --",
  '日本語とEnglishと中文が混ざった文章です。',
  'سلام دنیا، این یک متن فارسی است',
]

/** Two neighbouring letters inside a word change places, in every third word or so. */
function swapLetters(text: string, random: Random): string {
  return text.replace(/\b[a-z]{4,}\b/gi, (word) => {
    if (random() > 0.34) return word
    const at = 1 + integer(random, 0, word.length - 3)
    return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)
  })
}

/** One word in dots, as in `s.t.u.p.i.d`; in Chinese two characters with a space between them. */
function splitWord(text: string, random: Random): string {
  const words = [...text.matchAll(/\b[a-z]{4,}\b/gi)]
  const word = words[integer(random, 0, Math.max(0, words.length - 1))]
  if (!word) return [...text].join(' ')
  const end = word.index + word[0].length
  return text.slice(0, word.index) + [...word[0]].join('.') + text.slice(end)
}

function likeLetters(text: string, random: Random): string {
  return text.replace(/[aeios]/g, (letter) => (random() < 0.25 ? (look[letter] ?? letter) : letter))
}

function fullWidth(text: string): string {
  return text.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))
}

function mapped(text: string, table: ReadonlyMap<string, string>): string {
  return [...text].map((character) => table.get(character) ?? character).join('')
}
