/** Letters that are drawn out, and symbols that stand for words. */

/** "sooooo" and "sooo" are one; "too" and "off" stay what they are. Digits keep their number. */
const longest = 3
const letterRun = /([^\p{N}\s])\1{3,}/gu
const groupRun = /([^\p{N}\s]{2,4}?)\1{3,}/gu
/** `\p{Emoji}` holds digits; pictographs and flags do not. */
const emoji = /[\p{Extended_Pictographic}\p{Regional_Indicator}]/gu
/** Weibo's own: `[泪]`, `[doge]`. */
const bracketed = /\[[\p{Script=Han}a-z]{1,8}\]/giu

/** Also of two to four characters: "hahahaha", "呜呜 呜呜". */
export function shortenRuns(text: string): string {
  return text.replace(letterRun, repeated).replace(groupRun, repeated)
}

export function separateSymbols(text: string): string {
  return text.replace(emoji, ' $& ').replace(bracketed, ' $& ')
}

function repeated(_run: string, unit: string): string {
  return unit.repeat(longest)
}
