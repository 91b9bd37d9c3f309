/** The floor to compare with: a process that serialises one ready page for every request. */
import { type ChildProcess, spawn } from 'node:child_process'

export interface BareServer {
  readonly url: string
  stop(): void
}

/** Parses once and serialises for each request, as any server of pages must. */
const program = `
const { createServer } = require('node:http')
process.once('message', (text) => {
  const page = JSON.parse(text)
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(page))
  })
  server.listen(0, '127.0.0.1', () => process.send(server.address().port))
})`

export async function startBareServer(page: string): Promise<BareServer> {
  const child: ChildProcess = spawn(process.execPath, ['-e', program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const port = new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)))
    child.once('exit', (code) => reject(new Error(`The bare server ended with ${code}.`)))
  })
  child.send(page)
  return { url: `http://127.0.0.1:${await port}`, stop: () => void child.kill() }
}
