/** What a run was of: options, seeds, data, code; enough to make it again. */
import { useTranslation } from 'react-i18next'
import type { Run } from '../../src/domain/run.ts'
import { fullTime, shortCount } from '../format.ts'
import { useLocale } from '../words.ts'
import { dataName, took } from './run-format.ts'

export function RunFacts({ run }: { run: Run }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data, code } = run
  const sizes = {
    users: shortCount(data.users, locale),
    items: shortCount(data.items, locale),
    interactions: shortCount(data.interactions, locale),
  }
  const facts = [
    [t('learning.data'), `${dataName(data.name)} · ${t('learning.sizes', sizes)}`, data.name],
    [t('learning.hash'), data.hash.slice(0, 12), data.hash],
    [t('learning.seeds'), run.seeds.join(', ')],
    [t('learning.code'), [code.version, code.commit].filter(Boolean).join(' · ')],
    [t('learning.started'), fullTime(run.startedAt, locale)],
    [t('learning.took'), took(run.startedAt, run.endedAt)],
    ...Object.entries(run.options).map(([name, value]) => [name, String(value)]),
  ]
  return (
    <dl className="grid gap-x-8 gap-y-2 text-sm sm:grid-cols-2 xl:grid-cols-3">
      {facts.map(([name, value, title]) => (
        <div
          key={name}
          className="flex justify-between gap-4 border-line border-b pb-1.5 sm:first:col-span-2"
        >
          <dt className="shrink-0 text-soft">{name}</dt>
          <dd className="text-right" title={title}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  )
}
