/** How a run stands, as a word with a dot before it. */
import { useTranslation } from 'react-i18next'
import type { RunState } from '../../src/domain/run.ts'

const dots: Readonly<Record<RunState, string>> = {
  running: 'bg-accent animate-pulse',
  done: 'bg-accent',
  failed: 'bg-seal',
  cancelled: 'bg-strong-line',
}

export function StateMark({ state }: { state: RunState }) {
  const { t } = useTranslation()
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden="true" className={`size-2 rounded-full ${dots[state]}`} />
      {t(`learning.state.${state}`)}
    </span>
  )
}
