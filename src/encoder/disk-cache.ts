/**
 * Embeddings that outlive the process: texts that an evaluation meets again are encoded once. Keys are
 * hashes, so the file holds no readable text. It is a cache: one that cannot be read counts as empty.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Embedding } from '../domain/embedding.ts'
import type { EncodeOptions, Encoder } from './encoder.ts'

export interface DiskCacheOptions {
  /** Made with its folders when missing. */
  readonly path: string
  /** Embeddings kept, those unused for longest leave first; 100,000 of 384 take 42 MB. */
  readonly limit?: number
}

/** Closes the encoder with itself. */
export async function diskCachedEncoder(
  encoder: Encoder,
  { path, limit = 100_000 }: DiskCacheOptions,
): Promise<Encoder> {
  const kept = await read(path, encoder)
  let writing = Promise.resolve()

  /** @param wanted texts by key */
  async function encodeMissing(
    wanted: ReadonlyMap<string, string>,
    options?: EncodeOptions,
  ): Promise<number> {
    const missing = [...wanted].filter(([key]) => !kept.has(key))
    const texts = missing.map(([, text]) => text)
    const embeddings = await encoder.encode(texts, options)
    for (const [n, [key]] of missing.entries()) if (embeddings[n]) kept.set(key, embeddings[n])
    return missing.length
  }

  /** What is used now leaves last. */
  function take(key: string): Embedding | undefined {
    const embedding = kept.get(key)
    if (embedding && kept.delete(key)) kept.set(key, embedding)
    return embedding
  }

  function dropOldest(): void {
    for (const key of kept.keys()) {
      if (kept.size <= limit) return
      kept.delete(key)
    }
  }

  return {
    name: encoder.name,
    spaces: encoder.spaces,
    async encode(texts, options) {
      const keys = texts.map(keyOf)
      const wanted = new Map(keys.map((key, place) => [key, texts[place] ?? '']))
      const fresh = await encodeMissing(wanted, options)
      const embeddings = keys.map(take)
      dropOldest()
      if (fresh > 0) writing = writing.then(() => write(path, encoder, kept))
      await writing
      return embeddings
    },
    close: () => encoder.close(),
  }
}

function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}

/** A line that names the encoder, then records: hash [32], space u8, width u16, values. */
async function write(
  path: string,
  encoder: Encoder,
  kept: ReadonlyMap<string, Embedding>,
): Promise<void> {
  const parts = [Buffer.from(headOf(encoder))]
  for (const [key, { space, values }] of kept) {
    const facts = Buffer.alloc(3)
    facts.writeUInt8(encoder.spaces.indexOf(space), 0)
    facts.writeUInt16LE(values.length, 1)
    parts.push(Buffer.from(key, 'base64'), facts, Buffer.from(values))
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${process.pid}.new`
  await writeFile(draft, Buffer.concat(parts), { mode: 0o600 })
  await rename(draft, path)
}

async function read(path: string, encoder: Encoder): Promise<Map<string, Embedding>> {
  const file = await readFile(path).catch(() => Buffer.alloc(0))
  const head = Buffer.from(headOf(encoder))
  if (!file.subarray(0, head.length).equals(head)) return new Map()
  const kept = new Map<string, Embedding>()
  for (let at = head.length; at < file.length; ) {
    const body = at + 35
    const space = encoder.spaces[file[at + 32] ?? -1]
    const end = body <= file.length ? body + file.readUInt16LE(at + 33) : Infinity
    if (space === undefined || end > file.length || end === body) return new Map()
    const key = file.toString('base64', at, at + 32)
    kept.set(key, { space, values: Int8Array.from(new Int8Array(file.subarray(body, end))) })
    at = end
  }
  return kept
}

function headOf({ name, spaces }: Encoder): string {
  return `kith embeddings 1 ${JSON.stringify([name, ...spaces])}\n`
}
