/** The feeds of items, with every weight in one place. `people` is made in `relations/people.ts`. */
import type { FeedName } from '../domain/page.ts'
import { defaultBounds, type PageBounds } from '../domain/page-bounds.ts'
import type { ActionModel } from '../learn/actions/action-model.ts'
import type { Feed } from './feed.ts'
import { blocked } from './filters/blocked.ts'
import { duplicate } from './filters/duplicate.ts'
import { excluded } from './filters/excluded.ts'
import { hidden } from './filters/hidden.ts'
import { language } from './filters/language.ts'
import { muted } from './filters/muted.ts'
import { own } from './filters/own.ts'
import { privateItems } from './filters/private.ts'
import { removed } from './filters/removed.ts'
import { seen } from './filters/seen.ts'
import { spam } from './filters/spam.ts'
import { unsafe } from './filters/unsafe.ts'
import type { Learned } from './learned/learned.ts'
import { diversity } from './rerankers/diversity.ts'
import { pageBounds } from './rerankers/page-bounds.ts'
import { author } from './scorers/author.ts'
import { closeness } from './scorers/closeness.ts'
import { dislike } from './scorers/dislike.ts'
import { endorsed } from './scorers/endorsed.ts'
import { freshness } from './scorers/freshness.ts'
import { graph } from './scorers/graph.ts'
import { learned as learnedScore } from './scorers/learned.ts'
import { mood } from './scorers/mood.ts'
import { newcomer } from './scorers/newcomer.ts'
import { outrage } from './scorers/outrage.ts'
import { popularity, trend } from './scorers/popularity.ts'
import { quality } from './scorers/quality.ts'
import { tallied as talliedScore } from './scorers/tallied.ts'
import { taste } from './scorers/taste.ts'
import { trust } from './scorers/trust.ts'
import { explore } from './sources/explore.ts'
import { following } from './sources/following.ts'
import { fresh } from './sources/fresh.ts'
import { learned } from './sources/learned.ts'
import { similar } from './sources/similar.ts'
import { tallied } from './sources/tallied.ts'
import { trending } from './sources/trending.ts'
import { foretelling } from './value/foretelling.ts'
import type { Valuer } from './value/valuer.ts'
import { weighing } from './value/weighing.ts'

export type ItemFeedName = Exclude<FeedName, 'people'>

/** What is of no use to this person in any feed. */
const useless = () => [excluded(), removed(), hidden()]

/** What this person may or will not see, in any feed. */
const forbidden = ({ unsafeAbove, spamAbove }: Limits) => [
  blocked(),
  muted(),
  privateItems(),
  unsafe(unsafeAbove),
  spam(spamAbove),
  language(),
]

/** From which probability on the operator wants items dropped; 1 = never. */
export interface Limits {
  readonly unsafeAbove?: number | undefined
  readonly spamAbove?: number | undefined
}

export interface FeedOptions {
  /** What it foretells, where it does, orders `home` instead of the weights written here. */
  readonly learned?: Pick<Learned, 'actions'> | undefined
  /** Sources and scorers of `home` that are left out, for ablations. */
  readonly without?: readonly string[]
  readonly limits?: Limits | undefined
  /** Of the pages of `home` and `trending`. */
  readonly bounds?: PageBounds | undefined
}

/** For feeds where nearness is what is asked for. */
const authorsOnly: PageBounds = {
  ...defaultBounds,
  ...{ sadShare: 1, angryShare: 1, topicShare: 1, smallShare: 0 },
}

export function createFeeds({
  learned: model,
  without = [],
  limits = {},
  bounds = defaultBounds,
}: FeedOptions = {}): Readonly<Record<ItemFeedName, Feed>> {
  return {
    home: valued(lessOf(home(limits, bounds), without), model),
    related: related(limits),
    trending: trendingFeed(limits, bounds),
    latest: latest(limits),
  }
}

function lessOf(feed: Feed, without: readonly string[]): Feed {
  return {
    ...feed,
    sources: feed.sources.filter(({ source }) => !without.includes(source.name)),
    scorers: feed.scorers.filter(({ scorer }) => !without.includes(scorer.name)),
  }
}

/** Asked for at each request, so that a model that comes into service counts from the next page on. */
function valued(feed: Feed, model: FeedOptions['learned']): Feed {
  const names = feed.scorers.map(({ scorer }) => scorer.name)
  const untrained = weighing(feed.scorers, { heedsWishes: true })
  let made: { actions: ActionModel | undefined; valuer: Valuer } | undefined
  return {
    ...feed,
    get valuer() {
      const actions = model?.actions
      if (made?.actions !== actions || !made) {
        made = { actions, valuer: actions ? foretelling(actions, names) : untrained }
      }
      return made.valuer
    },
  }
}

/** What this person would care about now. */
function home(limits: Limits, bounds: PageBounds): Feed {
  return {
    name: 'home',
    sources: [
      { source: tallied('alike'), share: 80 },
      { source: tallied('kindred'), share: 140 },
      { source: learned(), share: 150 },
      { source: tallied('circle'), share: 80 },
      { source: following(), share: 40 },
      { source: similar(), share: 60 },
      { source: trending(), share: 30 },
      { source: fresh(), share: 30 },
      { source: explore(), share: 8 },
    ],
    filters: [...useless(), own(), seen(), ...forbidden(limits)],
    lateFilters: [duplicate()],
    scorers: [
      { scorer: talliedScore('alike'), weight: 0.5 },
      { scorer: talliedScore('kindred'), weight: 1 },
      { scorer: learnedScore(), weight: 1 },
      { scorer: talliedScore('circle'), weight: 0.2 },
      { scorer: taste(), weight: 0.3 },
      { scorer: dislike(), weight: -0.6 },
      { scorer: author(), weight: 0.3 },
      // Of these it must be learned what they are worth.
      { scorer: closeness(), weight: 0 },
      { scorer: trust(), weight: 0 },
      { scorer: endorsed(), weight: 0 },
      { scorer: graph(), weight: 0 },
      { scorer: freshness({ halfAgeHours: 24 }), weight: 0.5 },
      // These two count where training finds that they should: in networks that live by the minute.
      { scorer: freshness({ halfAgeHours: 0.5, name: 'just-now' }), weight: 0 },
      { scorer: newcomer(), weight: 0 },
      { scorer: trend(), weight: 0.1 },
      { scorer: popularity(), weight: 0.05 },
      { scorer: quality(), weight: 0.05 },
      { scorer: mood(), weight: 0.15 },
      // Below 0, so that training never finds anger worth more.
      { scorer: outrage(), weight: -0.1 },
    ],
    rerankers: [
      diversity({ strength: 0.25, window: 120 }),
      pageBounds({ bounds, exploration: { source: 'explore', every: 12 } }),
    ],
  }
}

/** What goes with one item, by its text and by behaviour. */
function related(limits: Limits): Feed {
  return {
    name: 'related',
    sources: [
      { source: tallied('alike'), share: 200 },
      { source: similar(), share: 200 },
      { source: fresh(), share: 40 },
    ],
    filters: [...useless(), ...forbidden(limits)],
    lateFilters: [duplicate()],
    scorers: [
      { scorer: taste(), weight: 1 },
      { scorer: talliedScore('alike'), weight: 1 },
      { scorer: dislike(), weight: -0.4 },
      { scorer: popularity(), weight: 0.05 },
      { scorer: quality(), weight: 0.05 },
    ],
    rerankers: [pageBounds({ bounds: { ...authorsOnly, authorApart: 2, authorMost: 8 } })],
  }
}

/** What everybody engages with now; the same for all but for what must not be shown. */
function trendingFeed(limits: Limits, bounds: PageBounds): Feed {
  return {
    name: 'trending',
    sources: [
      { source: trending(), share: 400 },
      { source: fresh(), share: 100 },
    ],
    filters: [...useless(), ...forbidden(limits)],
    lateFilters: [duplicate()],
    scorers: [
      { scorer: trend(), weight: 1 },
      { scorer: popularity(), weight: 0.3 },
      { scorer: freshness({ halfAgeHours: 24 }), weight: 0.1 },
    ],
    // What everybody looks at may be of one topic, and famous; it may not be all gloom.
    rerankers: [pageBounds({ bounds: { ...bounds, topicShare: 1, smallShare: 0 } })],
  }
}

/** Everything the person may see, newest first. */
function latest(limits: Limits): Feed {
  return {
    name: 'latest',
    sources: [
      { source: fresh(), share: 300 },
      { source: following(), share: 300 },
    ],
    filters: [...useless(), ...forbidden(limits)],
    lateFilters: [duplicate()],
    scorers: [{ scorer: freshness({ halfAgeHours: 24 }), weight: 1 }],
    rerankers: [],
  }
}
