/** The shared space as files: a lexicon that a person can read, one file each way, and the means and weights. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KithError } from '../../errors.ts'
import { putFile } from '../runs/put-file.ts'
import { modelFile, savedModelOf } from '../runs/saved-model.ts'
import { lexiconOf, toChineseFile, toEnglishFile } from './lexicon-file.ts'
import { type SharedHead, sharedLanguages, type View } from './shared-space.ts'

const toEnglishName = 'lexicon.txt'
const toChineseName = 'lexicon-to-chinese.txt'
const viewsName = 'views.safetensors'
const names = [toEnglishName, toChineseName, viewsName]

/** @param version names the space: vectors of two versions cannot be compared */
export async function writeSharedHead(
  folder: string,
  { lexicon, means, weights }: SharedHead,
  version: string,
): Promise<void> {
  const tensors = Object.fromEntries(
    sharedLanguages.flatMap((language) =>
      Object.entries(means[language]).map(([part, data]: [string, Float32Array]) => [
        `${language}.${part}`,
        { shape: [data.length], data },
      ]),
    ),
  )
  await putFile(join(folder, toEnglishName), toEnglishFile(lexicon))
  await putFile(join(folder, toChineseName), toChineseFile(lexicon))
  await putFile(join(folder, viewsName), modelFile({ tensors, meta: { ...weights, version } }))
}

/** @throws KithError `unavailable` when a file is missing, `misconfigured` when one is cut off */
export async function readSharedHead(
  folder: string,
): Promise<{ readonly head: SharedHead; readonly version: string }> {
  const [toEnglish, toChinese, views] = await Promise.all(
    names.map((name) => readFile(join(folder, name))),
  ).catch((cause) => {
    throw new KithError(
      'unavailable',
      `The space that Chinese and English share needs ${names.join(', ')} in ${folder}. Install this package again, learn the head anew, or set ENCODER=bundled.`,
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
      lexicon: lexiconOf(toEnglish!.toString('utf8'), toChinese!.toString('utf8')),
      means: { zh: meansOf('zh'), en: { ...meansOf('en'), gloss: mean('en.gloss') } },
      weights: { chinese: weight('chinese'), english: weight('english'), words: weight('words') },
    },
  }
}
