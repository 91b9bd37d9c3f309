/** Runs as lines for a terminal. */
import { bestFigure } from '../domain/best-figure.ts'
import type { Curve, Run, RunRow } from '../domain/run.ts'
import { sparkline } from './sparkline.ts'
import { renderTable, shorten } from './table.ts'

const curveWidth = 40
const metricsShown = 6

export function renderRuns(runs: readonly Run[]): string {
  if (runs.length === 0) {
    return 'No runs yet. `kith evaluate recommend --data FOLDER` makes one.'
  }
  const rows = runs.map((run) => [
    ...[run.id, run.kind, run.state, shorten(run.name, 32), shorten(baseName(run.data.name), 24)],
    ...[bestText(run), tookText(run)],
  ])
  return renderTable([['run', 'kind', 'state', 'of', 'on', 'best', 'took'], ...rows])
}

export function renderRun(run: Run, curves: readonly Curve[]): string {
  const whole = run.rows.filter(({ segment }) => segment === 'all')
  const metric = bestFigure(run)?.metric
  const parts = metric === undefined ? [] : segmentsOf(run.rows, metric)
  return [
    renderTable(factsOf(run)),
    ...titled('table', whole.length === 0 ? [] : [renderTable(tableOf(whole))]),
    ...titled(`segments, ${metric}`, parts.length === 0 ? [] : [renderTable(parts)]),
    ...titled('curves', curves.length === 0 ? [] : [renderTable(curves.map(curveLine))]),
    ...titled(
      'notes',
      run.notes.map((note) => `- ${note}`),
    ),
  ].join('\n')
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines]
}

function factsOf(run: Run): string[][] {
  const { data, code, options, gate } = run
  const size = `${data.users} people, ${data.items} items, ${data.interactions} interactions`
  const commit = code.commit === undefined ? '' : ` at ${code.commit}`
  const chosen = Object.entries(options).map(([name, value]) => `${name} ${value}`)
  return [
    ['run', run.id],
    ['kind', run.kind],
    ['state', run.problem === undefined ? run.state : `${run.state}: ${run.problem}`],
    ['models', run.models.join(', ')],
    ['options', chosen.join(' · ') || 'none'],
    ['seeds', run.seeds.join(', ')],
    ['data', `${data.name} (${size})`],
    ['data hash', data.hash],
    ['code', `${code.version}${commit}`],
    ['started', run.startedAt],
    ['took', tookText(run)],
    ...(gate ? [['gate', `${gate.isPassed ? 'passed' : 'refused'}: ${gate.reason}`]] : []),
  ]
}

/** The first metrics by name; all of them are in `--json`. */
function tableOf(rows: readonly RunRow[]): string[][] {
  const names = [...new Set(rows.flatMap(({ metrics }) => Object.keys(metrics)))]
  const shown = names.slice(0, metricsShown)
  const heading = ['model', ...shown, 's', 'MB']
  const body = rows.map(({ model, metrics, seconds, memoryMb }) => [
    ...[model, ...shown.map((name) => figureText(metrics[name]))],
    ...[seconds?.toFixed(1) ?? '-', String(memoryMb ?? '-')],
  ])
  return [heading, ...body]
}

/** Segments by models. */
function segmentsOf(rows: readonly RunRow[], metric: string): string[][] {
  const models = [...new Set(rows.map(({ model }) => model))]
  const segments = [...new Set(rows.map(({ segment }) => segment))].filter((name) => name !== 'all')
  if (segments.length === 0) return []
  const cell = (segment: string, model: string): string => {
    const row = rows.find((one) => one.segment === segment && one.model === model)
    return figureText(row?.metrics[metric])
  }
  const body = segments.map((segment) => [segment, ...models.map((model) => cell(segment, model))])
  return [['segment', ...models], ...body]
}

function figureText(figure: RunRow['metrics'][string] | undefined): string {
  if (figure === undefined || figure.mean === null) return '-'
  const places = figure.mean >= 2 ? 2 : 4
  const deviation = figure.sd ? ` ± ${figure.sd.toFixed(places)}` : ''
  return `${figure.mean.toFixed(places)}${deviation}`
}

function curveLine({ name, values }: Curve): string[] {
  const first = valueText(values[0])
  const last = valueText(values.at(-1))
  return [name, sparkline(values, curveWidth), `${first} → ${last}`, `${values.length} points`]
}

function valueText(value: number | null | undefined): string {
  return value === null || value === undefined ? 'no number' : String(Number(value.toPrecision(4)))
}

function bestText(run: Run): string {
  const best = bestFigure(run)
  return best ? `${best.metric} ${best.mean.toFixed(4)} ${best.model}` : '-'
}

function tookText({ startedAt, endedAt }: Run): string {
  if (endedAt === undefined) return '-'
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000
  if (seconds < 120) return `${seconds.toFixed(1)} s`
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}

function baseName(path: string): string {
  return path.split('/').filter(Boolean).at(-1) ?? path
}
