/** The shipped word model; without its file, languages are told by scripts and eld alone. */
import { readFileSync } from 'node:fs'
import { shippedFile } from '../../built.ts'
import { createWordModel, unpackWordModel, type WordModel } from './word-model.ts'

let loaded: WordModel | undefined | 'missing'

export function loadWordModel(): WordModel | undefined {
  if (loaded === undefined) {
    try {
      const file = shippedFile('./word-model.bin', import.meta.url)
      loaded = createWordModel(unpackWordModel(readFileSync(file)))
    } catch {
      loaded = 'missing'
    }
  }
  return loaded === 'missing' ? undefined : loaded
}
