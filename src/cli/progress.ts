/** Progress of long work: a bar on a terminal, a line now and then elsewhere. */
import { Presets, SingleBar } from 'cli-progress'

export interface Progress {
  update(phase: string, done: number, total?: number | undefined): void
  stop(): void
}

const secondsBetweenLines = 5

export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY ? bar(stream) : lines(stream)
}

function bar(stream: NodeJS.WriteStream): Progress {
  const format = '  {phase} {bar} {value}/{total} · {eta_formatted} left'
  let shown: { phase: string; bar: SingleBar } | undefined
  function open(phase: string, total: number): SingleBar {
    shown?.bar.stop()
    const fresh = new SingleBar({ format, stream, hideCursor: true }, Presets.shades_classic)
    fresh.start(total, 0, { phase: phase.padEnd(10) })
    shown = { phase, bar: fresh }
    return fresh
  }
  return {
    update(phase, done, total = done) {
      const current = shown?.phase === phase ? shown.bar : open(phase, total)
      current.setTotal(Math.max(total, done))
      current.update(done)
    },
    stop() {
      shown?.bar.stop()
      shown = undefined
    },
  }
}

function lines(stream: NodeJS.WriteStream): Progress {
  let last = { phase: '', at: 0 }
  return {
    update(phase, done, total) {
      const at = performance.now() / 1000
      const isDue = phase !== last.phase || at - last.at >= secondsBetweenLines || done === total
      if (!isDue) return
      last = { phase, at }
      stream.write(`  ${phase} ${done}${total === undefined ? '' : ` of ${total}`}\n`)
    },
    stop() {},
  }
}
