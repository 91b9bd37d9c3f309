/** The shape of cards while the first page is on its way. */
import { useTranslation } from 'react-i18next'

const cards = ['w-11/12', 'w-3/4', 'w-5/6', 'w-2/3']

export function Skeleton() {
  const { t } = useTranslation()
  return (
    <div role="status" className="space-y-4">
      <span className="sr-only">{t('feed.loading')}</span>
      {cards.map((width) => (
        <div key={width} className="rounded-2xl border border-line bg-surface p-5 sm:p-6">
          <div className="flex items-center gap-3">
            <div className="skeleton size-10 rounded-full" />
            <div className="skeleton h-4 w-40 rounded" />
          </div>
          <div className={`skeleton mt-5 h-4 rounded ${width}`} />
          <div className="skeleton mt-3 h-4 w-1/2 rounded" />
          <div className="skeleton mt-6 h-1.5 w-full rounded-full" />
        </div>
      ))}
    </div>
  )
}
