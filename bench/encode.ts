/**
 * How fast texts become vectors: `npm run bench -- encode [--json] [--texts 400] [--threads 1,2]`.
 * Every text is new to the cache and has about 40 tokens.
 */
import { performance } from 'node:perf_hooks'
import { openBundledEncoder } from '../src/encoder/bundled.ts'
import type { Encoder } from '../src/encoder/encoder.ts'
import { hashingEncoder } from '../src/encoder/hashing.ts'
import { silentLog } from '../src/log.ts'
import { integer, seededRandom } from '../src/math/random.ts'
import { readOptions } from './options.ts'

interface Row {
  readonly model: string
  readonly language: string
  readonly threads: number
  readonly textsPerSecond: number
  /** Processor time of the whole process: on a busy machine the steadier figure. */
  readonly textsPerCpuSecond: number
  readonly openMs: number
  readonly rssMb: number
}

const english =
  'morning coffee rain train city friend music game happy tired work dinner photo garden river story night book travel dance winter market child laugh street phone summer cook learn quiet'.split(
    ' ',
  )
const chinese = [
  ...'今天早上咖啡下雨地铁城市朋友音乐游戏开心疲惫工作晚饭照片花园河流故事夜晚读书旅行跳舞冬天市场孩子笑声街道手机夏天做饭学习安静',
]

export async function bench(options: string[]): Promise<void> {
  const { texts, threads, json } = readOptions(options, { texts: 400, threads: '1,2', json: false })
  const rows: Row[] = []
  for (const count of threads.split(',').map(Number)) {
    rows.push(...(await measureBundled(count, texts)))
  }
  rows.push(...(await measure(hashingEncoder(), 'hashing', 1, 0, texts * 10)))
  print(rows)
  if (json) process.stdout.write(`${JSON.stringify({ bench: 'encode', rows })}\n`)
}

/** `threads` for each of the two models. */
async function measureBundled(threads: number, count: number): Promise<Row[]> {
  const started = performance.now()
  const encoder = await openBundledEncoder({ log: silentLog, threads: 2 * threads })
  const openMs = performance.now() - started
  const rows = await measure(encoder, 'bundled', threads, openMs, count)
  await encoder.close()
  return rows
}

async function measure(
  encoder: Encoder,
  name: string,
  threads: number,
  openMs: number,
  count: number,
): Promise<Row[]> {
  const rows: Row[] = []
  for (const language of ['en', 'zh']) {
    const texts = createTexts(language, count, threads)
    await encoder.encode(texts.splice(0, 32))
    const started = performance.now()
    const before = process.cpuUsage()
    const embeddings = await encoder.encode(texts)
    const spent = process.cpuUsage(before)
    const seconds = (performance.now() - started) / 1_000
    const cpuSeconds = (spent.user + spent.system) / 1e6
    rows.push({
      model: embeddings[0]?.space ?? name,
      language,
      threads,
      textsPerSecond: Math.round(texts.length / seconds),
      textsPerCpuSecond: Math.round(texts.length / cpuSeconds),
      openMs: Math.round(openMs),
      rssMb: Math.round(process.memoryUsage().rss / 1e6),
    })
  }
  return rows
}

/** 38 common words or characters, which with the two special tokens make about 40. */
function createTexts(language: string, count: number, seed: number): string[] {
  const random = seededRandom(seed)
  const words = language === 'en' ? english : chinese
  const between = language === 'en' ? ' ' : ''
  const word = (): string => words[integer(random, 0, words.length)] ?? ''
  return Array.from({ length: count + 32 }, () => Array.from({ length: 38 }, word).join(between))
}

function print(rows: readonly Row[]): void {
  process.stdout.write('model                threads  texts/s  texts/CPU-s  open ms  RSS MB\n')
  for (const row of rows) {
    const cells = [row.threads, row.textsPerSecond, row.textsPerCpuSecond, row.openMs, row.rssMb]
    const [threads, perSecond, perCpu, open, rss] = cells.map(String) as [
      string,
      string,
      string,
      string,
      string,
    ]
    process.stdout.write(
      `${row.model.padEnd(21)}${threads.padStart(7)}${perSecond.padStart(9)}${perCpu.padStart(13)}${open.padStart(9)}${rss.padStart(8)}\n`,
    )
  }
}
