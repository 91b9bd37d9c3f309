import { expect, it } from 'vitest'
import { pinoLog } from './pino-log.ts'

function logged(level: 'debug' | 'info', write: (log: ReturnType<typeof pinoLog>) => void) {
  const lines: string[] = []
  write(pinoLog({ level, destination: { write: (line) => void lines.push(line) } }))
  return lines.map((line) => JSON.parse(line))
}

it('writes one JSON object a line, with the facts beside the message', () => {
  const [line] = logged('info', (log) => log.info('listening', { port: 4100 }))
  expect(line).toMatchObject({ level: 'info', msg: 'listening', port: 4100 })
  expect(new Date(line.time).getTime()).not.toBeNaN()
})

it('says nothing below its level', () => {
  expect(logged('info', (log) => log.debug('request'))).toEqual([])
})

it('tells where an error came from, and not what it says', () => {
  const cause = new RangeError('words of ada', { cause: new Error('more words') })
  const [line] = logged('debug', (log) => log.warn('a job failed', { cause }))
  expect(line.cause).toMatchObject({ error: 'RangeError', cause: { error: 'Error' } })
  expect(line.cause.frames[0]).toMatch(/^at /)
  expect(JSON.stringify(line)).not.toContain('words')
})
