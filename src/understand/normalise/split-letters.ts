/** Words taken apart so that a filter does not see them: "f.u.c.k", "加 薇 信", "微*信". */

/** One sign again and again between single letters; a space needs four letters, "plan a b" has none. */
const dottedLetters =
  /(?<![\p{Script=Latin}\p{N}])\p{Script=Latin}(?:([.\-_*~·•|/])\p{Script=Latin})(?:\1\p{Script=Latin})+(?![\p{Script=Latin}\p{N}])/gu
const spacedLetters =
  /(?<![\p{Script=Latin}\p{N}'’])\p{Script=Latin}(?: {1,2}\p{Script=Latin}){3,}(?![\p{Script=Latin}\p{N}'’])/gu
/** Three and more single characters; two words with a space between stay two. */
const spacedHan =
  /(?<!\p{Script=Han})\p{Script=Han}(?:[ .\-_*~|/+]{1,3}\p{Script=Han}(?!\p{Script=Han})){2,}/gu
/** No sentence has these inside; a dash, a slash and a comma it may have. */
const signedHan = /(?<=\p{Script=Han})[*·•_^~|`]+(?=\p{Script=Han})/gu
const separators = /[^\p{L}]/gu

export function joinSplitLetters(text: string): string {
  return text
    .replace(dottedLetters, joined)
    .replace(spacedLetters, joined)
    .replace(spacedHan, joined)
    .replace(signedHan, '')
}

function joined(word: string): string {
  return word.replace(separators, '')
}
