/** The whole pass of understanding, with the shipped heads: new posts in two languages, batch by batch. */
import { openBundledEncoder } from '../../src/encoder/bundled.ts'
import { silentLog } from '../../src/log.ts'
import { openHeads } from '../../src/understand/open-heads.ts'
import { openUnderstanding } from '../../src/understand/understand.ts'
import type { UnderstandBench } from '../understand.ts'
import { posts } from './texts.ts'

export interface PassFigures {
  readonly threads: number
  readonly heads: number
  /** Posts a second: all of them by all of the time, and the best batch. */
  readonly mean: number
  readonly best: number
  /** Of processor time of the whole process. */
  readonly perCpuSecond: number
}

const batch = 128

export async function benchPass({ threads, seconds }: UnderstandBench): Promise<PassFigures> {
  const encoder = await openBundledEncoder({ log: silentLog, threads })
  const { heads, problems } = await openHeads(encoder)
  for (const problem of problems) process.stdout.write(`${problem}\n`)
  const { understand } = openUnderstanding({ encoder, heads })
  await understand(newPosts(0))
  const before = process.cpuUsage()
  const times: number[] = []
  let total = 0
  while (total < 1000 * seconds) {
    const texts = newPosts(times.length + 1)
    const start = performance.now()
    await understand(texts)
    const spent = performance.now() - start
    times.push(spent)
    total += spent
  }
  const { user, system } = process.cpuUsage(before)
  await encoder.close()
  const figures = {
    threads,
    heads: heads.length,
    mean: (1000 * batch * times.length) / total,
    best: (1000 * batch) / Math.min(...times),
    perCpuSecond: (1e6 * batch * times.length) / (user + system),
  }
  process.stdout.write(
    `the whole pass, ${heads.length} heads on ${threads} threads: ${figures.mean.toFixed(0)} posts/s, ` +
      `${figures.best.toFixed(0)} at best, ${figures.perCpuSecond.toFixed(0)} a second of processor time\n`,
  )
  return figures
}

/** Half of them Chinese, 8 to 31 words long. */
function newPosts(seed: number): string[] {
  return Array.from({ length: batch }, (_, n) => n).flatMap((n) => {
    const language = n % 2 === 0 ? 'en' : 'zh'
    return posts(language, 1, { length: 8 + (n % 24), seed: seed * batch + n })
  })
}
