/** What is known of one community: how much it keeps to itself, its mood, languages and middle. */
import { useTranslation } from 'react-i18next'
import type { Community } from '../../src/domain/network.ts'
import { nameOf } from './community-list.tsx'

const moodsShown = 3

export function CommunityFacts({ community }: { community: Community }) {
  const { t } = useTranslation()
  const { people, inside, echo, languages, centre, keywords } = community
  const facts: readonly (readonly [string, string])[] = [
    [t('network.size'), t('network.people', { count: people })],
    [t('network.inside'), percent(inside)],
    [t('network.echo'), echo.toFixed(2)],
    [t('network.mood'), useMoodText(community)],
    [t('network.words'), keywords.join(', ')],
    [t('network.languages'), languages.join(', ')],
    [t('network.centre'), centre.join(', ')],
  ]
  return (
    <section aria-live="polite" className="rounded-2xl border border-line bg-surface p-4 sm:p-5">
      <h2 className="font-serif text-xl">{nameOf(community)}</h2>
      <dl className="mt-2 grid grid-cols-[max-content_1fr] gap-x-5 gap-y-1 text-sm">
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-soft">{name}</dt>
              <dd className="tabular-nums">{value}</dd>
            </div>
          ))}
      </dl>
      <p className="mt-3 text-soft text-sm">{t('network.echoWhy')}</p>
    </section>
  )
}

function useMoodText({ mood }: Community): string {
  const { t } = useTranslation()
  if (!mood) return ''
  const strongest = Object.entries(mood.shares)
    .sort((a, b) => b[1] - a[1])
    .slice(0, moodsShown)
    .map(([emotion, share]) => `${t(`label.${emotion}` as 'label.joy')} ${percent(share)}`)
  return `${strongest.join(', ')} ${t('network.ofPosts', { count: mood.posts })}`
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}
