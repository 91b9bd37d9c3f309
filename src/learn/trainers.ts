/** Every row that `--models` can name, static and live. A new trainer is one file and one line here. */
import type { Tie } from './data/dataset.ts'
import { liveFriends } from './replay/friends.ts'
import { liveItemKnn } from './replay/item-knn.ts'
import type { LiveRanker } from './replay/live-ranker.ts'
import { livePopular, liveRecent } from './replay/popular.ts'
import { liveRandom } from './replay/random.ts'
import { type Tunable, trainerOf } from './search/space.ts'
import type { Trainer } from './trainer.ts'
import { alsTrainer, alsTunable } from './trainers/als.ts'
import { blendTrainer } from './trainers/blend.ts'
import { bprTrainer, bprTunable } from './trainers/bpr.ts'
import { contentTrainer } from './trainers/content.ts'
import { contrastiveTrainer, contrastiveTunable } from './trainers/contrastive.ts'
import { easeTrainer, easeTunable } from './trainers/ease.ts'
import { friendsTrainer } from './trainers/friends.ts'
import { fusedTrainer } from './trainers/fused.ts'
import { gfCfTrainer, gfCfTunable, gfCfWideTrainer } from './trainers/gf-cf.ts'
import { itemKnnTrainer, itemKnnTunable } from './trainers/item-knn.ts'
import { lightgcnTrainer, lightgcnTunable } from './trainers/lightgcn.ts'
import { popularTrainer } from './trainers/popular.ts'
import { randomTrainer } from './trainers/random.ts'
import { ridgeTrainer, ridgeTunable } from './trainers/ridge.ts'
import { sequenceTrainer } from './trainers/sequence.ts'
import { socialTrainer, socialTunable } from './trainers/social.ts'

/** What a blend may be of. */
const members: readonly Trainer[] = [
  popularTrainer(),
  friendsTrainer(),
  itemKnnTrainer(),
  gfCfTrainer(),
  gfCfWideTrainer(),
  easeTrainer(),
  ridgeTrainer(),
  alsTrainer(),
  bprTrainer(),
  lightgcnTrainer(),
  contrastiveTrainer(),
  socialTrainer(),
  contentTrainer(),
  fusedTrainer(),
]

/** Trainers whose options can be named (`gf-cf:components=64`) and searched. */
export const tunables: readonly Tunable[] = [
  itemKnnTunable,
  gfCfTunable,
  easeTunable,
  ridgeTunable,
  lightgcnTunable,
  contrastiveTunable,
  socialTunable,
  alsTunable,
  bprTunable,
]

export const trainers: readonly Trainer[] = [
  randomTrainer(),
  ...members,
  sequenceTrainer(),
  blendTrainer({ members }),
]

/**
 * A trainer by its name, with options (`gf-cf:components=64`), or a blend of some (`blend:gf-cf+ridge:ridge=30`).
 * @throws KithError `invalid-input` for a name or an option that does not exist
 */
export function trainerOfSpec(spec: string): Trainer {
  const named = trainers.find(({ name }) => name === spec)
  if (named) return named
  if (!spec.startsWith(blendPrefix)) return trainerOf(spec, tunables)
  const parts = spec.slice(blendPrefix.length).split('+')
  return { ...blendTrainer({ members: parts.map(trainerOfSpec) }), name: spec }
}

const blendPrefix = 'blend:'

/** Rows of a replay, where `recent` stands beside `popular`. @param ties known before the first event */
export function liveRankersOf(ties: readonly Tie[]): LiveRanker[] {
  return [liveRandom(), livePopular(), liveRecent(), liveFriends({ ties }), liveItemKnn()]
}
