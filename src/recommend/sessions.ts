/**
 * What a session has shown: pages chained by `after`, so that endless paging never repeats an item.
 * Recent pages are held here, bounded; an older or restarted session is read back from the store.
 */
import type { PageRecord, PageStore } from '../store/store.ts'

export interface Sessions {
  /** Ids shown on the page `pageId` and on those before it; empty for an unknown page. */
  shown(pageId: string): Promise<ReadonlySet<string>>
  keep(page: PageRecord): void
  /** Forgets the pages of an erased person. */
  forget(userId: string): void
}

export function createSessions(pages: PageStore, { limit = 20_000 } = {}): Sessions {
  const recent = new Map<string, PageRecord>()

  async function chain(pageId: string): Promise<readonly PageRecord[]> {
    const found: PageRecord[] = []
    for (let next: string | undefined = pageId; next !== undefined; ) {
      const page: PageRecord | undefined = recent.get(next)
      if (!page) return [...found, ...(await pages.session(next))]
      found.push(page)
      next = page.after
    }
    return found
  }

  return {
    async shown(pageId) {
      return new Set((await chain(pageId)).flatMap(({ itemIds }) => itemIds))
    },
    keep(page) {
      const { shown, ...rest } = page
      recent.set(page.id, rest)
      const [oldest] = recent.keys()
      if (recent.size > limit && oldest !== undefined) recent.delete(oldest)
      pages.keep(page)
    },
    forget(userId) {
      for (const page of recent.values()) if (page.userId === userId) recent.delete(page.id)
    },
  }
}
