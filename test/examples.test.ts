/** Examples are run, so that what they show stays true. */
import { expect, it } from 'vitest'
import { firstFeed } from '../examples/first-feed.ts'

it('the first feed shows reasons, and a hidden item is gone from the next page', async () => {
  const lines: string[] = []
  await firstFeed((line) => lines.push(line))
  expect(lines).toHaveLength(4)
  expect(lines[0]).toMatch(/^1\. .+\n {3}.+/)
})
