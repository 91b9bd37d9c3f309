/** Texts to numbers of tokens, by a tokenizer.json as Hugging Face writes it. */
import { Tokenizer } from '@huggingface/tokenizers'
import { z } from 'zod'
import { KithError } from '../../errors.ts'

export interface Vocabulary {
  /** What `tokenizer.json` holds; another reader makes the same tokens of it. */
  readonly json: TokenizerJson
  /** Number of tokens. */
  readonly size: number
  /** Of the special tokens. */
  readonly ids: { readonly padding: number; readonly mask: number; readonly unknown: number }
  /** Tokens with the special ones around them; the latter alone for a text that holds nothing. */
  encode(text: string, maxTokens: number): Int32Array
  /** The words that tokens were made of; special tokens are in brackets. */
  pieces(ids: ArrayLike<number>): string[]
  isSpecial(id: number): boolean
}

const jsonSchema = z.looseObject({
  normalizer: z.looseObject({ lowercase: z.boolean().optional() }).nullish(),
  model: z.looseObject({ vocab: z.record(z.string(), z.int().nonnegative()) }),
})
export type TokenizerJson = z.infer<typeof jsonSchema>

export interface VocabularyOptions {
  /** The vocabulary holds small letters only, and its tokenizer does not say so. */
  readonly needsLowerCase?: boolean
}

/** @throws KithError `invalid-input` when it is no WordPiece tokenizer with BERT's special tokens */
export function openVocabulary(
  given: unknown,
  { needsLowerCase = false }: VocabularyOptions = {},
): Vocabulary {
  const parsed = jsonSchema.safeParse(given)
  if (!parsed.success) throw refused('it has no model with a vocabulary', parsed.error)
  const json = needsLowerCase ? lowered(parsed.data) : parsed.data
  const tokenizer = new Tokenizer(json, {})
  const { vocab } = json.model
  const words = wordsById(vocab)
  const frame = tokenizer.encode('').ids
  const last = frame.at(-1) ?? 0
  const special = (word: string): number => {
    const id = vocab[word]
    if (id === undefined) throw refused(`its vocabulary has no ${word}`)
    return id
  }
  const ids = { padding: special('[PAD]'), mask: special('[MASK]'), unknown: special('[UNK]') }
  const specials = new Set([...frame, ids.padding, ids.mask])
  return {
    json,
    size: words.length,
    ids,
    encode(text, maxTokens) {
      const all = Int32Array.from(tokenizer.encode(text).ids)
      if (all.length <= maxTokens) return all
      const cut = all.slice(0, maxTokens)
      cut[maxTokens - 1] = last
      return cut
    },
    pieces: (tokens) => Array.from(tokens, (id) => words[id] ?? '[UNK]'),
    isSpecial: (id) => specials.has(id),
  }
}

function wordsById(vocab: Readonly<Record<string, number>>): string[] {
  const words: string[] = []
  for (const [word, id] of Object.entries(vocab)) words[id] = word
  return words
}

function lowered(json: TokenizerJson): TokenizerJson {
  return { ...json, normalizer: { ...json.normalizer, lowercase: true } }
}

function refused(reason: string, cause?: unknown): KithError {
  return new KithError(
    'invalid-input',
    `This tokenizer.json cannot be used: ${reason}. Give the one that belongs to a BERT encoder.`,
    { cause },
  )
}
