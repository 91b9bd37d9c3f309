/**
 * Curves as TensorBoard reads them: an event file of TFRecord frames, each one an `Event` message
 * with a scalar. `tensorboard --logdir data/runs` shows every run under its id.
 */
import { closeSync, openSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { createProtobufWriter, type ProtobufWriter } from '../../../tensor/protobuf.ts'
import type { TrackSink } from '../track.ts'
import { maskedCrc32c } from './crc32c.ts'

/** Fields of tensorflow/core/util/event.proto and framework/summary.proto. */
const eventField = { wallTime: 1, step: 2, fileVersion: 3, summary: 5 }
const summaryField = { value: 1 }
const valueField = { tag: 1, simpleValue: 2 }

/** @param at when the run started: names the file, dates its first record */
export function openTensorboardSink(folder: string, at: Date): TrackSink {
  const name = `events.out.tfevents.${Math.floor(at.getTime() / 1000)}.${hostname()}.${process.pid}.0`
  const file = openSync(join(folder, name), 'a', 0o600)
  const first = eventAt(at)
  first.text(eventField.fileVersion, 'brain.Event:2')
  writeSync(file, frameOf(first.toBytes()))
  return {
    name: 'tensorboard',
    log({ name: tag, step, value, at: time }) {
      const scalar = createProtobufWriter()
      scalar.text(valueField.tag, tag)
      scalar.float(valueField.simpleValue, value)
      const summary = createProtobufWriter()
      summary.message(summaryField.value, scalar)
      const event = eventAt(time)
      event.integer(eventField.step, step)
      event.message(eventField.summary, summary)
      writeSync(file, frameOf(event.toBytes()))
    },
    async close() {
      closeSync(file)
    },
  }
}

/** @param at in seconds on the wire */
function eventAt(at: Date): ProtobufWriter {
  const event = createProtobufWriter()
  event.double(eventField.wallTime, at.getTime() / 1000)
  return event
}

/** TFRecord: length (u64), its masked checksum, the data, their masked checksum; little-endian. */
function frameOf(data: Uint8Array): Uint8Array {
  const frame = new Uint8Array(data.length + 16)
  const view = new DataView(frame.buffer)
  view.setBigUint64(0, BigInt(data.length), true)
  view.setUint32(8, maskedCrc32c(frame.subarray(0, 8)), true)
  frame.set(data, 12)
  view.setUint32(12 + data.length, maskedCrc32c(data), true)
  return frame
}
