/** Where a fit's curves go: one `log` fans out to sinks, and no sink that breaks can break the fit. */
import type { Run } from '../../domain/run.ts'
import type { Log } from '../../log.ts'
import type { FitReport } from '../trainer.ts'

export interface Point {
  /** Of the curve, for example `als/seed 1/loss`. */
  readonly name: string
  /** Epoch or iteration: a whole number from 0. */
  readonly step: number
  readonly value: number
  readonly at: Date
}

export interface TrackSink {
  /** For warnings, for example `tensorboard`. */
  readonly name: string
  log(point: Point): void
  /** Writes out what is waiting. @param run as it ended, its table included */
  close(run: Run): Promise<void>
}

export interface Track {
  log(name: string, step: number, value: number): void
  close(run: Run): Promise<void>
}

export interface TrackOptions {
  readonly sinks: readonly TrackSink[]
  readonly now: () => Date
  readonly log: Log
}

/** A sink that fails is warned about once and left alone from then on. */
export function openTrack({ sinks, now, log }: TrackOptions): Track {
  const working = new Set(sinks)
  function leave(sink: TrackSink, cause: unknown): void {
    working.delete(sink)
    log.warn(`curves no longer go to ${sink.name}; the fit goes on`, { cause })
  }
  return {
    log(name, step, value) {
      const point = { name, step, value, at: now() }
      for (const sink of working) {
        try {
          sink.log(point)
        } catch (cause) {
          leave(sink, cause)
        }
      }
    },
    async close(run) {
      const closing = [...working].map((sink) =>
        sink.close(run).catch((cause: unknown) => leave(sink, cause)),
      )
      await Promise.all(closing)
    },
  }
}

/** `report` for one fit among several of a run. @param fit leads the names of its curves, for example `als/seed 1` */
export function reportTo(track: Track, fit: string): FitReport {
  return (name, step, value) => track.log(fit === '' ? name : `${fit}/${name}`, step, value)
}
