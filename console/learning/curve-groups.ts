/** Curves as charts: those of one measure together, each named by its fit. */
import type { Curve } from '../../src/domain/run.ts'

export interface Line extends Curve {
  /** What it is a curve of: `als/seed 1`; empty where there was one fit. */
  readonly fit: string
  /** The same in every chart, so that a fit keeps its colour. */
  readonly series: number
}

export interface CurveGroup {
  /** The last part of the names of its curves: `loss`. */
  readonly measure: string
  readonly lines: readonly Line[]
}

/** `als/seed 1/loss` is the measure `loss` of the fit `als/seed 1`. Both keep the order of arrival. */
export function groupCurves(curves: readonly Curve[]): CurveGroup[] {
  const fits: string[] = []
  const groups = new Map<string, Line[]>()
  for (const curve of curves) {
    const cut = curve.name.lastIndexOf('/')
    const fit = curve.name.slice(0, Math.max(0, cut))
    const measure = curve.name.slice(cut + 1)
    if (!fits.includes(fit)) fits.push(fit)
    const lines = groups.get(measure) ?? []
    groups.set(measure, lines)
    lines.push({ ...curve, fit, series: fits.indexOf(fit) })
  }
  return [...groups].map(([measure, lines]) => ({ measure, lines }))
}

/** The value that was reported at a step, or last before it. */
export function valueAt({ steps, values }: Curve, step: number): number | null | undefined {
  const after = steps.findIndex((one) => one > step)
  return values[after < 0 ? values.length - 1 : after - 1]
}

/** Every step that any of the lines has, ascending. */
export function stepsOf(lines: readonly Curve[]): number[] {
  return [...new Set(lines.flatMap(({ steps }) => steps))].sort((a, b) => a - b)
}
