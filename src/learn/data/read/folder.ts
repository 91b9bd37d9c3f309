/** Folders of well-known public data sets, told apart by the files in them; each has its protocol. */
import { readdir } from 'node:fs/promises'
import { basename } from 'node:path'
import { KithError } from '../../../errors.ts'
import type { Interaction, Interests, ItemFacts, Note, Tie } from '../dataset.ts'
import type { Ratios } from '../split.ts'
import { readFixedLists, readFixedPairs } from './fixed-parts.ts'
import { readHistoriesFolder } from './histories.ts'
import { readLastfm } from './lastfm.ts'
import { readMovieLens } from './movielens.ts'
import { readWeibo } from './weibo.ts'

export interface FolderData {
  readonly name: string
  readonly interactions: readonly Interaction[]
  /** With a test part the parts are given, and `interactions` is the training part. */
  readonly valid?: readonly Interaction[] | undefined
  readonly test?: readonly Interaction[] | undefined
  /** Absent where ties show only in the interactions (`viaUserId`). */
  readonly ties?: readonly Tie[] | undefined
  readonly items?: readonly ItemFacts[] | undefined
  readonly interests?: Interests | undefined
  readonly protocol?: Protocol | undefined
}

/** How numbers on this data set are published, where that differs from the defaults. */
export interface Protocol {
  readonly ratios?: Ratios | undefined
  /** True: the published models were fitted on training and validation together. */
  readonly fitsValid?: boolean | undefined
}

export interface FolderOptions {
  /** False: texts of items are their names alone, without what people wrote about them. */
  readonly usesTags?: boolean | undefined
  readonly note?: Note | undefined
}

type Reader = (path: string, options: FolderOptions) => Promise<Omit<FolderData, 'name'>>

interface KnownFolder {
  /** All of them are there. */
  readonly files: readonly string[]
  readonly like: string
  readonly read: Reader
}

/** The first that fits is read. */
const known: readonly KnownFolder[] = [
  { files: ['user_artists.dat'], like: 'lastfm', read: readLastfm },
  { files: ['events.jsonl.gz'], like: 'weibo', read: readWeibo },
  {
    files: ['train-histories.tsv.gz', 'items.tsv'],
    like: 'llm-games',
    read: readHistoriesFolder,
  },
  { files: ['u.data'], like: 'ml-100k', read: readMovieLens },
  { files: ['train_set.txt', 'test_set.txt'], like: 'lastfm-8-2', read: readFixedPairs },
  { files: ['train.txt', 'test.txt'], like: 'gowalla', read: readFixedLists },
]

/** @throws KithError `not-found`, or `invalid-input` when no known data set lies there */
export async function readFolder(path: string, options: FolderOptions = {}): Promise<FolderData> {
  const present = await readdir(path).catch((cause: unknown) => {
    throw new KithError('not-found', `Cannot list the folder "${path}".`, { cause })
  })
  const found = known.find(({ files }) => files.every((file) => present.includes(file)))
  if (found) return { name: basename(path), ...(await found.read(path, options)) }
  const wanted = known.map(({ files, like }) => `${files.join(' and ')} (as ${like})`).join(', ')
  const advice = 'Give plain files with --train, --test and --social instead.'
  throw new KithError(
    'invalid-input',
    `No known data set in "${path}": it has none of ${wanted}. ${advice}`,
  )
}
