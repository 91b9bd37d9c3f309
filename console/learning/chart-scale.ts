/** From values to places on a drawing: round ticks, straight scales, paths with gaps. */

export interface Scale {
  readonly from: number
  readonly to: number
  readonly ticks: readonly number[]
  /** @returns pixels */
  place(value: number): number
}

export interface Room {
  /** Pixels where `from` and `to` of the values lie. */
  readonly start: number
  readonly end: number
  /** About so many ticks. */
  readonly ticks: number
  /** Steps are whole: no tick between two of them. */
  readonly isWhole?: boolean
}

/** Of the largest number: what differs by less is drawn as one, since ticks that close are not exact. */
const leastSpan = 1e-9

/** Round numbers (1, 2 or 5 times a power of ten) around all values that are numbers. */
export function scaleOf(values: readonly (number | null)[], room: Room): Scale {
  const known = values.filter((value) => value !== null)
  const least = known.length > 0 ? Math.min(...known) : 0
  const most = known.length > 0 ? Math.max(...known) : 1
  const reach = Math.max(Math.abs(least), Math.abs(most))
  const span = Math.max(most - least || reach || 1, reach * leastSpan, leastSpan)
  const step = roundStep(span / Math.max(1, room.ticks), room.isWhole === true)
  const from = room.isWhole ? least : Math.floor(least / step) * step
  const to = room.isWhole ? Math.max(most, least + 1) : Math.ceil(most / step) * step || step
  const count = Math.floor((to - Math.ceil(from / step) * step) / step + 1e-9)
  const first = Math.ceil(from / step - 1e-9)
  const ticks = Array.from({ length: count + 1 }, (_, n) => (first + n) * step)
  const width = to - from || 1
  return {
    ...{ from, to, ticks },
    place: (value) => room.start + ((value - from) / width) * (room.end - room.start),
  }
}

function roundStep(least: number, isWhole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((one) => one >= least * 0.999)
  return isWhole ? Math.max(1, Math.round(step ?? 1)) : (step ?? least)
}

/** An SVG path; where there is no number the pen is lifted. A lone point is a line of no length. */
export function pathOf(points: readonly (readonly [number, number] | undefined)[]): string {
  return points
    .map((point, n) => {
      if (!point) return ''
      const [x, y] = point.map((value) => value.toFixed(1))
      const isLone = !points[n - 1] && !points[n + 1]
      return `${points[n - 1] ? 'L' : 'M'}${x} ${y}${isLone ? 'h0.1' : ''}`
    })
    .join('')
}

/** With as many places as the ticks need. */
export function tickText(value: number, ticks: readonly number[]): string {
  const step = Math.abs((ticks[1] ?? 1) - (ticks[0] ?? 0)) || 1
  const places = Math.min(8, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)))
  if (Math.abs(value) >= 100_000) return value.toExponential(1).replace('e+', 'e')
  return (Math.abs(value) < step / 1e6 ? 0 : value).toFixed(places)
}
