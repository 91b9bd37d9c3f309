/** The whole pass of understanding, with the shipped heads: new posts in two languages, two batches under way. */
import { openBundledEncoder } from '../../src/encoder/bundled.ts'
import { silentLog } from '../../src/log.ts'
import { openHeads } from '../../src/understand/open-heads.ts'
import { openUnderstanding } from '../../src/understand/understand.ts'
import type { UnderstandBench } from '../understand.ts'
import { posts } from './texts.ts'

export interface PassFigures {
  readonly threads: number
  readonly heads: number
  /** Posts a second: all of them by all of the time, and the best stretch of ten calls. */
  readonly mean: number
  readonly best: number
  /** Of processor time of the whole process. */
  readonly perCpuSecond: number
}

const batch = 128
/** Calls at one time: while one waits for the encoder, heads read the texts of the other. */
const underWay = 2

export async function benchPass({ threads, seconds }: UnderstandBench): Promise<PassFigures> {
  const encoder = await openBundledEncoder({ log: silentLog, threads })
  const { heads, problems } = await openHeads(encoder)
  for (const problem of problems) process.stdout.write(`${problem}\n`)
  const { understand } = openUnderstanding({ encoder, heads })
  await understand(newPosts(0))
  const before = process.cpuUsage()
  const start = performance.now()
  const ends = [start]
  let seed = 0
  async function read(): Promise<void> {
    while (performance.now() - start < 1000 * seconds) {
      await understand(newPosts(++seed))
      ends.push(performance.now())
    }
  }
  await Promise.all(Array.from({ length: underWay }, read))
  const posts = batch * (ends.length - 1)
  const total = ends.at(-1)! - start
  const { user, system } = process.cpuUsage(before)
  await encoder.close()
  const figures = {
    threads,
    heads: heads.length,
    mean: (1000 * posts) / total,
    best: bestRate(ends),
    perCpuSecond: (1e6 * posts) / (user + system),
  }
  process.stdout.write(
    `the whole pass, ${heads.length} heads on ${threads} threads: ${figures.mean.toFixed(0)} posts/s, ` +
      `${figures.best.toFixed(0)} at best, ${figures.perCpuSecond.toFixed(0)} a second of processor time\n`,
  )
  return figures
}

/** Of any stretch of ten calls. */
function bestRate(ends: readonly number[]): number {
  const calls = Math.min(10, ends.length - 1)
  const stretches = ends.slice(calls).map((end, n) => end - ends[n]!)
  return (1000 * batch * calls) / Math.min(...stretches)
}

/** Half of them Chinese, 8 to 31 words long. */
function newPosts(seed: number): string[] {
  return Array.from({ length: batch }, (_, n) => n).flatMap((n) => {
    const language = n % 2 === 0 ? 'en' : 'zh'
    return posts(language, 1, { length: 8 + (n % 24), seed: seed * batch + n })
  })
}
