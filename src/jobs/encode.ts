/**
 * Gives every item a vector of the serving encoder, in the background: new items at once, and all
 * the others after a change of encoder. Until an item's turn comes its old vector goes on serving.
 */
import type { Encoder } from '../encoder/encoder.ts'
import type { Log } from '../log.ts'
import type { ItemStore } from '../store/store.ts'

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
  readonly log: Log
  readonly batchSize?: number
  readonly retryMs?: number
}

export function createEncodingJob(parts: EncodingParts): EncodingJob {
  const { items, encoder, log, batchSize = 256, retryMs = 5_000 } = parts
  const stop = new AbortController()
  let running: Promise<void> | undefined
  let isWoken = false
  let state = { done: 0, total: 0 }

  async function run(): Promise<void> {
    while (isWoken && !stop.signal.aborted) {
      isWoken = false
      state = { done: 0, total: await items.countNotIn(encoder.spaces) }
      while (!stop.signal.aborted && (await encodeBatch()));
    }
    state = { done: 0, total: 0 }
  }

  async function encodeBatch(): Promise<boolean> {
    const batch = await items.listNotIn(encoder.spaces, batchSize)
    if (batch.length === 0) return false
    // More may come in while this runs, so what is left is counted anew.
    state.total = state.done + (await items.countNotIn(encoder.spaces))
    const texts = batch.map(({ text }) => text)
    const embeddings = await encoder.encode(texts, { signal: stop.signal })
    await items.embed(batch.map(({ id, text }, n) => ({ id, text, embedding: embeddings[n] })))
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
