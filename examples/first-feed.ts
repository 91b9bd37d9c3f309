/** The library in a minute: a town moves in, somebody likes a post, the next page knows. */
import { openTestEngine } from '../src/testing/test-engine.ts'

export async function firstFeed(say: (line: string) => void = console.log): Promise<void> {
  const { engine, close } = await openTestEngine()
  const query = { limit: 3, exclude: [], languages: [], explain: true, locale: 'en' } as const

  const before = await engine.feed({ ...query, feed: 'home', userId: 'kofi' })
  for (const { rank, item, because } of before.items)
    say(`${rank}. ${item.text}\n   ${because?.text}`)

  const [first] = before.items
  if (first) await engine.addEvents([{ type: 'hide', userId: 'kofi', itemId: first.item.id }])
  const after = await engine.feed({ ...query, feed: 'home', userId: 'kofi' })
  say(`After hiding the first: ${after.items.map(({ item }) => item.id).join(', ')}`)
  await close()
}
