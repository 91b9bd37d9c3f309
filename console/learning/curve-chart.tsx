/** Learning curves of one measure. Pointer or arrow keys read off the values at a step. */
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pathOf, type Scale, scaleOf, tickText } from './chart-scale.ts'
import { type CurveGroup, type Line, stepsOf, valueAt } from './curve-groups.ts'
import { exact } from './run-format.ts'
import { useWidth } from './use-width.ts'

const height = 200
const margin = { top: 10, right: 12, bottom: 24, left: 50 }

export function CurveChart({ group: { measure, lines } }: { group: CurveGroup }) {
  const { t } = useTranslation()
  const [box, width] = useWidth<HTMLDivElement>()
  const [place, setPlace] = useState<number>()
  const steps = useMemo(() => stepsOf(lines), [lines])
  const scales = useMemo(() => scalesOf(lines, steps, width), [lines, steps, width])
  const last = steps.length - 1
  const shown = Math.min(place ?? last, last)
  const step = steps[shown] ?? 0
  const words = lines.map((line) => `${line.fit} ${exact(valueAt(line, step))}`.trim())

  const move = (event: React.KeyboardEvent) => {
    const next = { ArrowLeft: shown - 1, ArrowRight: shown + 1, Home: 0, End: last }[event.key]
    if (next === undefined) return
    event.preventDefault()
    setPlace(Math.max(0, Math.min(last, next)))
  }
  const point = (event: React.PointerEvent) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    setPlace(nearest(steps, scales.x, x))
  }
  return (
    <figure className="rounded-2xl border border-line bg-surface p-4 sm:p-5">
      <figcaption className="mb-2 flex items-baseline justify-between gap-3">
        <h3 className="font-medium">{measure}</h3>
        <span className="text-soft text-sm tabular-nums">{t('learning.step', { step })}</span>
      </figcaption>
      <div
        ref={box}
        role="slider"
        tabIndex={0}
        aria-label={t('learning.curveLabel', { measure })}
        aria-valuemin={steps[0] ?? 0}
        aria-valuemax={steps[last] ?? 0}
        aria-valuenow={step}
        aria-valuetext={`${t('learning.step', { step })}: ${words.join(', ')}`}
        onKeyDown={move}
        onPointerMove={point}
        onPointerLeave={() => setPlace(undefined)}
        className="touch-pan-y"
      >
        <svg width={width} height={height} aria-hidden="true" className="block">
          <Axes scales={scales} width={width} />
          {place !== undefined && (
            <line
              {...{ x1: scales.x.place(step), x2: scales.x.place(step) }}
              {...{ y1: margin.top, y2: height - margin.bottom }}
              className="stroke-strong-line"
            />
          )}
          {lines.map((line) => (
            <Drawn key={line.name} line={line} scales={scales} step={step} />
          ))}
        </svg>
      </div>
      <Legend lines={lines} step={step} />
    </figure>
  )
}

interface Scales {
  readonly x: Scale
  readonly y: Scale
}

function scalesOf(lines: readonly Line[], steps: readonly number[], width: number): Scales {
  const values = lines.flatMap((line) => line.values)
  const end = Math.max(margin.left + 1, width - margin.right)
  return {
    x: scaleOf(steps, { start: margin.left, end, ticks: Math.ceil(width / 110), isWhole: true }),
    y: scaleOf(values, { start: height - margin.bottom, end: margin.top, ticks: 4 }),
  }
}

function nearest(steps: readonly number[], scale: Scale, x: number): number {
  const distances = steps.map((step) => Math.abs(scale.place(step) - x))
  return distances.indexOf(Math.min(...distances))
}

function Axes({ scales: { x, y }, width }: { scales: Scales; width: number }) {
  return (
    <g className="fill-soft text-xs tabular-nums">
      {y.ticks.map((tick) => (
        <g key={tick} transform={`translate(0 ${y.place(tick).toFixed(1)})`}>
          <line x1={margin.left} x2={width - margin.right} className="stroke-line" />
          <text x={margin.left - 8} dy="0.32em" textAnchor="end">
            {tickText(tick, y.ticks)}
          </text>
        </g>
      ))}
      {x.ticks.map((tick) => (
        <text key={tick} x={x.place(tick)} y={height - 4} textAnchor="middle">
          {tickText(tick, x.ticks)}
        </text>
      ))}
    </g>
  )
}

function Drawn({ line, scales: { x, y }, step }: { line: Line; scales: Scales; step: number }) {
  const points = line.values.map((value, n) =>
    value === null ? undefined : ([x.place(line.steps[n] ?? 0), y.place(value)] as const),
  )
  const value = valueAt(line, step)
  return (
    <g data-series={line.series % 6} className="series">
      <path d={pathOf(points)} fill="none" strokeWidth={2} strokeLinecap="round" />
      {typeof value === 'number' && (
        <circle cx={x.place(step)} cy={y.place(value)} r={3.5} strokeWidth={0} />
      )}
    </g>
  )
}

function Legend({ lines, step }: { lines: readonly Line[]; step: number }) {
  return (
    <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {lines.map((line) => (
        <li key={line.name} className="flex items-center gap-2">
          <svg
            viewBox="0 0 14 4"
            aria-hidden="true"
            data-series={line.series % 6}
            className="series h-1 w-3.5"
          >
            <path d="M2 2h10" strokeWidth={4} strokeLinecap="round" />
          </svg>
          {line.fit}
          <span className="text-soft tabular-nums">{exact(valueAt(line, step))}</span>
        </li>
      ))}
    </ul>
  )
}
