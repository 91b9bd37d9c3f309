/** Traditional characters as simplified ones, with OpenCC's dictionary; other texts pass at once. */
import { Converter } from 'opencc-js/t2cn'

type Convert = (text: string) => string

const han = /\p{Script=Han}/u
/** The block of unified ideographs and its first extension. */
const ranges = [
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
] as const

let loaded: { readonly convert: Convert; readonly traditional: RegExp } | undefined

export function simplify(text: string): string {
  if (!han.test(text)) return text
  loaded ??= load()
  return loaded.traditional.test(text) ? loaded.convert(text) : text
}

/** Some tens of milliseconds, at the first Chinese text. */
function load(): NonNullable<typeof loaded> {
  const convert = Converter({ from: 't', to: 'cn' })
  let characters = ''
  for (const [from, to] of ranges) {
    for (let code = from; code <= to; code++) {
      const character = String.fromCharCode(code)
      if (convert(character) !== character) characters += character
    }
  }
  return { convert, traditional: new RegExp(`[${characters}]`, 'u') }
}
