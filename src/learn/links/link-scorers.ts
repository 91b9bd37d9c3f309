/** Every row that `kith evaluate links` can name. A new one is one file and one line here. */
import { KithError } from '../../errors.ts'
import { blendScorer } from './blend.ts'
import { graphScorer } from './graph-embedding.ts'
import { type LinkScorer, scoresOf } from './links.ts'
import { neighbourhoodScorers } from './neighbourhood.ts'
import { spectralScorer } from './spectral.ts'
import { walkScorers } from './walks.ts'

const randomScorer: LinkScorer = {
  name: 'random',
  score: async (_graph, pairs, { random }) => scoresOf(pairs, () => random()),
}

const linkScorers: readonly LinkScorer[] = [
  randomScorer,
  ...neighbourhoodScorers,
  ...walkScorers,
  spectralScorer,
  graphScorer,
  blendScorer('blend', { against: 'strangers' }),
  blendScorer('blend-near', { against: 'two-away' }),
  blendScorer('blend-graph', { against: 'strangers', usesGraph: true }),
]

export const linkScorerNames: readonly string[] = linkScorers.map(({ name }) => name)

/** @throws KithError `invalid-input` for a name that is not there, with those that are */
export function linkScorersNamed(names: readonly string[]): LinkScorer[] {
  return [...new Set(names)].map((name) => {
    const scorer = linkScorers.find((one) => one.name === name)
    if (scorer) return scorer
    const known = linkScorerNames.join(', ')
    throw new KithError('invalid-input', `There is no model "${name}" here; there are: ${known}.`)
  })
}
