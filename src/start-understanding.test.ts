import { expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { silentLog } from './log.ts'
import { startUnderstanding } from './start-understanding.ts'

it('opens without the weights of its encoder, says what is missing and what still works', async () => {
  const config = readConfig({ ENCODER: 'onnx:/nowhere/at/all' })
  const reader = await startUnderstanding(config, silentLog)
  expect(reader.problems[0]).toContain('/nowhere/at/all')
  const [first] = await reader.understand(['The bread is fresh and smells wonderful today'])
  expect(first?.language?.code).toBe('en')
  for (const { question, spaces, languages } of reader.heads) {
    const answer = first?.[question]
    if (!languages.includes('en')) continue
    expect(answer, question).toMatchObject(
      spaces === undefined ? { isThere: true } : { isThere: false, reason: 'no-model' },
    )
  }
  await reader.close()
})

it('keeps the heads that read words when the encoder is another one', async () => {
  const reader = await startUnderstanding(readConfig({ ENCODER: 'hashing' }), silentLog)
  const [first] = await reader.understand(['今天的面包刚出炉，真香'])
  expect(first?.language?.code).toBe('zh')
  expect(reader.problems.every((problem) => problem.includes('still work'))).toBe(true)
  await reader.close()
})
