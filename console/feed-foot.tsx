/** Under the last card: the next page, or the end. */
import { useTranslation } from 'react-i18next'
import type { FeedView } from './use-feed.ts'

export function FeedFoot({ query }: { query: FeedView['query'] }) {
  const { t } = useTranslation()
  if (!query.hasNextPage) return <p className="py-8 text-center text-soft">{t('feed.end')}</p>
  return (
    <button
      type="button"
      aria-disabled={query.isFetchingNextPage}
      onClick={() => !query.isFetching && query.fetchNextPage()}
      className="mt-2 w-full rounded-xl border border-line bg-surface py-3 font-medium text-accent hover:border-accent"
    >
      {query.isFetchingNextPage ? t('feed.nextLoading') : t('feed.next')}
    </button>
  )
}
