/** A small light that says whether the engine is well; opened, what it runs on and how much it holds. */
import { useTranslation } from 'react-i18next'
import { ApiProblem, type Status } from './api.ts'
import { shortCount } from './format.ts'
import { useDropdown } from './use-dropdown.ts'
import { useStatus } from './use-status.ts'
import { useLocale } from './words.ts'

export function StatusPanel({ onForget }: { onForget: () => void }) {
  const { t } = useTranslation()
  const { data: status, error } = useStatus()
  const isSilent = error instanceof ApiProblem && error.status === 0
  const { isOpen, toggle, box } = useDropdown()
  const light = lightOf(status, isSilent)
  return (
    <div ref={box} className="flex items-center gap-2 sm:relative">
      {status?.isSample && (
        <span
          title={t('status.sampleWhy')}
          className="whitespace-nowrap rounded-full bg-seal-wash px-2.5 py-1 text-seal text-xs"
        >
          {t('status.sample')}
        </span>
      )}
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={toggle}
        title={t('status.title')}
        className="flex min-h-8 items-center justify-center gap-2 rounded-full border border-line bg-surface text-sm hover:border-strong-line max-sm:size-8 sm:px-3"
      >
        <span aria-hidden="true" className={`size-2 rounded-full ${light}`} />
        <span className="max-sm:sr-only">{t('status.title')}</span>
        {status && <Adapters status={status} />}
      </button>
      {isOpen && (
        <div className="notice absolute top-full right-4 left-4 mt-2 rounded-xl border border-line bg-surface p-4 shadow-lg sm:right-0 sm:left-auto sm:w-80">
          {isSilent && <p className="mb-3 text-seal">{t('status.silent')}</p>}
          {status && <StatusFacts status={status} />}
          <button type="button" onClick={onForget} className="mt-3 text-accent text-sm underline">
            {t('app.forget')}
          </button>
        </div>
      )}
    </div>
  )
}

function Adapters({ status }: { status: Status }) {
  return (
    <span className="hidden max-w-72 truncate text-soft xl:block">
      {Object.values(status.adapters).join(' · ')}
    </span>
  )
}

function StatusFacts({ status }: { status: Status }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const counts = [
    [t('status.people'), status.counts.users],
    [t('status.posts'), status.counts.items],
    [t('status.ties'), status.counts.edges],
    [t('status.events'), status.counts.events],
  ] as const
  return (
    <>
      {!status.isReady && <p className="mb-3 text-seal">{t('status.waking')}</p>}
      <dl className="space-y-1.5 text-sm">
        {Object.entries(status.adapters).map(([name, value]) => (
          <div key={name} className="flex justify-between gap-4">
            <dt className="shrink-0 text-soft">{adapterName(name, t)}</dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
      </dl>
      <dl className="mt-3 grid grid-cols-4 gap-2 border-line border-t pt-3 text-center">
        {counts.map(([name, count]) => (
          <div key={name} className="flex flex-col-reverse">
            <dt className="text-soft text-xs">{name}</dt>
            <dd className="font-serif text-xl tabular-nums">{shortCount(count, locale)}</dd>
          </div>
        ))}
      </dl>
      {workUnderWay(status).map(([name, { done, total }]) => (
        <label key={name} className="mt-3 block text-soft text-xs">
          {t('status.working', { name, done, total })}
          <progress className="mt-1 block h-1.5 w-full" max={total} value={done} />
        </label>
      ))}
    </>
  )
}

function workUnderWay({ work }: Status) {
  return Object.entries(work).filter(([, { total }]) => total > 0)
}

function adapterName(name: string, t: ReturnType<typeof useTranslation>['t']): string {
  if (name === 'database') return t('status.database')
  return name === 'encoder' ? t('status.encoder') : name
}

function lightOf(status: Status | undefined, isSilent: boolean): string {
  if (isSilent) return 'bg-seal'
  return status?.isReady ? 'bg-accent' : 'bg-strong-line'
}
