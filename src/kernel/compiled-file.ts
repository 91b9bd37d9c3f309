/** Reads a module as the build left it. */
import { readFileSync } from 'node:fs'
import { builtFile } from '../built.ts'
import { KithError } from '../errors.ts'

/** @throws KithError `misconfigured` when it is not built */
export function readCompiled(name: `${string}.wasm`): Uint8Array {
  const file = builtFile(`./${name}`, import.meta.url)
  try {
    return readFileSync(file)
  } catch (cause) {
    throw missing(file, cause)
  }
}

function missing(file: URL, cause: unknown): KithError {
  const message = `The compiled kernel is missing at ${file.pathname}. Run "npm run build".`
  return new KithError('misconfigured', message, { cause })
}
