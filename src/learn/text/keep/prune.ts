/** Smaller networks of the same kind: fewer layers, or only the words that a network's people use. */
import { KithError } from '../../../errors.ts'
import { type NetworkTensors, type TextNetwork, tensorOf, wordTable } from '../text-network.ts'
import { openVocabulary, type TokenizerJson } from '../vocabulary.ts'

/**
 * Only these layers, in their order: a third less work for every third layer, and what they knew is
 * lost until it is learned again.
 * @param kept numbers from 0, ascending
 * @throws KithError `invalid-input` when there is no such layer
 */
export function withLayers(network: TextNetwork, kept: readonly number[]): TextNetwork {
  const wrong = kept.find((layer) => !(layer >= 0 && layer < network.form.layers))
  if (kept.length === 0 || wrong !== undefined) {
    throw new KithError(
      'invalid-input',
      `Layers to keep are some of 0 to ${network.form.layers - 1}, not "${kept.join(',')}".`,
    )
  }
  const tensors = Object.entries(network.tensors).flatMap(([path, tensor]) => {
    const layer = /^encoder\.layer\.(\d+)\./.exec(path)?.[1]
    if (layer === undefined) return [[path, tensor] as const]
    const place = kept.indexOf(Number(layer))
    return place < 0 ? [] : [[path.replace(/\d+/, String(place)), tensor] as const]
  })
  return {
    ...network,
    form: { ...network.form, layers: kept.length },
    tensors: Object.fromEntries(tensors),
  }
}

/**
 * Only the words that these texts are made of, the special ones and single characters: the table of
 * words is half of a small encoder. Other words are read in the pieces that stay.
 */
export function withWordsOf(network: TextNetwork, texts: Iterable<string>): TextNetwork {
  const { vocabulary, form } = network
  const used = new Set<number>()
  for (const text of texts) for (const id of vocabulary.encode(text, form.maxTokens)) used.add(id)
  const { vocab } = vocabulary.json.model
  const kept = Object.entries(vocab)
    .filter(([word, id]) => used.has(id) || isAlways(word))
    .sort(([, a], [, b]) => a - b)
  const json = renumbered(vocabulary.json, new Map(kept.map(([word], place) => [word, place])))
  return {
    ...network,
    tensors: {
      ...network.tensors,
      ...rowsOnly(
        network,
        kept.map(([, id]) => id),
      ),
    },
    vocabulary: openVocabulary(json),
  }
}

function isAlways(word: string): boolean {
  if (/^\[(PAD|UNK|CLS|SEP|MASK)\]$/.test(word)) return true
  // Chinese characters are words by themselves: no text is ever cut into such pieces of a word.
  if (/^##\p{Script=Han}$/u.test(word)) return false
  return [...word.replace(/^##/, '')].length === 1
}

function rowsOnly(network: TextNetwork, ids: readonly number[]): NetworkTensors {
  const { width } = network.form
  const { data } = tensorOf(network, wordTable)
  const rows = new Float32Array(ids.length * width)
  for (const [place, id] of ids.entries()) {
    rows.set(data.subarray(id * width, (id + 1) * width), place * width)
  }
  return { [wordTable]: { shape: [ids.length, width], data: rows } }
}

interface SpecialToken {
  readonly content: string
}

/** Numbers stand in three places of a tokenizer.json. */
function renumbered(json: TokenizerJson, places: ReadonlyMap<string, number>): TokenizerJson {
  const added = (json['added_tokens'] ?? []) as SpecialToken[]
  const frame = json['post_processor'] as { special_tokens?: Record<string, object> } | undefined
  const specials = Object.entries(frame?.special_tokens ?? {}).map(([word, token]) => [
    word,
    { ...token, ids: [places.get(word)] },
  ])
  return {
    ...json,
    added_tokens: added
      .filter(({ content }) => places.has(content))
      .map((token) => ({ ...token, id: places.get(token.content) })),
    ...(frame && { post_processor: { ...frame, special_tokens: Object.fromEntries(specials) } }),
    model: { ...json.model, vocab: Object.fromEntries(places) },
  }
}
