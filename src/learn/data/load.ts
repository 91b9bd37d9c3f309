/** From files or a folder to the parts of an evaluation, with everything that was repaired said. */
import { KithError } from '../../errors.ts'
import { type Random, seededRandom } from '../../math/random.ts'
import { type Csr, rowColumns, rowLength, rowOfEntries, union } from './csr.ts'
import {
  activeUsers,
  catalogueOf,
  type Dataset,
  datasetOf,
  type Interaction,
  type Interests,
  type ItemFacts,
  type Note,
  subset,
  type Tie,
  tiesOf,
  viaTies,
} from './dataset.ts'
import { type Protocol, readFolder } from './read/folder.ts'
import { readInteractions, readItems, readTies } from './read/read.ts'
import {
  leaveOneOut,
  type Ratios,
  randomSplit,
  randomSplitOfAll,
  type Split,
  timeSplit,
} from './split.ts'
import { coldItemsSplit, coldPeopleSplit } from './split-cold.ts'

export interface DataPaths {
  /** A folder of a known data set, instead of files. */
  readonly folder?: string | undefined
  readonly train?: string | undefined
  readonly valid?: string | undefined
  readonly test?: string | undefined
  readonly social?: string | undefined
  readonly items?: string | undefined
  /** False: texts of a folder's items are names alone, without tags. */
  readonly usesTags?: boolean | undefined
}

export interface RawData {
  readonly name: string
  readonly train: readonly Interaction[]
  readonly valid?: readonly Interaction[] | undefined
  readonly test?: readonly Interaction[] | undefined
  readonly ties?: readonly Tie[] | undefined
  readonly items?: readonly ItemFacts[] | undefined
  /** A questionnaire, where the data set has something that stands for one. */
  readonly interests?: Interests | undefined
  /** What is published for this data set, in place of the defaults. */
  readonly protocol?: Protocol | undefined
}

export async function loadData(paths: DataPaths, note: Note): Promise<RawData> {
  if (paths.folder !== undefined) {
    const { interactions: train, ...rest } = await readFolder(paths.folder, { ...paths, note })
    return { ...rest, train }
  }
  if (paths.train === undefined) {
    throw new KithError(
      'invalid-input',
      'Nothing to learn from: give a file with --train, or the folder of a known data set.',
    )
  }
  const { layout, interactions: train } = await readInteractions(paths.train, { note })
  const part = async (path: string | undefined): Promise<readonly Interaction[] | undefined> =>
    path === undefined ? undefined : (await readInteractions(path, { layout, note })).interactions
  return {
    name: paths.train,
    train,
    valid: await part(paths.valid),
    test: await part(paths.test),
    ties: paths.social === undefined ? undefined : await readTies(paths.social),
    items: paths.items === undefined ? undefined : await readItems(paths.items),
  }
}

/**
 * `random` cuts each person's interactions, `random-all` those of everybody together; `cold-items` and
 * `cold-people` hold out whole items or people.
 */
export const splitNames = [
  ...(['files', 'random', 'random-all', 'leave-one-out', 'time'] as const),
  ...(['cold-items', 'cold-people'] as const),
] as const
export type SplitName = (typeof splitNames)[number]

/** @returns the parts by seed; a split that uses no chance gives the same ones each time */
export function splitterOf(
  data: RawData,
  name: SplitName,
  ratios: Ratios,
  note: Note,
): (seed: number) => Split {
  if (name === 'files') {
    const split = filesSplit(data, note)
    return () => split
  }
  const whole = wholeOf(data, note)
  if (name === 'time') {
    const split = splitByTime(data, whole, ratios, note)
    return () => split
  }
  if (data.ties === undefined && data.train.some(({ viaUserId }) => viaUserId !== undefined)) {
    note(
      'ties show only in the interactions: a split that is not by time would leak them, so none are used',
    )
  }
  const cut = cuts[name]
  return (seed) => cut(whole, ratios, seededRandom(seed))
}

type Cut = (whole: Dataset, ratios: Ratios, random: Random) => Split

const cuts: Readonly<Record<Exclude<SplitName, 'files' | 'time'>, Cut>> = {
  random: randomSplit,
  'random-all': randomSplitOfAll,
  'leave-one-out': (whole, _ratios, random) => leaveOneOut(whole, random),
  'cold-items': coldItemsSplit,
  'cold-people': coldPeopleSplit,
}

function wholeOf({ train, ties, items, interests }: RawData, note: Note): Dataset {
  const catalogue = catalogueOf({ interactions: train, ties, items, interests }, note)
  const whole = datasetOf(train, catalogue, note)
  refuseTooSmall(whole)
  return whole
}

/** Ties that show in interactions are taken from the training part only. */
function splitByTime(data: RawData, whole: Dataset, ratios: Ratios, note: Note): Split {
  const split = timeSplit(whole, ratios)
  if (data.ties) return split
  const early = data.train.filter(({ at }) => at !== undefined && at < split.trainUntil)
  const shown = viaTies(early)
  if (shown.length === 0) return split
  const ties = tiesOf(shown, whole.users, note)
  return { ...split, train: { ...split.train, ties } }
}

function filesSplit({ train, valid = [], test, ties, items }: RawData, note: Note): Split {
  if (!test) {
    throw new KithError(
      'invalid-input',
      'The split "files" needs a test file: give it with --test, or choose --split random, leave-one-out or time.',
    )
  }
  const all = [...train, ...valid, ...test]
  const catalogue = catalogueOf({ interactions: all, ties, items }, note)
  const parts = {
    train: datasetOf(train, catalogue, note),
    valid: datasetOf(valid, catalogue, note),
    test: datasetOf(test, catalogue, note),
  }
  refuseTooSmall(parts.train)
  const known = union(parts.train.interactions, parts.valid.interactions)
  tellUnseen(parts.train.interactions, parts.test, note)
  return { ...parts, test: withoutKnown(parts.test, known, note) }
}

/** What a person already has cannot be recommended to them, so it cannot be tested. */
function withoutKnown(test: Dataset, known: Csr, note: Note): Dataset {
  const rowOf = rowOfEntries(test.interactions)
  const isKnown = test.interactions.columnOf.map((item, entry) =>
    rowColumns(known, rowOf[entry]!).includes(item) ? 1 : 0,
  )
  const count = isKnown.reduce((sum, one) => sum + one, 0)
  if (count === 0) return test
  note(`${count} test pairs stand in the training or validation part too: left out of the test`)
  return subset(test, (entry) => isKnown[entry] === 0)
}

function tellUnseen(train: Csr, test: Dataset, note: Note): void {
  const people = activeUsers(test).filter((user) => rowLength(train, user) === 0).length
  const seen = new Set(train.columnOf)
  const items = new Set(test.interactions.columnOf.filter((item) => !seen.has(item))).size
  if (people > 0) note(`${people} test people are unseen in training: they are tested all the same`)
  if (items > 0)
    note(`${items} test items are unseen in training: they can be found by side information only`)
}

function refuseTooSmall({ users, items }: Dataset): void {
  if (users.size >= 2 && items.size >= 2) return
  throw new KithError(
    'invalid-input',
    `The data has ${users.size} person(s) and ${items.size} item(s); at least 2 of each are needed to compare recommendations.`,
  )
}
