/** The shared space as files: a lexicon that a person can read, and the means and weights. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KithError } from '../../errors.ts'
import { putFile } from '../runs/put-file.ts'
import { modelFile, savedModelOf } from '../runs/saved-model.ts'
import { lexiconFile, lexiconOf } from './lexicon.ts'
import { encodedViews, type SharedHead, sharedLanguages, type View } from './shared-space.ts'

const lexiconName = 'lexicon.txt'
const viewsName = 'views.safetensors'

/** @param version names the space: vectors of two versions cannot be compared */
export async function writeSharedHead(
  folder: string,
  { lexicon, means, weights }: SharedHead,
  version: string,
): Promise<void> {
  const tensors = Object.fromEntries(
    sharedLanguages.flatMap((language) =>
      encodedViews.map((view) => {
        const data = means[language][view]
        return [`${language}.${view}`, { shape: [data.length], data }]
      }),
    ),
  )
  await putFile(join(folder, lexiconName), lexiconFile(lexicon))
  await putFile(join(folder, viewsName), modelFile({ tensors, meta: { ...weights, version } }))
}

/** @throws KithError `unavailable` when a file is missing, `misconfigured` when one is cut off */
export async function readSharedHead(
  folder: string,
): Promise<{ readonly head: SharedHead; readonly version: string }> {
  const [words, views] = await Promise.all(
    [lexiconName, viewsName].map((name) => readFile(join(folder, name))),
  ).catch((cause) => {
    throw new KithError(
      'unavailable',
      `The space that Chinese and English share needs ${lexiconName} and ${viewsName} in ${folder}. Install this package again, or set ENCODER=bundled.`,
      { cause },
    )
  })
  const { tensors, meta } = savedModelOf(views!)
  const mean = (name: string): Float32Array => {
    const found = tensors[name]?.data
    if (found instanceof Float32Array) return found
    throw new KithError('misconfigured', `${viewsName} in ${folder} has no "${name}".`)
  }
  const meansOf = (language: string) => ({
    chinese: mean(`${language}.chinese`),
    english: mean(`${language}.english`),
  })
  const { version = '' } = meta
  const weight = (view: View): number => Number(meta[view] ?? 1)
  return {
    version: String(version),
    head: {
      lexicon: lexiconOf(words!.toString('utf8')),
      means: { zh: meansOf('zh'), en: meansOf('en') },
      weights: { chinese: weight('chinese'), english: weight('english'), words: weight('words') },
    },
  }
}
