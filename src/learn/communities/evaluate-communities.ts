/**
 * `kith evaluate communities` below the command line: communities found from ties alone, beside groups
 * that are known (countries, districts), and how they hold when a share of the ties changes.
 */
import { KithError } from '../../errors.ts'
import { type Graph, graphOf } from '../../math/graph.ts'
import { leiden } from '../../math/leiden.ts'
import {
  adjustedRandIndex,
  modularity,
  normalisedMutualInformation,
} from '../../math/partitions.ts'
import { integer, type Random, seededRandom } from '../../math/random.ts'
import { mean, standardDeviation } from '../../math/stats.ts'
import { columnsOf } from '../data/read/columns.ts'
import { linesOf, readText } from '../data/read/lines.ts'
import { aligned } from '../evaluate/table.ts'
import { holdOut } from '../links/hold-out.ts'
import { type Links, readLinks } from '../links/read-links.ts'

export interface CommunitiesOptions {
  readonly edges: string
  /** `id group` lines: who really belongs where. */
  readonly groups?: string | undefined
  /** Share of the ties that change between two looks. */
  readonly change: number
  readonly seeds: number
  readonly clock: () => number
}

interface Spread {
  readonly mean: number
  readonly sd: number
}

export interface CommunitiesRow {
  readonly model: string
  readonly metrics: Readonly<Record<string, Spread>>
  readonly seconds: number
}

export interface CommunitiesJson {
  readonly task: 'communities'
  readonly data: string
  readonly change: number
  readonly seeds: number
  readonly sizes: Readonly<Record<'people' | 'ties' | 'groups', number>>
  readonly notes: readonly string[]
  readonly rows: readonly CommunitiesRow[]
}

/** How the second look is taken: anew, or from the communities of the first. */
interface Method {
  readonly name: string
  readonly refines: boolean
  readonly startsFromBefore: boolean
}

const methods: readonly Method[] = [
  { name: 'louvain', refines: false, startsFromBefore: false },
  { name: 'leiden', refines: true, startsFromBefore: false },
  { name: 'leiden, from the last', refines: true, startsFromBefore: true },
]

export async function evaluateCommunities(
  options: CommunitiesOptions,
): Promise<{ readonly table: string; readonly json: CommunitiesJson }> {
  const { edges, change, seeds } = options
  if (!(change >= 0 && change <= 0.5)) {
    throw new KithError('invalid-input', `A change of ${change} of the ties: give 0 to 0.5.`)
  }
  const notes: string[] = []
  const links = await readLinks(edges, (text) => notes.push(text))
  const groups = options.groups === undefined ? undefined : await readGroups(options.groups, links)
  const rows = methods.map((method) => rowOf(method, links.graph, groups, options))
  const json: CommunitiesJson = {
    ...{ task: 'communities', data: edges, change, seeds, notes, rows },
    sizes: {
      people: links.ids.size,
      ties: links.graph.neighbours.length / 2,
      groups: groups ? new Set(groups).size : 0,
    },
  }
  return { table: tableOf(json), json }
}

function rowOf(
  { name, refines, startsFromBefore }: Method,
  graph: Graph,
  groups: Int32Array | undefined,
  { change, seeds, clock }: CommunitiesOptions,
): CommunitiesRow {
  const values = new Map<string, number[]>()
  const note = (metric: string, value: number): void => {
    values.set(metric, [...(values.get(metric) ?? []), value])
  }
  let seconds = 0
  for (let seed = 1; seed <= seeds; seed++) {
    const random = seededRandom(seed)
    const began = clock()
    const found = leiden(graph, { random, refines })
    seconds += (clock() - began) / 1000 / seeds
    const later = leiden(changed(graph, change, seededRandom(seed + 2 ** 32)), {
      random,
      refines,
      ...(startsFromBefore ? { start: found } : {}),
    })
    if (groups) note('nmi', normalisedMutualInformation(found, groups))
    note('modularity', modularity(graph, found))
    note('ari after change', adjustedRandIndex(found, later))
    note('communities', new Set(found).size)
  }
  const metrics = Object.fromEntries(
    [...values].map(([metric, of]) => [metric, { mean: mean(of), sd: standardDeviation(of) }]),
  )
  return { model: name, metrics, seconds }
}

/** So many ties go, and as many new ones between any two come. */
function changed(graph: Graph, share: number, random: Random): Graph {
  const { graph: rest, hidden } = holdOut(graph, { share, random })
  const from: number[] = []
  const to: number[] = []
  for (let node = 0; node < rest.size; node++) {
    for (let place = rest.starts[node]!; place < rest.starts[node + 1]!; place++) {
      if (rest.neighbours[place]! < node) continue
      from.push(node)
      to.push(rest.neighbours[place]!)
    }
  }
  for (let tie = 0; tie < hidden.from.length; tie++) {
    from.push(integer(random, 0, graph.size))
    to.push(integer(random, 0, graph.size))
  }
  return graphOf({ size: graph.size, from, to })
}

/** @returns [nodes] group of each; whoever the file does not name is in a group of strangers */
async function readGroups(path: string, { ids }: Links): Promise<Int32Array> {
  const { of, body } = columnsOf(linesOf(path, await readText(path)), ['id', 'text'], [])
  const numbers = new Map<string, number>()
  const groups = new Int32Array(ids.size).fill(-1)
  for (const { cells } of body) {
    const person = ids.number(cells[of.get('id') ?? 0] ?? '')
    const name = cells[of.get('text') ?? 1]
    if (person === undefined || name === undefined) continue
    if (!numbers.has(name)) numbers.set(name, numbers.size)
    groups[person] = numbers.get(name)!
  }
  if (numbers.size > 0) return groups.map((group) => (group < 0 ? numbers.size : group))
  throw new KithError(
    'invalid-input',
    `"${path}" names nobody of the ties. Give lines of an id and its group, with the ids of --edges.`,
  )
}

function tableOf({ data, rows, sizes, change, seeds, notes }: CommunitiesJson): string {
  const metrics = Object.keys(rows[0]?.metrics ?? {})
  const cell = ({ mean: value, sd }: Spread): string =>
    value >= 2 ? value.toFixed(0) : `${value.toFixed(4)} ± ${sd.toFixed(4)}`
  return [
    `${data} · ${sizes.people} people · ${sizes.ties} ties · ${sizes.groups} known groups · seeds ${seeds}`,
    `after change: ${Math.round(100 * change)} % of the ties go, as many between any two come`,
    '',
    aligned([
      ['model', ...metrics, 's'],
      ...rows.map(({ model, metrics: of, seconds }) => [
        model,
        ...metrics.map((metric) => cell(of[metric]!)),
        seconds.toFixed(2),
      ]),
    ]),
    ...notes.map((note) => `note: ${note}`),
  ].join('\n')
}
