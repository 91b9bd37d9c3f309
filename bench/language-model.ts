/**
 * `npm run bench -- language-model --words FOLDER [--out FILE]`: fits the model of words that tells
 * languages apart. A tenth of the words is held out to choose how the voters are joined; with --out
 * the model is then fitted on all words with the same options and written, with a record beside it.
 */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { eld } from 'eld/medium'
import { integer, type Random, seededRandom } from '../src/math/random.ts'
import { fitWordModel, type LanguageWords } from '../src/understand/language/fit-word-model.ts'
import { type Tuning, vote } from '../src/understand/language/vote.ts'
import { createWordModel, packWordModel } from '../src/understand/language/word-model.ts'
import { readWordLists } from './language-model/word-lists.ts'
import { readOptions } from './options.ts'

/** The languages that the figures are about; the others are there to be told from them. */
const asked = ['de', 'en', 'es', 'fr', 'id', 'it', 'nl', 'pl', 'pt', 'sv', 'tr', 'vi', 'ru', 'uk']
/** A held-out word counts for a language that has most of its use. */
const ownShare = 0.7
const textsOfLanguage = 500

export async function bench(options: string[]): Promise<void> {
  const { words, out, bits, epochs, most, seed, json } = readOptions(options, {
    words: '',
    out: '',
    bits: 15,
    epochs: 3,
    most: 30_000,
    seed: 1,
    json: false,
  })
  const lists = readWordLists(words, most)
  const learn = (given: readonly LanguageWords[]) =>
    fitWordModel(given, {
      random: seededRandom(seed),
      bits,
      epochs,
      progress: (done, total) => say(`fitting: ${Math.round((100 * done) / total)} %`),
    })
  const kept = lists.map((list) => ({
    ...list,
    words: list.words.filter(([word]) => !isHeldOut(word)),
  }))
  const voters = { eld, words: createWordModel(learn(kept)) }
  const singles = heldOutTexts(lists, 1, seededRandom(seed + 1))
  const pairs = heldOutTexts(lists, 2, seededRandom(seed + 2))
  const rows = Array.from(tunings(), (tuning) => {
    const [single, pair] = [judge(singles, tuning), judge(pairs, tuning)]
    return { ...tuning, single, pair, loss: single.loss + pair.loss }
  }).sort((a, b) => a.loss - b.loss)
  for (const row of rows.slice(0, 12)) say(JSON.stringify(row))
  const alone = { words: accuracyBy('words'), eld: accuracyBy('eld') }
  say(JSON.stringify(alone))
  if (out !== '') write(out)
  if (json) process.stdout.write(`${JSON.stringify({ best: rows[0], alone })}\n`)

  function judge(texts: readonly Labelled[], tuning: Tuning) {
    let right = 0
    let loss = 0
    for (const { text, language } of texts) {
      const votes = vote(text, asked, 'vote', voters, tuning)
      if (bestOf(votes) === language) right++
      loss -= Math.log(Math.max(1e-6, votes.get(language) ?? 0))
    }
    return { accuracy: right / texts.length, loss: loss / texts.length }
  }

  function accuracyBy(by: 'words' | 'eld') {
    const share = (texts: readonly Labelled[]) =>
      texts.filter(({ text, language }) => bestOf(vote(text, asked, by, voters)) === language)
        .length / texts.length
    return { singles: share(singles), pairs: share(pairs) }
  }

  function write(file: string): void {
    const packed = packWordModel(learn(lists))
    writeFileSync(file, packed)
    const record = {
      made: `npm run bench -- language-model --words FOLDER --out src/understand/language/word-model.bin`,
      from: 'word lists of the Python package wordfreq 3.1.1 (lists CC BY-SA 4.0, code Apache-2.0)',
      options: { bits, epochs, most, seed },
      languages: lists.map((list) => `${list.language}:${list.words.length}`).join(' '),
      sha256: createHash('sha256').update(packed).digest('hex'),
      heldOut: { vote: rows[0], ...alone },
    }
    writeFileSync(file.replace(/\.bin$/, '.run.json'), `${JSON.stringify(record, undefined, 2)}\n`)
  }
}

interface Labelled {
  readonly text: string
  readonly language: string
}

function* tunings(): Generator<Tuning> {
  for (const eldPower of [0, 0.15, 0.3, 0.5, 0.8]) {
    for (const wordFloor of [0.001, 0.01]) {
      for (const sharpness of [0.8, 1, 1.2]) {
        yield { eldPower, eldFloor: 0.02, wordFloor, sharpness }
      }
    }
  }
}

function heldOutTexts(lists: readonly LanguageWords[], count: number, random: Random): Labelled[] {
  const use = new Map<string, number>()
  for (const { words } of lists) {
    for (const [word, often] of words) use.set(word, (use.get(word) ?? 0) + often)
  }
  return asked.flatMap((language) => {
    const own = (lists.find((list) => list.language === language)?.words ?? [])
      .filter(([word, often]) => isHeldOut(word) && often >= ownShare * (use.get(word) ?? 0))
      .map(([word]) => word)
    return Array.from({ length: textsOfLanguage }, () => ({
      language,
      text: Array.from({ length: count }, () => own[integer(random, 0, own.length)]).join(' '),
    }))
  })
}

function bestOf(votes: ReadonlyMap<string, number>): string | undefined {
  return [...votes].sort(([, a], [, b]) => b - a)[0]?.[0]
}

/** Every tenth word, told by the word itself. */
function isHeldOut(word: string): boolean {
  return createHash('sha1').update(word).digest().readUInt16BE(0) % 10 === 0
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
