/** Brings a checkout to a state that runs: packages installed, sources built. Does nothing twice. */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const isCheckout = existsSync(join(root, 'src'))

/** Installs and builds what is missing or older than its sources. A published package has no src. */
export function prepare({ console: wantsConsole = true } = {}) {
  refuseOldNode()
  if (!isCheckout) return
  install()
  build('kernel', ['src/kernel/assembly'], buildKernel)
  build('engine', ['src', 'bench', 'tsconfig.json', 'tsconfig.build.json'], buildEngine)
  if (wantsConsole) build('console', ['console', 'src/domain'], buildConsole)
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  fail(
    `Kith needs Node 20.19 or newer, and this is ${process.versions.node}. Install a newer Node.`,
  )
}

/**
 * No dependency needs its install script, so none is run. `npm ci` would refuse a registry that lacks
 * a package for some other platform; this installs what the lock file names and leaves it as it is.
 */
function install() {
  const lock = join(root, 'package-lock.json')
  const stamp = join(root, 'node_modules/.package-lock.json')
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs) return
  say('installing packages (once, a minute or two)')
  run('npm', ['install', '--no-save', '--ignore-scripts', '--loglevel=error'])
}

function buildKernel() {
  if (!existsSync(join(root, 'src/kernel/assembly/index.ts'))) return
  mkdirSync(join(root, 'dist/src/kernel'), { recursive: true })
  compileKernel('index.ts', 'asconfig.json', 'kernel.wasm')
  compileKernel('learning.ts', 'learning.asconfig.json', 'learning.wasm')
}

function compileKernel(source, config, target) {
  const folder = 'src/kernel/assembly'
  run(process.execPath, [
    'node_modules/assemblyscript/bin/asc.js',
    `${folder}/${source}`,
    '--config',
    `${folder}/${config}`,
    '--outFile',
    `dist/src/kernel/${target}`,
  ])
}

function buildEngine() {
  run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'])
  copyData('src/understand')
}

/** Models that are shipped lie beside the code that reads them (`shippedFile` of src/built.ts). */
function copyData(folder) {
  for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
    if (!/\.(bin|json|safetensors)$/.test(file)) continue
    cpSync(join(root, folder, file), join(root, 'dist', folder, file))
  }
}

function buildConsole() {
  if (!existsSync(join(root, 'console/vite.config.ts'))) return
  run(process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'console', '--logLevel', 'warn'])
}

function build(name, sources, work) {
  const stamp = join(root, 'dist', `.${name}.stamp`)
  const state = stateOf(sources)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return
  say(`building the ${name}`)
  work()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, state)
}

/** Names, sizes and times of every source: changes whenever a file is added, removed or saved. */
function stateOf(sources) {
  const facts = []
  for (const source of sources) {
    const path = join(root, source)
    if (!existsSync(path)) continue
    const isFolder = statSync(path).isDirectory()
    const files = isFolder ? readdirSync(path, { recursive: true, encoding: 'utf8' }).sort() : ['']
    for (const file of files) {
      const { mtimeMs, size } = statSync(join(path, file))
      if (file === '' || /\.\w+$/.test(file)) facts.push(`${source}/${file} ${size} ${mtimeMs}`)
    }
  }
  return facts.join('\n')
}

function run(command, parameters) {
  const { status, error } = spawnSync(command, parameters, {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
  })
  if (status !== 0)
    fail(`"${command} ${parameters.join(' ')}" failed${error ? `: ${error.message}` : ''}.`)
}

function say(message) {
  process.stderr.write(`kith: ${message} …\n`)
}

function fail(message) {
  process.stderr.write(`kith: ${message}\n`)
  process.exit(1)
}
