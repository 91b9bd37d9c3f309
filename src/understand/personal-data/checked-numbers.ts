/** Numbers that carry a check digit: Chinese identity numbers, bank cards, IBAN. */
import { digitsOf, type Finder, finder } from './span.ts'

/** Spaces, dashes, and the invisible signs that some put between digits. */
const gap = '[ \\-\\u200b-\\u200f]'

const identityNumber = new RegExp(
  `(?<![\\dA-Za-z])[1-9]\\d{5}${gap}?(?:19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])${gap}?\\d{3}[\\dXx](?![\\dA-Za-z])`,
  'g',
)
/** First two digits: the province that gave it. */
const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(
    ' ',
  ),
)

export const identityNumbers: Finder = finder(identityNumber, (found) => {
  const number = found.replace(/[^\dXx]/g, '').toUpperCase()
  return provinces.has(number.slice(0, 2)) && isDay(number.slice(6, 14)) && holdsMod11(number)
})

function isDay(yyyymmdd: string): boolean {
  const [year, month, day] = [yyyymmdd.slice(0, 4), yyyymmdd.slice(4, 6), yyyymmdd.slice(6)].map(
    Number,
  ) as [number, number, number]
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** GB 11643 (ISO 7064 mod 11-2): Σ digit·2^(17-i) ≡ 1 (mod 11), X standing for 10. */
function holdsMod11(number: string): boolean {
  let sum = 0
  for (const character of number)
    sum = (2 * sum + (character === 'X' ? 10 : Number(character))) % 11
  return sum === 1
}

const card = new RegExp(
  `(?<![\\d.\\-_/=A-Za-z])\\d(?:${gap}?\\d){12,18}(?![\\d.\\-_/]?\\d|[A-Za-z_])`,
  'g',
)
/** "2333333333333333" is how some laugh. */
const laughter = /(\d)\1{8}/
/** Prefixes that issuers have, with the lengths of their numbers. */
const issuers: readonly (readonly [prefix: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^5[1-5]/, [16]],
  [/^2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)/, [16]],
  [/^3[47]/, [15]],
  [/^62/, [16, 17, 18, 19]],
  [/^(?:6011|65|64[4-9])/, [16]],
  [/^35(?:2[89]|[3-8])/, [16]],
  [/^3(?:6|8|0[0-5])/, [14]],
]

export const cards: Finder = finder(card, (found) => {
  const number = digitsOf(found)
  const known = issuers.some(([prefix, lengths]) => {
    return prefix.test(number) && lengths.includes(number.length)
  })
  return known && !laughter.test(number) && holdsLuhn(number)
})

/** ISO/IEC 7812: every second digit from the right doubled, its digits added up. */
function holdsLuhn(number: string): boolean {
  let sum = 0
  for (let index = 0; index < number.length; index++) {
    const digit = Number(number[number.length - 1 - index])
    const doubled = index % 2 === 0 ? digit : 2 * digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

const iban =
  /(?<![A-Za-z\d])[A-Z]{2}\d{2}(?:[ -]?[A-Z\d]{4}){2,7}(?:[ -]?[A-Z\d]{1,3})?(?![A-Za-z\d])/g
/** Characters of an IBAN by country (ISO 13616 registry). */
const ibanLengths = new Map(
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TN24 TR26 UA29 VA22 VG24 XK20'
    .split(' ')
    .map((entry): [string, number] => [entry.slice(0, 2), Number(entry.slice(2))]),
)

export const ibans: Finder = finder(iban, (found) => {
  const number = found.replace(/[ -]/g, '')
  return ibanLengths.get(number.slice(0, 2)) === number.length && holdsMod97(number)
})

/** ISO 7064 mod 97-10 after the first four are moved to the end, A = 10 … Z = 35. */
function holdsMod97(number: string): boolean {
  let rest = 0
  for (const character of number.slice(4) + number.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}
