/**
 * Gives every item a vector of the serving encoder, in the background: new items at once, and all
 * the others after a change of encoder. Until an item's turn comes its old vector goes on serving.
 */
import type { Encoder } from '../encoder/encoder.ts'
import type { Log } from '../log.ts'
import type { EncodedItem, ItemStore, Reader } from '../store/store.ts'
import type { Understander } from '../understand/understand.ts'
import { createBreath, watchBusiness } from './training/pace.ts'

export interface EncodingJob {
  /** There may be something to encode. */
  wake(): void
  /** Resolves when everything known at this moment is encoded, or has failed for good. */
  idle(): Promise<void>
  /** Of the run under way; `total` is 0 when there is none. */
  progress(): { done: number; total: number }
  close(): Promise<void>
}

interface EncodingParts {
  readonly items: ItemStore
  readonly encoder: Encoder
  /** Labels the items as they are encoded, and again when its heads are others; none by default. */
  readonly understanding?: Understander | undefined
  /** Told whenever all that there was has been read. */
  readonly onRead?: (() => void) | undefined
  readonly log: Log
  readonly batchSize?: number
  readonly retryMs?: number
}

export function createEncodingJob(parts: EncodingParts): EncodingJob {
  const { items, encoder, understanding, onRead, log, batchSize = 256, retryMs = 5_000 } = parts
  const reader: Reader = { spaces: encoder.spaces, labeller: understanding?.name }
  const stop = new AbortController()
  let running: Promise<void> | undefined
  let isWoken = false
  let state = { done: 0, total: 0 }

  async function run(): Promise<void> {
    let share = 1
    const breathe = createBreath(() => share)
    const stopWatching = watchBusiness((wanted) => {
      share = wanted
    })
    try {
      while (isWoken && !stop.signal.aborted) {
        isWoken = false
        state = { done: 0, total: await items.countUnread(reader) }
        while (!stop.signal.aborted && (await readBatch(share))) await breathe()
        if (!stop.signal.aborted) onRead?.()
      }
    } finally {
      stopWatching()
      state = { done: 0, total: 0 }
    }
  }

  /** @param share of the time that may be worked: little of it is had in small bites */
  async function readBatch(share: number): Promise<boolean> {
    const batch = await items.listUnread(reader, Math.max(16, Math.round(share * batchSize)))
    if (batch.length === 0) return false
    // More may come in while this runs, so what is left is counted anew.
    state.total = state.done + (await items.countUnread(reader))
    const embeddings = await embeddingsOf(batch, encoder, stop.signal)
    const texts = batch.map(({ item }) => item.text)
    const labels = await understanding?.label(texts, { embeddings, signal: stop.signal })
    const read = batch.map(({ item: { id, text } }, n) => {
      return { id, text, embedding: embeddings[n], labels: labels?.[n] }
    })
    await items.keepRead(read)
    state.done += batch.length
    return true
  }

  async function runUntilDone(): Promise<void> {
    try {
      await run()
    } catch (cause) {
      if (stop.signal.aborted) return
      log.warn('encoding stopped and will be tried again', { reason: String(cause), retryMs })
      setTimeout(wake, retryMs).unref()
    }
  }

  function wake(): void {
    // Without an encoder items wait for one: what they have goes on serving.
    if (encoder.spaces.length === 0) return
    isWoken = true
    if (stop.signal.aborted || running) return
    running = runUntilDone().finally(() => {
      running = undefined
      if (isWoken) wake()
    })
  }

  return {
    wake,
    async idle() {
      while (running) await running
    },
    progress: () => state,
    async close() {
      stop.abort()
      await running
    },
  }
}

/** What has its embedding already only waits for labels. */
async function embeddingsOf(
  batch: readonly EncodedItem[],
  encoder: Encoder,
  signal: AbortSignal,
): Promise<EncodedItem['embedding'][]> {
  const embeddings = batch.map(({ embedding }) => embedding)
  const missing = batch.flatMap((_, n) => (embeddings[n] ? [] : [n]))
  const texts = missing.map((n) => batch[n]!.item.text)
  const found = await encoder.encode(texts, { signal })
  for (const [place, n] of missing.entries()) embeddings[n] = found[place]
  return embeddings
}
