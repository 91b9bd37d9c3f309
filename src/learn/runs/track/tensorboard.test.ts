/** Read back by readers that share no line with the writer: npm `tfrecord` frames, `protobufjs` messages. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import protobuf from 'protobufjs'
import { RecordReader } from 'tfrecord'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Run } from '../../../domain/run.ts'
import { crc32c } from './crc32c.ts'
import { openTensorboardSink } from './tensorboard.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-tensorboard-'))
})
afterAll(() => rm(folder, { recursive: true }))

const { root } = protobuf.parse(`
  syntax = "proto3";
  message Event {
    double wall_time = 1;
    int64 step = 2;
    oneof what { string file_version = 3; Summary summary = 5; }
  }
  message Summary {
    repeated Value value = 1;
    message Value { string tag = 1; float simple_value = 2; }
  }
`)
const eventType = root.lookupType('Event')

async function eventsIn(path: string): Promise<unknown[]> {
  const reader = await RecordReader.create(path)
  const events: unknown[] = []
  for (;;) {
    const record = await reader.readRecord()
    if (!record) return events
    events.push(eventType.toObject(eventType.decode(record.slice()), { longs: Number }))
  }
}

it('writes event files that independent readers accept', async () => {
  const at = new Date(Date.UTC(2026, 10, 22, 8, 0, 5, 250))
  const sink = openTensorboardSink(folder, at)
  sink.log({ name: 'als/seed 1/loss', step: 0, value: 0.5, at })
  sink.log({ name: '损失', step: 70_000, value: -1.25e-3, at: new Date(at.getTime() + 1000) })
  sink.log({ name: 'als/seed 1/loss', step: 1, value: Number.NaN, at })
  await sink.close({} as Run)

  const [name = ''] = await readdir(folder)
  expect(name).toMatch(/^events\.out\.tfevents\.1795334405\./)
  const seconds = at.getTime() / 1000
  const scalar = (tag: string, value: number) => ({ value: [{ tag, simpleValue: value }] })
  expect(await eventsIn(join(folder, name))).toEqual([
    { wallTime: seconds, fileVersion: 'brain.Event:2' },
    { wallTime: seconds, step: 0, summary: scalar('als/seed 1/loss', 0.5) },
    { wallTime: seconds + 1, step: 70_000, summary: scalar('损失', Math.fround(-1.25e-3)) },
    { wallTime: seconds, step: 1, summary: scalar('als/seed 1/loss', Number.NaN) },
  ])
})

it('has the checksum of the standard', () => {
  expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283)
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
})
