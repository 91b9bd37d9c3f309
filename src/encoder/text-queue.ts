/** Texts that wait for a model: fair between callers, bounded, and able to leave again. */
import { KithError } from '../errors.ts'

/** One call: its texts, shortest first, those from `next` on not yet taken. */
export interface Job {
  readonly texts: readonly string[]
  readonly order: readonly number[]
  readonly finished: Promise<void>
  next: number
  left: number
  isOver: boolean
  finish(error?: unknown): void
}

export interface Batch {
  readonly job: Job
  /** Indices of the job's texts. */
  readonly places: readonly number[]
}

export interface TextQueue {
  /** @throws KithError `unavailable` when too many texts wait already */
  add(texts: readonly string[]): Job
  /** The next texts of the job whose turn it is. */
  take(count: number): Batch | undefined
  /** Ends a job; what it still has in the queue leaves. */
  drop(job: Job, error: unknown): void
  dropAll(error: unknown): void
}

export function createTextQueue(space: string, limit: number): TextQueue {
  const jobs: Job[] = []
  let waiting = 0

  function drop(job: Job, error: unknown): void {
    const at = jobs.indexOf(job)
    if (at >= 0) {
      jobs.splice(at, 1)
      waiting -= job.order.length - job.next
    }
    job.finish(error)
  }

  return {
    add(texts) {
      if (waiting + texts.length > limit) throw full(space, waiting, texts.length, limit)
      const job = createJob(texts)
      waiting += texts.length
      jobs.push(job)
      return job
    },
    take(count) {
      const job = jobs.shift()
      if (!job) return undefined
      const places = job.order.slice(job.next, job.next + count)
      job.next += places.length
      waiting -= places.length
      // To the end of the line: a long import must not keep others from their turn.
      if (job.next < job.order.length) jobs.push(job)
      return { job, places }
    },
    drop,
    dropAll(error) {
      for (const job of [...jobs]) drop(job, error)
    },
  }
}

function createJob(texts: readonly string[]): Job {
  const order = texts.map((_, place) => place)
  order.sort((a, b) => (texts[a]?.length ?? 0) - (texts[b]?.length ?? 0))
  let settle: (error: unknown) => void = () => undefined
  const finished = new Promise<void>((resolve, reject) => {
    settle = (error) => (error === undefined ? resolve() : reject(error))
  })
  const job: Job = {
    texts,
    order,
    finished,
    next: 0,
    left: texts.length,
    isOver: false,
    finish(error) {
      job.isOver = true
      settle(error)
    },
  }
  return job
}

function full(space: string, waiting: number, given: number, limit: number): KithError {
  return new KithError(
    'unavailable',
    `The queue of the encoder "${space}" is full: ${waiting} texts wait, and ${given} more do not fit into ${limit}. Try again later, or send fewer at once.`,
    { details: { waiting, given, limit } },
  )
}
