/**
 * Spellings chosen so that a filter does not find the word: homophones, pinyin, initials, digits for
 * letters. What they stand for takes their place; how many there were is a sign of its own.
 */

type Spellings = readonly (readonly [word: string, spellings: string])[]

/** Homophones, look-alikes and initials, in texts that hold Chinese characters. */
const inChinese: Spellings = [
  ['加微信', '[加佳家➕+] ?(?:vx|wx|v信|[vⅴ](?![a-z])|薇信?|徽信|威信)'],
  ['微信', '[薇葳崴徽]信|[微薇]芯|[微薇威] ?xin|v信|卫星号|(?<![a-z])(?:vx|wx)(?![a-z])'],
  ['扣扣', '叩叩|蔻蔻|抠抠'],
  ['兼职', '兼zhi|涧职|简职'],
  ['赌博', '赌bo|堵博'],
  ['代开发票', '代kai发票|代开(?:发飘|fa ?piao)'],
  ['色情', '瑟情|色qing|涩情'],
  ['约炮', '约pao|月抛|约p(?![a-z])'],
  ['操你妈', '草泥马|艹尼玛|曹尼玛|[操草艹][你尼泥][妈玛马m]|(?<![a-z])cnm(?![a-z])'],
  ['他妈的', '特么的|踏马的|塔玛德|他[吗玛]的|(?<![a-z])tmd(?![a-z])'],
  ['傻逼', '傻[比币b叉]|煞笔|沙雕逼|(?<![a-z])s[b比](?![a-z])'],
  ['脑残', '脑can|闹残|(?<![a-z])nc(?=粉)'],
  ['妈的', '马勒戈壁|玛德(?!琳)|(?<![a-z])mlgb'],
  ['贱人', '贱ren'],
  ['死全家', '死全jia|s全家'],
  ['垃圾', '辣鸡|垃ji'],
]

/** Pinyin that is no word of English. */
const pinyin: Spellings = [
  ['加微信', 'jia ?wei ?xin'],
  ['微信', 'wei ?xin'],
  ['兼职', 'jian ?zhi'],
  ['代开发票', 'dai ?kai ?fa ?piao'],
  ['色情', 'se ?qing'],
  ['约炮', 'yue ?pao'],
  ['操你妈', 'cao ?ni ?ma'],
  ['他妈的', 'ta ?ma ?de'],
  ['你妈死了', 'nmsl'],
  ['傻逼', 'sha ?bi'],
  ['脑残', 'nao ?can'],
  ['贱人', 'jian ?ren'],
  ['死全家', 'si ?quan ?jia'],
  ['垃圾', 'la ?ji'],
]

/** English swear words; a spelling with digits, signs or stars for letters is one of them. */
const swearWords =
  'fuck fucking fucker shit bullshit bitch ass asshole bastard dick cunt pussy whore slut nigger nigga faggot fag porn sex nude nudes viagra casino bitcoin'.split(
    ' ',
  )
const signs: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'il',
  '!': 'i',
  '|': 'il',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
  '+': 't',
  v: 'u',
}

const han = /\p{Script=Han}/u
const chineseSpellings = anyOf(inChinese)
const pinyinSpellings = new RegExp(`(?<![a-z])(?:${anyOf(pinyin).source})(?![a-z])`, 'giu')
const disguised = /(?<![\p{L}\p{N}@#$])[a-z@$][a-z0-9@$!*|+]{2,9}(?![\p{L}\p{N}])/giu
const hasSign = /[^a-z]|v/i

const disguises = new Map<number, readonly string[]>()
for (const word of swearWords) {
  disguises.set(word.length, [...(disguises.get(word.length) ?? []), word])
}

export function undoEvasions(text: string): { text: string; evasions: string[] } {
  const evasions: string[] = []
  const foundIn =
    (list: Spellings) =>
    (spelling: string, ...groups: unknown[]): string => {
      const [word = spelling] = list[groups.findIndex((group) => group !== undefined)] ?? []
      evasions.push(word)
      return word
    }
  let result = text.replace(pinyinSpellings, foundIn(pinyin))
  if (han.test(result)) result = result.replace(chineseSpellings, foundIn(inChinese))
  result = result.replace(disguised, (spelling) => {
    const word = hasSign.test(spelling) ? swearWordOf(spelling.toLowerCase()) : undefined
    if (word === undefined || word === spelling.toLowerCase()) return spelling
    evasions.push(word)
    return word
  })
  return { text: result, evasions }
}

/** One pattern for a list, because a post is read once; its groups tell the word. */
function anyOf(list: Spellings): RegExp {
  return new RegExp(list.map(([, spellings]) => `(${spellings})`).join('|'), 'giu')
}

/** A star stands for any letter, other signs for those they look like. */
function swearWordOf(spelling: string): string | undefined {
  return disguises.get(spelling.length)?.find((word) => {
    for (let index = 0; index < word.length; index++) {
      const sign = spelling[index]!
      const letter = word[index]!
      if (sign !== letter && sign !== '*' && !(signs[sign] ?? '').includes(letter)) return false
    }
    return true
  })
}
