/** The page "Network": the map of communities, one of them in full, and who stands where. */
import { lazy, Suspense, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NetworkReport } from '../../src/domain/network.ts'
import { ProblemView } from '../problem-view.tsx'
import { Skeleton } from '../skeleton.tsx'
import { CommunityFacts } from './community-facts.tsx'
import { CommunityList } from './community-list.tsx'
import { PeopleLists } from './people-lists.tsx'
import { useNetwork } from './use-network.ts'

/** What draws is larger than the rest of the console: it comes when it is asked for. */
const NetworkMap = lazy(async () => ({ default: (await import('./network-map.tsx')).NetworkMap }))

export function NetworkView() {
  const { t } = useTranslation()
  const { data, error, refetch } = useNetwork()
  return (
    <main id="main" className="mx-auto max-w-304 px-4 pt-6 pb-20 lg:px-6 lg:pt-8">
      <h1 className="font-serif text-3xl tracking-tight">{t('network.title')}</h1>
      <p className="mt-1 mb-4 max-w-prose text-soft">{t('network.why')}</p>
      {error && <ProblemView problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton />}
      {data && <Report report={data} />}
    </main>
  )
}

function Report({ report }: { report: NetworkReport }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<number>()
  const choose = useCallback((id: number) => {
    setChosen((before) => (before === id ? undefined : id))
  }, [])
  const { people, ties, reciprocity, modularity, homophily, communities } = report
  const community = communities.find(({ id }) => id === chosen)
  return (
    <>
      <p className="mb-6 tabular-nums">
        {t('network.figures', {
          ...{ people, ties, returned: Math.round(100 * reciprocity) },
          ...{ modularity: modularity.toFixed(2), homophily: homophily.toFixed(2) },
        })}
      </p>
      {communities.length === 0 && <p className="text-soft">{t('network.empty')}</p>}
      {communities.length > 0 && (
        <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <Suspense fallback={<Skeleton />}>
            <NetworkMap report={report} chosen={chosen} onChoose={choose} />
          </Suspense>
          <div className="space-y-5">
            <CommunityList communities={communities} chosen={chosen} onChoose={choose} />
            {community && <CommunityFacts community={community} />}
          </div>
        </div>
      )}
      <PeopleLists report={report} />
    </>
  )
}
