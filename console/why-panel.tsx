/** All of the reason: the sum, where it came from, the person's own doings, what would change it. */
import { useTranslation } from 'react-i18next'
import type { PageItem } from './api.ts'
import { EvidenceList } from './evidence-list.tsx'
import type { ShownPart } from './score-parts.ts'
import { ScoreTable } from './score-table.tsx'
import { Understood } from './understanding/understood.tsx'
import { useNameOf } from './words.ts'

export function WhyPanel({ entry, parts }: { entry: PageItem; parts: readonly ShownPart[] }) {
  const { t } = useTranslation()
  const nameOf = useNameOf()
  return (
    <div className="notice mt-3 grid grid-cols-1 gap-x-8 gap-y-5 rounded-xl bg-sunken p-4 sm:grid-cols-2">
      <section>
        <h3 className="mb-2 font-medium text-sm">{t('why.parts')}</h3>
        <ScoreTable parts={parts} score={entry.score} />
      </section>
      <section>
        <h3 className="mb-2 font-medium text-sm">{t('why.from')}</h3>
        <ul className="flex flex-wrap gap-1.5">
          {entry.from.map((source) => (
            <li key={source} className="rounded-full border border-line bg-surface px-2.5 text-sm">
              {nameOf('source', source)}
            </li>
          ))}
        </ul>
        {entry.because?.change && (
          <>
            <h3 className="mt-4 mb-1 font-medium text-sm">{t('why.change')}</h3>
            <p className="text-sm text-soft">{entry.because.change}</p>
          </>
        )}
      </section>
      {entry.because?.moved && (
        <section className="sm:col-span-2">
          <h3 className="mb-1 font-medium text-sm">{t('why.moved')}</h3>
          <p className="text-sm text-soft">{entry.because.moved}</p>
        </section>
      )}
      <section className="sm:col-span-2">
        <h3 className="mb-1.5 font-medium text-sm">{t('why.evidence')}</h3>
        <EvidenceList evidence={entry.because?.evidence ?? []} />
      </section>
      {entry.item.text !== '' && entry.item.kind !== 'person' && (
        <section className="sm:col-span-2">
          <h3 className="mb-1.5 font-medium text-sm">{t('understood.ofPost')}</h3>
          <Understood text={entry.item.text} language={entry.item.language} />
        </section>
      )}
    </div>
  )
}
