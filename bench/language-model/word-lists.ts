/**
 * Words with their frequency by language, from an unpacked wordfreq wheel (Apache-2.0; its lists
 * CC BY-SA 4.0): MessagePack, one list of words for each hundredth of a decade below certainty.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { LanguageWords } from '../../src/understand/language/fit-word-model.ts'

/** Ours beside wordfreq's where they differ. */
const languages: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'de en es fr id it nl pl pt sv tr vi ca cs da fi hu lt lv ro sk sl ru uk bg mk'
      .split(' ')
      .map((language) => [language, language]),
  ),
  no: 'nb',
  tl: 'fil',
  hr: 'sh',
  is: 'is',
  ms: 'ms',
}
const cyrillic = new Set(['ru', 'uk', 'bg', 'mk'])
const cyrillicWord = /^[\p{Script=Cyrillic}'’ʼ-]+$/u
const latinWord = /^[\p{Script=Latin}'’-]+$/u
const longestWord = 24

/** @param most words of each language, the most frequent */
export function readWordLists(folder: string, most: number): LanguageWords[] {
  return Object.entries(languages).map(([language, code]) => {
    const pattern = cyrillic.has(language) ? cyrillicWord : latinWord
    const large = join(folder, `large_${code}.msgpack.gz`)
    const file = existsSync(large) ? large : join(folder, `small_${code}.msgpack.gz`)
    const [, ...lists] = unpack(gunzipSync(readFileSync(file))) as [unknown, ...string[][]]
    const words = lists.flatMap((list, centibels) =>
      list.map((word): [string, number] => [word, 10 ** (-centibels / 100)]),
    )
    const real = words.slice(0, most).filter(([word]) => {
      return pattern.test(word) && word.length <= longestWord
    })
    return { language, words: real }
  })
}

/** As much of MessagePack as such a file holds: arrays, maps, strings and small numbers. */
function unpack(bytes: Buffer): unknown {
  let at = 0
  const take = (length: number): number => {
    at += length
    return bytes.readUIntBE(at - length, length)
  }
  const text = (length: number): string => {
    at += length
    return bytes.toString('utf8', at - length, at)
  }
  const list = (length: number): unknown[] => Array.from({ length }, () => value())
  const map = (length: number) =>
    Object.fromEntries(Array.from({ length }, () => [String(value()), value()]))
  const long = new Map<number, () => unknown>([
    [0xcc, () => take(1)],
    [0xcd, () => take(2)],
    [0xd9, () => text(take(1))],
    [0xda, () => text(take(2))],
    [0xdc, () => list(take(2))],
    [0xdd, () => list(take(4))],
  ])
  function value(): unknown {
    const code = take(1)
    if (code < 0x80) return code
    if (code < 0x90) return map(code & 15)
    if (code < 0xa0) return list(code & 15)
    if (code < 0xc0) return text(code & 31)
    const read = long.get(code)
    if (!read) throw new Error(`MessagePack code ${code} is not known here.`)
    return read()
  }
  return value()
}
