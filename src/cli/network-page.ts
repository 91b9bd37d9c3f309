/** The report of a network as one page of HTML: a map of communities, figures as bars, and tables. */
import type { Community, NetworkReport } from '../domain/network.ts'
import { moodText } from './mood-text.ts'

const size = 640
const communitiesDrawn = 40
const style = `
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
  table { border-collapse: collapse; } th, td { text-align: left; padding: .2rem .8rem .2rem 0; vertical-align: top; }
  svg { max-width: 100%; height: auto; } figure { margin: 1rem 0; } figcaption { color: #555; }
  .bar { fill: #2563a8; } .echo { fill: #c2571a; } .tie { stroke: #999; } .node { fill: #2563a8; fill-opacity: .75; }`

export function networkPage(report: NetworkReport): string {
  const { at, people, ties, reciprocity, modularity, homophily, islands } = report
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>The network</title><style>${style}</style></head><body>
<h1>The network</h1>
<p>${escaped(at)}: ${people} people, ${ties} ties, ${Math.round(100 * reciprocity)} % of them returned.
Modularity ${modularity.toFixed(3)}, homophily of language ${homophily.toFixed(2)}.</p>
${map(report)}
<h2>Communities</h2>
${communityTable(report.communities)}
<h2>Cores</h2>
${bars(report.cores.map((count, core) => [`core ${core}`, count]))}
<h2>Influence</h2>
${bars(report.influence.map(({ id, score }) => [id, score]))}
<h2>Bridges</h2>
${bars(report.bridges.map(({ id, score }) => [id, score]))}
<h2>Alone</h2>
<p>${islands.people} people have no tie.</p>
${table(
  ['who', 'could meet'],
  islands.some.map(({ id, couldMeet }) => [id, couldMeet.join(', ')]),
)}
</body></html>
`
}

/** Communities on a circle, as large as their people are many, tied as their people are. */
function map({ communities, between }: NetworkReport): string {
  const drawn = communities.slice(0, communitiesDrawn)
  const most = Math.max(1, ...drawn.map(({ people }) => people))
  const places = new Map(
    drawn.map((one, n) => {
      const angle = (2 * Math.PI * n) / drawn.length
      const place = { x: size / 2 + 240 * Math.cos(angle), y: size / 2 + 240 * Math.sin(angle) }
      return [one.id, place] as const
    }),
  )
  const strongest = Math.max(1, ...between.map(({ ties }) => ties))
  const lines = between.map(({ from: a, to: b, ties }) => {
    const [from, to] = [places.get(a), places.get(b)]
    if (!from || !to) return ''
    const width = (0.3 + (6 * ties) / strongest).toFixed(1)
    return `<line class="tie" x1="${from.x.toFixed(1)}" y1="${from.y.toFixed(1)}" x2="${to.x.toFixed(1)}" y2="${to.y.toFixed(1)}" stroke-width="${width}"/>`
  })
  const circles = drawn.map((one) => {
    const { x, y } = places.get(one.id) ?? { x: 0, y: 0 }
    const label = `${one.people} people: ${one.keywords.join(', ')}`
    return `<circle class="node" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${(4 + 36 * Math.sqrt(one.people / most)).toFixed(1)}"><title>${escaped(label)}</title></circle><text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="middle" font-size="11">${escaped(one.keywords[0] ?? String(one.id))}</text>`
  })
  const title = `Map of ${drawn.length} communities`
  return `<figure><svg viewBox="0 0 ${size} ${size}" role="img" aria-label="${title}">${lines.join('')}${circles.join('')}</svg><figcaption>${title}; lines are ties between them.</figcaption></figure>`
}

function communityTable(communities: readonly Community[]): string {
  return table(
    ['id', 'people', 'ties inside', 'echo', 'mood', 'languages', 'keywords', 'centre'],
    communities.map((one) => [
      String(one.id),
      String(one.people),
      `${Math.round(100 * one.inside)} %`,
      one.echo.toFixed(2),
      moodText(one),
      one.languages.join(', '),
      one.keywords.join(', '),
      one.centre.join(', '),
    ]),
  )
}

function bars(values: readonly (readonly [string, number])[]): string {
  const most = Math.max(Number.MIN_VALUE, ...values.map(([, value]) => value))
  const height = 18 * values.length
  const rows = values.map(([name, value], row) => {
    const y = 18 * row
    const width = (380 * value) / most
    return `<text x="0" y="${y + 13}" font-size="12">${escaped(name)}</text><rect class="bar" x="180" y="${y + 3}" width="${width.toFixed(1)}" height="12"/><text x="${(184 + width).toFixed(1)}" y="${y + 13}" font-size="11">${Number(value.toPrecision(3))}</text>`
  })
  return `<figure><svg viewBox="0 0 ${size} ${height}" role="img" aria-label="bars">${rows.join('')}</svg></figure>`
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], tag: string) =>
    `<tr>${row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`
  return `<table>${cells(heading, 'th')}${rows.map((row) => cells(row, 'td')).join('')}</table>`
}

/** Names and tags are written by strangers. */
function escaped(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  }
  return text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign)
}
