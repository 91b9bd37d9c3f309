/** `kith serve` as a child process on a data folder, with its start time and memory. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface ServerProcess {
  readonly url: string
  readonly key: string
  readonly process: ChildProcess
  /** From spawning to the first line that says it listens. */
  readonly startSeconds: number
  /** Resident memory now and at its peak, MiB. */
  memory(): { now: number; peak: number }
  stop(): Promise<void>
}

/** As built: a benchmark never builds in the middle. */
const main = new URL('../src/cli/main.js', import.meta.url).href
const program = `import { main } from '${main}'; await main(['serve', '--json'])`

export async function startServer(
  data: string,
  settings: Record<string, string> = {},
): Promise<ServerProcess> {
  const started = performance.now()
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: {
      ...process.env,
      PORT: '0',
      DATA: data,
      LOG_LEVEL: 'warn',
      RATE_LIMIT_PER_MINUTE: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await listeningUrl(child)
  return {
    url,
    key: readFileSync(join(data, 'admin.key'), 'utf8').trim(),
    process: child,
    startSeconds: (performance.now() - started) / 1000,
    memory: () => memoryOf(child.pid ?? 0),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

function listeningUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (part: Buffer) => {
      text += part
      const [, url] = /"url":"([^"]+)"/.exec(text) ?? []
      if (url !== undefined) resolve(url)
    })
    child.on('exit', (code) =>
      reject(new Error(`kith serve ended with ${code} before it listened.`)),
    )
  })
}

function memoryOf(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const field = (name: string) =>
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024
  return { now: Math.round(field('VmRSS')), peak: Math.round(field('VmHWM')) }
}
