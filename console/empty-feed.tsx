/** A feed with nothing in it: why that may be, and what to do. */
import { useTranslation } from 'react-i18next'
import type { FeedName } from './api.ts'

export function EmptyFeed({ feed }: { feed: FeedName }) {
  const { t } = useTranslation()
  return (
    <div className="rounded-2xl border border-line border-dashed px-6 py-14 text-center">
      <h2 className="font-serif text-xl">{t('feed.empty')}</h2>
      <p className="mx-auto mt-2 max-w-md text-soft">
        {t(feed === 'people' ? 'feed.emptyPeople' : 'feed.emptyWhy')}
      </p>
    </div>
  )
}
