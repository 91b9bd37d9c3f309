/** Something failed: what happened in the engine's own words, and what to do. */
import { useTranslation } from 'react-i18next'
import { ApiProblem } from './api.ts'

interface Properties {
  readonly problem: Error
  readonly onRetry?: () => void
}

export function ProblemView({ problem, onRetry }: Properties) {
  const { t } = useTranslation()
  return (
    <div
      role="alert"
      className="my-4 rounded-2xl border border-seal/40 bg-seal-wash px-5 py-5 text-left sm:px-6"
    >
      <h2 className="font-serif text-lg text-seal">{useProblemTitle(problem)}</h2>
      <p className="mt-1">{useProblemText(problem)}</p>
      {onRetry && (
        <button
          type="button"
          onClick={onRetry}
          className="mt-4 rounded-lg border border-strong-line bg-surface px-4 py-1.5 text-sm hover:border-ink"
        >
          {t('problem.retry')}
        </button>
      )}
    </div>
  )
}

function useProblemTitle(problem: Error): string {
  const { t } = useTranslation()
  if (!(problem instanceof ApiProblem)) return t('problem.title')
  if (problem.status === 403) return t('problem.keyTitle')
  return problem.status === 404 ? t('problem.notFound') : t('problem.title')
}

export function useProblemText(problem: Error): string {
  const { t } = useTranslation()
  return problem instanceof ApiProblem && problem.status === 0
    ? t('problem.silent')
    : problem.message
}
