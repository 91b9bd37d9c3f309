/** The encoder whose space Chinese and English share, with the head that travels in this package. */
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { openBundledModel } from './encoder/bundled.ts'
import type { Encoder } from './encoder/encoder.ts'
import { bgeSmallZh, miniLm } from './encoder/weights.ts'
import { sharedEncoder } from './learn/bilingual/shared-encoder.ts'
import { readSharedHead } from './learn/bilingual/shared-head.ts'
import type { SharedHead } from './learn/bilingual/shared-space.ts'
import type { Log } from './log.ts'

/** Of this package, seen from `src` and from `dist/src`. */
const folder = fileURLToPath(
  new URL(
    import.meta.url.includes('/dist/src/') ? '../../heads/shared-space' : '../heads/shared-space',
    import.meta.url,
  ),
)

export interface SharedSpaceEncoders {
  readonly head: SharedHead
  readonly chinese: Encoder
  readonly english: Encoder
  /** Closes the other two. */
  readonly shared: Encoder
}

/** The two bundled models, each for every text: to learn a shared space on. */
export async function openSharedParts(
  log: Log,
): Promise<Pick<SharedSpaceEncoders, 'chinese' | 'english'>> {
  // The Chinese model reads English texts twice, so twice as many may wait.
  const opening = [
    openBundledModel('chinese', { log, queueLimit: 20_000 }),
    openBundledModel('latin', { log }),
  ]
  const [chinese, english] = await Promise.allSettled(opening)
  if (chinese?.status === 'fulfilled' && english?.status === 'fulfilled') {
    return { chinese: chinese.value, english: english.value }
  }
  for (const one of [chinese, english]) if (one?.status === 'fulfilled') await one.value.close()
  throw [chinese, english].find((one) => one?.status === 'rejected')?.reason
}

/** @throws KithError `unavailable` when a model's package or the head is missing */
export async function openSharedSpace(log: Log, from = folder): Promise<SharedSpaceEncoders> {
  const { head, version } = await readSharedHead(from)
  const parts = await openSharedParts(log)
  const models = createHash('sha256').update(`${bgeSmallZh.space} ${miniLm.space}`).digest('hex')
  const space = `shared-zh-en@${version}-${models.slice(0, 4)}`
  return { head, ...parts, shared: sharedEncoder({ space, head, ...parts }) }
}
