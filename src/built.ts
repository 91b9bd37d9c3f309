/**
 * Where a compiled neighbour of a source file lies. Worker threads and WebAssembly exist only in
 * `dist`; under the test runner the caller is a source file, so its path is mapped there.
 */
import { existsSync } from 'node:fs'

/** @param name a neighbour of `importer` as built, for example `./kernel.wasm` */
export function builtFile(name: string, importer: string): URL {
  const url = new URL(name, importer)
  if (url.pathname.includes('/dist/src/')) return url
  const at = url.pathname.lastIndexOf('/src/')
  url.pathname = `${url.pathname.slice(0, at)}/dist/src/${url.pathname.slice(at + 5)}`
  return url
}

/**
 * A data file that is shipped beside its source. A build copies it into `dist`; where that was not
 * done, in a checkout, the one in `src` serves.
 */
export function shippedFile(name: string, importer: string): URL {
  const url = new URL(name, importer)
  if (existsSync(url)) return url
  const source = new URL(url)
  source.pathname = url.pathname.replace(/\/dist\/src\/(?!.*\/dist\/src\/)/, '/src/')
  return source
}
