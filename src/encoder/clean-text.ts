/** The form of a text that is encoded and cached: what looks the same is the same. */

/** Control and format characters and lone surrogates; not the joiner that holds an emoji together. */
const invisible = /(?!\u200d)[\p{Cc}\p{Cf}\p{Cs}]/gu
const spaces = /\s+/gu
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u

/**
 * One composed form, no control characters or broken surrogates, single spaces, at most
 * `maxCharacters`. Empty when there is nothing to encode.
 */
export function cleanText(text: string, maxCharacters: number): string {
  // Cut first: a text of a million characters must not be cleaned as a whole.
  const start = text.slice(0, 2 * maxCharacters).normalize('NFC')
  const clean = start.replace(spaces, ' ').replace(invisible, '').trim().slice(0, maxCharacters)
  return visible.test(clean) ? clean.replace(/[\ud800-\udbff]$/, '').trim() : ''
}
