/** Real posts for the figures of `npm run bench -- texts`, read where ../shared/data is. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { KithError } from '../../src/errors.ts'

export interface RealTexts {
  /** Weibo posts, from `weibo/` and `rumour-weibo/`. */
  readonly chinese: readonly string[]
  /** Words of people who passed a post on. */
  readonly reactions: readonly string[]
  /** From `tweeteval/offensive`; mentions are masked there, links mostly not. */
  readonly english: readonly string[]
  /** From `tweeteval`'s emotion and irony, where people tag more. */
  readonly tagged: readonly string[]
  readonly sms: readonly { readonly text: string; readonly isSpam: boolean }[]
}

export function readRealTexts(folder: string): RealTexts {
  if (!existsSync(join(folder, 'weibo'))) {
    throw new KithError(
      'invalid-input',
      `"${folder}" has no weibo/: give the research data with --data.`,
    )
  }
  const lines = (name: string) =>
    readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean)
  const packed = (name: string) =>
    gunzipSync(readFileSync(join(folder, name)))
      .toString('utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { text?: string })
  return {
    chinese: unique([
      ...packed('weibo/posts.jsonl.gz').map(({ text }) => text ?? ''),
      ...lines('rumour-weibo/weibo.train').map((line) => line.split('\t')[1] ?? ''),
    ]),
    reactions: unique(packed('weibo/events.jsonl.gz').map(({ text }) => text ?? '')),
    english: unique(lines('tweeteval/offensive/train_text.txt')),
    tagged: unique(
      ['emotion', 'irony'].flatMap((name) => lines(`tweeteval/${name}/train_text.txt`)),
    ),
    sms: lines('sms-spam/SMSSpamCollection')
      .map((line) => line.split('\t'))
      .map(([label = '', text = '']) => ({ text, isSpam: label === 'spam' })),
  }
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))]
}
