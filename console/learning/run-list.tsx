/** Runs, newest first, as links. `j` and `k` walk through them. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bestFigure } from '../../src/domain/best-figure.ts'
import type { Run } from '../../src/domain/run.ts'
import { timeAgo } from '../format.ts'
import { addressOfRun, goToRun } from '../use-address.ts'
import { useShortcuts } from '../use-shortcuts.ts'
import { useLocale } from '../words.ts'
import { dataName, figure } from './run-format.ts'
import { StateMark } from './state-mark.tsx'

interface Properties {
  readonly runs: readonly Run[]
  readonly shownId: string | undefined
  /** Fetches older ones; undefined when these are all. */
  readonly onMore: (() => void) | undefined
}

export function RunList({ runs, shownId, onMore }: Properties) {
  const { t } = useTranslation()
  const [wanted, setWanted] = useState('')
  const found = runs.filter((run) => wordsOf(run).includes(wanted.trim().toLowerCase()))
  const walk = (by: number) => {
    const place = found.findIndex(({ id }) => id === shownId)
    const next = found[Math.max(0, Math.min(found.length - 1, place + by))]
    if (!next) return
    goToRun(next.id)
    document.querySelector<HTMLElement>(`[data-run="${next.id}"]`)?.focus()
  }
  useShortcuts({ j: () => walk(1), k: () => walk(-1) })
  return (
    <nav aria-label={t('learning.runs')}>
      <input
        type="search"
        value={wanted}
        onChange={({ target }) => setWanted(target.value)}
        aria-label={t('learning.search')}
        placeholder={t('learning.search')}
        className="w-full rounded-lg border border-strong-line bg-surface px-3 py-1.5 text-sm placeholder:text-soft"
      />
      <ul className="mt-3 space-y-1.5">
        {found.map((run) => (
          <li key={run.id}>
            <RunLink run={run} isShown={run.id === shownId} />
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="mt-3 text-sm text-soft">{t('learning.noMatch')}</p>}
      {onMore && (
        <button type="button" onClick={onMore} className="mt-3 text-accent text-sm underline">
          {t('learning.older')}
        </button>
      )}
    </nav>
  )
}

function RunLink({ run, isShown }: { run: Run; isShown: boolean }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const best = bestFigure(run)
  return (
    <a
      href={addressOfRun(run.id)}
      data-run={run.id}
      aria-current={isShown ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey) return
        event.preventDefault()
        goToRun(run.id)
      }}
      className="block rounded-xl border border-transparent px-3 py-2 hover:border-line hover:bg-surface aria-[current]:border-line aria-[current]:bg-surface"
    >
      <span className="line-clamp-2 font-medium">{run.name}</span>
      <span className="mt-0.5 flex flex-wrap gap-x-3 text-sm text-soft">
        <StateMark state={run.state} />
        <span>{t(`learning.kind.${run.kind}`)}</span>
        <span>{dataName(run.data.name)}</span>
        <time dateTime={run.startedAt}>{timeAgo(run.startedAt, Date.now(), locale)}</time>
      </span>
      {best && (
        <span className="mt-0.5 block text-sm tabular-nums">
          {best.metric} {figure(best.mean)} <span className="text-soft">{best.model}</span>
        </span>
      )}
    </a>
  )
}

function wordsOf({ id, name, kind, state, data }: Run): string {
  return [id, name, kind, state, data.name].join(' ').toLowerCase()
}
