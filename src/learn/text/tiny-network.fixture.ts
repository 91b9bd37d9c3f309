/** A very small encoder with weights by lot and a vocabulary of a dozen words, for tests. */
import { normal, type Random } from '../../math/random.ts'
import type { EncoderForm, NetworkTensors, TextNetwork } from './text-network.ts'
import { openVocabulary, type Vocabulary } from './vocabulary.ts'

export const tinyWords = ['cat', 'dog', 'sun', 'rain', 'tea', 'cup', 'red', 'blue'] as const

const width = 16
const form: EncoderForm = {
  ...{ layers: 2, heads: 2, width, epsilon: 1e-12, maxTokens: 12 },
  pooling: 'mean',
}

export function tinyNetwork(random: Random): TextNetwork {
  const vocabulary = tinyVocabulary()
  return { name: 'tiny', form, tensors: tinyTensors(vocabulary.size, random), vocabulary }
}

function tinyTensors(words: number, random: Random): NetworkTensors {
  const drawn = (shape: number[], deviation: number) => ({
    shape,
    data: Float32Array.from(
      { length: shape.reduce((size, part) => size * part, 1) },
      () => deviation * normal(random),
    ),
  })
  const linear = (path: string, inputs: number, outputs: number) => ({
    [`${path}.weight`]: drawn([outputs, inputs], 1 / Math.sqrt(inputs)),
    [`${path}.bias`]: drawn([outputs], 0.1),
  })
  const norm = (path: string) => ({
    [`${path}.weight`]: { shape: [width], data: new Float32Array(width).fill(1) },
    [`${path}.bias`]: drawn([width], 0.1),
  })
  const layers = Array.from({ length: form.layers }, (_, layer) => {
    const path = `encoder.layer.${layer}`
    return {
      ...linear(`${path}.attention.self.query`, width, width),
      ...linear(`${path}.attention.self.key`, width, width),
      ...linear(`${path}.attention.self.value`, width, width),
      ...linear(`${path}.attention.output.dense`, width, width),
      ...norm(`${path}.attention.output.LayerNorm`),
      ...linear(`${path}.intermediate.dense`, width, 2 * width),
      ...linear(`${path}.output.dense`, 2 * width, width),
      ...norm(`${path}.output.LayerNorm`),
    }
  })
  return {
    'embeddings.word_embeddings.weight': drawn([words, width], 1),
    'embeddings.position_embeddings.weight': drawn([form.maxTokens, width], 0.5),
    'embeddings.token_type_embeddings.weight': drawn([2, width], 0.1),
    ...norm('embeddings.LayerNorm'),
    ...Object.assign({}, ...layers),
  }
}

function tinyVocabulary(): Vocabulary {
  const words = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', ...tinyWords, '##s', '##y']
  const special = (id: number, content: string) => ({
    ...{ id, content, special: true, single_word: false, lstrip: false, rstrip: false },
    normalized: false,
  })
  return openVocabulary({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: words.slice(0, 5).map((word, id) => special(id, word)),
    normalizer: {
      ...{ type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true },
      ...{ strip_accents: null, lowercase: true },
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [
        { SpecialToken: { id: '[CLS]', type_id: 0 } },
        { Sequence: { id: 'A', type_id: 0 } },
        { SpecialToken: { id: '[SEP]', type_id: 0 } },
      ],
      pair: [],
      special_tokens: {
        '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
        '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
      },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(words.map((word, id) => [word, id])),
    },
  })
}
