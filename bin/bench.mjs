/** `npm run bench -- NAME [--json]`: runs bench/NAME.ts as built; the last line of --json is one object. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { prepare, root } from './prepare.mjs'

prepare({ console: false })
const [name = '', ...options] = process.argv.slice(2)
const file = join(root, 'dist/bench', `${name}.js`)
if (!/^[a-z-]+$/.test(name) || !existsSync(file)) {
  const names = readdirSync(join(root, 'bench')).flatMap(
    (entry) => entry.match(/^([a-z-]+)\.ts$/)?.[1] ?? [],
  )
  process.stderr.write(`kith: no benchmark "${name}". Choose one of: ${names.join(', ')}.\n`)
  process.exit(2)
}
const { bench } = await import(pathToFileURL(file).href)
await bench(options)
