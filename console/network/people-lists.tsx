/** Those whom the network reaches through, and those whom it does not reach. */
import { useTranslation } from 'react-i18next'
import type { NetworkReport } from '../../src/domain/network.ts'
import { goTo } from '../use-address.ts'

const shown = 10

export function PeopleLists({ report }: { report: NetworkReport }) {
  const { t } = useTranslation()
  const { influence, bridges, islands } = report
  return (
    <div className="mt-8 grid gap-8 sm:grid-cols-3">
      <Names title={t('network.influence')} ids={influence.map(({ id }) => id)} />
      <Names title={t('network.bridges')} ids={bridges.map(({ id }) => id)} />
      <section aria-labelledby="network-islands">
        <h2 id="network-islands" className="mb-2 font-serif text-xl">
          {t('network.islands', { count: islands.people })}
        </h2>
        <ul className="space-y-1 text-sm">
          {islands.some.slice(0, shown).map(({ id, couldMeet }) => (
            <li key={id}>
              <Person id={id} />
              {couldMeet.length > 0 && (
                <span className="text-soft">
                  {' '}
                  {t('network.couldMeet', { names: couldMeet.join(', ') })}
                </span>
              )}
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function Names({ title, ids }: { title: string; ids: readonly string[] }) {
  return (
    <section aria-label={title}>
      <h2 className="mb-2 font-serif text-xl">{title}</h2>
      <ol className="space-y-1 text-sm">
        {ids.slice(0, shown).map((id) => (
          <li key={id}>
            <Person id={id} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Person({ id }: { id: string }) {
  return (
    <button
      type="button"
      onClick={() => goTo({ userId: id, feed: 'home' })}
      className="text-accent underline"
    >
      {id}
    </button>
  )
}
