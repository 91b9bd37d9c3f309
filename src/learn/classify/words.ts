/** Words of a text for counting: letters and digits in runs, Chinese in single characters and pairs. */

const runs =
  /\p{Script=Han}+|[\p{L}\p{M}\p{N}_]+(?:['’][\p{L}]+)*|[#@][\p{L}\p{N}_]+|\p{Extended_Pictographic}|[!?！？。…~～]+/gu
const han = /^\p{Script=Han}/u

/** In the order of the text, lower case, composed. */
export function wordsOf(text: string): string[] {
  const words: string[] = []
  for (const [run] of text.normalize('NFKC').toLowerCase().matchAll(runs)) {
    if (!han.test(run)) {
      words.push(run)
      continue
    }
    const characters = [...run]
    for (const [n, character] of characters.entries()) {
      words.push(character)
      if (n > 0) words.push(characters[n - 1]! + character)
    }
  }
  return words
}
