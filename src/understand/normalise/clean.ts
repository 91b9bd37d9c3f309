/** Characters that carry no meaning, or the same meaning as plainer ones. */

/** Soft hyphens, zero-width and direction marks, byte-order marks, tags, variation selectors, blank letters. */
const invisible =
  /\p{Cf}|\p{Variation_Selector}|[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffd]/gu
const control = /[\p{Cc}\p{Co}\p{Cn}\u2028\u2029]/gu
/** Skin tones: the same emoji otherwise. */
const skinTone = /[\u{1f3fb}-\u{1f3ff}]/gu
/** No script stacks more than three marks; what does is decoration. */
const piledMarks = /(\p{M}{3})\p{M}+/gu
const mixedWord = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]+/gu
const latin = /\p{Script=Latin}/u

/** Letters of other scripts that look Latin, beside the Latin letter. */
const lookAlikes = pairs(
  'аa еe оo рp сc уy хx ѕs іi јj һh ԁd ԛq ԝw кk мm нh тt вb АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI οo αa ρp νv ιi κk ΑA ΒB ΕE ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΧX',
)

export function cleanCharacters(text: string): string {
  return text
    .toWellFormed()
    .replace(invisible, '')
    .replace(skinTone, '')
    .replace(piledMarks, '$1')
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(control, ' ')
    .replace(mixedWord, latinInDisguise)
}

/** A word of Latin and look-alike letters together becomes Latin; whole Cyrillic words stay. */
export function latinInDisguise(word: string): string {
  if (!latin.test(word)) return word
  let result = ''
  for (const letter of word) result += lookAlikes.get(letter) ?? letter
  return result
}

function pairs(list: string): Map<string, string> {
  return new Map(list.split(' ').map((pair): [string, string] => [pair[0]!, pair[1]!]))
}
