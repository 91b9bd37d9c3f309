/** An evaluation that is killed without warning in the middle of a fit goes on and ends in the same table. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('./resume-child.mjs', import.meta.url))

interface Child {
  readonly process: ChildProcess
  readonly lines: string[]
  readonly ended: Promise<void>
}

function start(
  words: readonly string[],
  onLine: (line: string, child: ChildProcess) => void,
): Child {
  const child = spawn(process.execPath, [script, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
    lines.push(line)
    onLine(line, child)
  })
  return {
    process: child,
    lines,
    ended: new Promise((resolve) => child.once('close', () => resolve())),
  }
}

const table = ({ lines }: Child): string | undefined =>
  lines.find((line) => line.startsWith('table '))

it('ends in the same table after kill -9 in the middle of the second fit', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kith-resume-'))
  try {
    const train = join(folder, 'pairs.csv')
    const pairs = Array.from({ length: 400 }, (_, n) => `p${n % 20},i${(n * n) % 53}`)
    writeFileSync(train, pairs.join('\n'))
    const whole = start([join(folder, 'whole'), train], () => {})
    await whole.ended
    const runs = join(folder, 'killed')
    const killed = start([runs, train], (line, child) => {
      if (line === 'second 9') child.kill('SIGKILL')
    })
    await killed.ended
    expect(killed.process.signalCode).toBe('SIGKILL')
    expect(table(killed)).toBeUndefined()

    const resumed = start([runs, train, 'resume'], () => {})
    await resumed.ended
    expect(table(resumed)).toBe(table(whole))
    expect(table(resumed)).toContain('"second"')
    const epochs = resumed.lines.filter((line) => /^(first|second) \d+$/.test(line))
    expect(epochs.filter((line) => line.startsWith('first'))).toEqual([])
    expect(epochs[0]).toMatch(/^second (9|10)$/)
    const notes = resumed.lines.find((line) => line.startsWith('notes '))
    expect(notes).toMatch(/first, seed 1: was finished before and not made again/)
    expect(notes).toMatch(/second, seed 1: went on from a checkpoint/)
    expect(readdirSync(join(runs, 'checkpoints'))).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 60_000)
