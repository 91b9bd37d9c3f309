/** Telephone numbers: Chinese ones by their plan, others as their country's plan has them. */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { digitsOf, type Finder, finder, type Span } from './span.ts'

/** 11 digits from 13 to 19, alone or as 3-4-4; many numbers of other kinds are longer. */
const chineseMobile =
  /(?<![\dA-Za-z_.=/-])(?:\+?86[ -]?)?1[3-9]\d(?:[ \-.\u200b]?)\d{4}(?:[ \-.\u200b]?)\d{4}(?![\d_]|[.-]\d|[A-Za-z])/g
/** With an area code and a dash: `010-62785001`, `(0571)87654321`. */
const chineseFixed =
  /(?<![\d.\-/])(?:\(0(?:10|2\d|[3-9]\d{2})\) ?|0(?:10|2\d|[3-9]\d{2})-)[2-8]\d{6,7}(?![\d-])/g
const international = /(?<![\w+])(?:\+|00)[1-9](?:[ ().-]{0,2}\d){6,14}(?!\d)/g
/** As people write them without the country: `(415) 555-0134`, `415-555-0134`; `07911 123456`. */
const american = /(?<![\d\w.+/-])(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?![\d\w]|[-.]\d)/g
const british = /(?<![\d\w.+/-])07\d{3} ?\d{3} ?\d{3}(?![\d\w]|[-.]\d)/g

const all: readonly Finder[] = [
  finder(chineseMobile, (found) => new Set(digitsOf(found).slice(-8)).size > 2),
  finder(chineseFixed),
  finder(international, (found) => isValid(found.replace(/^00/, '+'))),
  finder(american, (found) => isValid(found, 'US')),
  finder(british, (found) => isValid(found, 'GB')),
]

export const phones: Finder = (text) => all.flatMap((find): Span[] => find(text))

function isValid(number: string, country?: CountryCode): boolean {
  return (
    parsePhoneNumberFromString(number, country ? { defaultCountry: country } : {})?.isValid() ===
    true
  )
}
