/**
 * Files of a re-ranking task, as RUCAIBox/LLMRank lays them out: `user TAB history TAB target`, `user TAB candidates`,
 * `id TAB text`; lists are items with spaces between.
 */
import { KithError } from '../../errors.ts'
import type { Note } from '../data/dataset.ts'
import { idsOf } from '../data/ids.ts'
import { badLine, type Line, linesOf, readText } from '../data/read/lines.ts'
import { numbersOf, readItemWords, wordsOf } from '../next/read-sequences.ts'
import type { Cases, Sequences } from '../next/sequences.ts'

export interface RerankPaths {
  readonly histories: string
  readonly candidates: string
  readonly items?: string | undefined
  /** Other people's histories, to learn from. */
  readonly trainHistories?: string | undefined
}

export interface RerankTask {
  /** Train histories with their last item, and the asked people's without their targets. */
  readonly train: Sequences
  readonly test: Required<Cases>
  /** How many of `train`'s lines are people who are asked about; they stand last. */
  readonly asked: number
}

interface HistoryLine {
  readonly userId: string
  readonly history: readonly string[]
  readonly target: string
}

/** @param among candidates a person chooses from: the target and the first others of their list */
export async function readRerank(
  paths: RerankPaths,
  among: number,
  note: Note,
): Promise<RerankTask> {
  const asked = await readHistories(paths.histories)
  const others = paths.trainHistories === undefined ? [] : await readHistories(paths.trainHistories)
  const candidates = await readCandidates(paths.candidates)
  const known = paths.items === undefined ? [] : await readItemWords(paths.items)
  const lists = asked.map((line) => choicesOf(line, candidates, among, paths.candidates))
  const items = idsOf(
    others.flatMap(({ history, target }) => [...history, target]),
    asked.flatMap(({ history, target }) => [...history, target]),
    lists.flat(),
    known.map(({ itemId }) => itemId),
  )
  tellShared(asked, others, note)
  const train = {
    items,
    lines: [
      ...others.map(({ history, target }) => numbersOf([...history, target], items)),
      ...asked.map(({ history }) => numbersOf(history, items)),
    ],
    words: known.length > 0 ? wordsOf(known, items, note) : undefined,
  }
  return { train, test: casesOf(asked, lists, items), asked: asked.length }
}

function casesOf(
  asked: readonly HistoryLine[],
  lists: readonly (readonly string[])[],
  items: Sequences['items'],
): Required<Cases> {
  return {
    histories: asked.map(({ history }) => numbersOf(history, items)),
    targets: Int32Array.from(asked, ({ target }) => items.number(target)!),
    candidates: lists.map((list) => numbersOf(list, items)),
  }
}

/** People who are both asked about and learned from would be known twice. */
function tellShared(asked: readonly HistoryLine[], others: readonly HistoryLine[], note: Note) {
  const ids = new Set(others.map(({ userId }) => userId))
  const shared = asked.filter(({ userId }) => ids.has(userId)).length
  if (shared > 0) note(`${shared} people of the test stand in the training histories too`)
}

function isHeader({ cells }: Line): boolean {
  return /user/i.test(cells[0] ?? '') && cells.slice(1).some((cell) => /item|list/i.test(cell))
}

async function readHistories(path: string): Promise<HistoryLine[]> {
  const lines = linesOf(path, await readText(path), 'tab')
  return (isHeader(lines[0]!) ? lines.slice(1) : lines).map(({ number, cells }) => {
    const [userId, history = '', target = ''] = cells
    if (!userId) throw badLine(path, number, 'has no person in the first cell.')
    if (target === '')
      throw badLine(path, number, 'needs person, history and target, tabs between.')
    return { userId, history: listOf(history), target }
  })
}

async function readCandidates(path: string): Promise<Map<string, string[]>> {
  const lines = linesOf(path, await readText(path), 'tab')
  return new Map(
    (isHeader(lines[0]!) ? lines.slice(1) : lines).map(({ number, cells: [userId, list = ''] }) => {
      if (!userId || list === '')
        throw badLine(path, number, 'needs a person, a tab and candidates.')
      return [userId, listOf(list)]
    }),
  )
}

function listOf(cell: string): string[] {
  return cell.split(/[\s,]+/).filter((id) => id !== '')
}

function choicesOf(
  { userId, target }: HistoryLine,
  candidates: ReadonlyMap<string, readonly string[]>,
  among: number,
  path: string,
): string[] {
  const list = candidates.get(userId)
  if (!list) {
    throw new KithError(
      'invalid-input',
      `"${path}" has no candidates for the person "${userId}": give one line for each history.`,
    )
  }
  return [...new Set(list)]
    .filter((id) => id !== target)
    .slice(0, among - 1)
    .concat(target)
}
