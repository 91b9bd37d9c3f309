/** `kith train` and `kith rollback` on an engine that is opened for the length of the command. */
import { Command } from 'commander'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Models } from '../../domain/serving.ts'
import { KithError } from '../../errors.ts'
import { fillCity } from '../../testing/city.fixture.ts'
import { openTestEngine, type TestEngine } from '../../testing/test-engine.ts'
import type { CommandContext } from '../context.ts'
import { exitCodeOf } from '../output.ts'
import { addTrainCommands } from './train.ts'

let city: TestEngine
let small: TestEngine
beforeAll(async () => {
  city = await openTestEngine({ people: null })
  small = await openTestEngine()
  await fillCity(city.engine)
}, 60_000)
afterAll(() => Promise.all([city.close(), small.close()]))

interface Said {
  readonly text: string
  readonly json: Models | undefined
}

async function kith(test: TestEngine, words: string[], signal?: AbortSignal): Promise<Said> {
  const lines: string[] = []
  let json: Models | undefined
  const context: Partial<CommandContext> = {
    output: {
      text: (line) => void lines.push(line),
      json: (value) => {
        json = value as Models
      },
      note: () => {},
    },
    createProgress: () => ({ update: () => {}, stop: () => {} }),
    signal: signal ?? new AbortController().signal,
    withEngine: (work) => work(test.engine),
  }
  const program = new Command('kith').exitOverride().configureOutput({ writeErr: () => {} })
  addTrainCommands(program, context as CommandContext)
  await program.parseAsync(words, { from: 'user' })
  return { text: lines.join('\n'), json }
}

it('says why the model does not serve, and that pages go on without one', async () => {
  const { text } = await kith(small, ['train'])
  expect(text).toMatch(/^The new model does not serve\. .*at least 20 are needed/)
  expect(text).toMatch(/Pages are made without a model\.$/)
}, 60_000)

it('trains, serves, and goes back until there is nothing to go back from', async () => {
  const { json, text } = await kith(city, ['train', '--json'])
  expect(text).toBe('')
  expect(json?.serving).toBe(json?.training.last?.modelId)
  expect((await kith(city, ['rollback'])).text).toBe('No model serves now.')
  const nothing = kith(city, ['rollback', '--json'])
  await expect(nothing).rejects.toThrow(/No model serves, so there is none to go back from/)
  const error = await nothing.catch((cause: unknown) => cause)
  expect(exitCodeOf(error)).toBe(1)
}, 60_000)

it('stops waiting when it is interrupted, and says with which code', async () => {
  const stopped = kith(small, ['train'], AbortSignal.abort())
  await expect(stopped).rejects.toMatchObject({ name: 'AbortError' })
  // The engine goes on with it; a command that opened the engine closes it.
  while ((await small.engine.models()).training.isRunning) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}, 60_000)

it('ends with an error when the training did not come to its end', async () => {
  const failing = {
    ...small,
    engine: {
      ...small.engine,
      models: async () => ({
        models: [],
        training: {
          ...{ isRunning: false, phase: '', done: 0, total: 0 },
          last: { passes: false, reasons: ['The training process ended (SIGKILL).'] },
        },
      }),
    },
  }
  const asked = kith(failing, ['train'])
  await expect(asked).rejects.toThrow(/SIGKILL/)
  expect(exitCodeOf(await asked.catch((cause: unknown) => cause))).toBe(1)
  expect(await asked.catch((cause: unknown) => cause)).toBeInstanceOf(KithError)
}, 60_000)
