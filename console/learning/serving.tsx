/** Which learned model serves now, and why the gate let it: the newest training that it decided on. */
import { useTranslation } from 'react-i18next'
import type { Run } from '../../src/domain/run.ts'

export function Serving({ runs }: { runs: readonly Run[] }) {
  const { t } = useTranslation()
  const serving = runs.find(({ gate }) => gate?.isPassed)
  const decided = runs.find(({ gate }) => gate)
  return (
    <section className="rounded-2xl bg-wash px-5 py-4">
      <h2 className="text-sm text-soft">{t('learning.serving')}</h2>
      <p className="mt-0.5 font-serif text-xl">{serving?.name ?? t('learning.servingNone')}</p>
      <p className="mt-1 text-sm">{serving?.gate?.reason ?? t('learning.servingNoneWhy')}</p>
      {decided?.gate && decided !== serving && (
        <p className="mt-2 text-sm">
          <span className="text-seal">{t('learning.refused', { name: decided.name })}</span>{' '}
          {decided.gate.reason}
        </p>
      )}
    </section>
  )
}
