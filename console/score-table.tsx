/** The parts with their numbers, which add up to the last line exactly. */
import { useTranslation } from 'react-i18next'
import { decimal } from './format.ts'
import { type ShownPart, scoreDigits, shownScore } from './score-parts.ts'
import { useNameOf } from './words.ts'

export function ScoreTable({ parts, score }: { parts: readonly ShownPart[]; score: number }) {
  const { t } = useTranslation()
  const nameOf = useNameOf()
  return (
    <table className="w-full text-sm">
      <tbody>
        {parts.map(({ name, shown, isAgainst }) => (
          <tr key={name}>
            <th scope="row" className="py-0.5 text-left font-normal">
              <span
                aria-hidden="true"
                data-part={name}
                data-against={isAgainst}
                className="thread-segment mr-2 inline-block size-2.5 rounded-[3px]"
              />
              {nameOf('part', name)}
              {isAgainst && <span className="sr-only"> ({t('why.against')})</span>}
            </th>
            <td className="py-0.5 text-right tabular-nums">{decimal(shown, scoreDigits)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="border-strong-line border-t">
          <th scope="row" className="pt-1 text-left font-medium">
            {t('why.score')}
          </th>
          <td className="pt-1 text-right font-medium tabular-nums">
            {decimal(shownScore(score), scoreDigits)}
          </td>
        </tr>
      </tfoot>
    </table>
  )
}
