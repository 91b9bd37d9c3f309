/** Who lives in the sample city: language, district, hidden tastes, how active they are and when. */
import type { User } from '../../domain/user.ts'
import { integer, normal, type Random, weightedChoice } from '../../math/random.ts'
import { type CityLanguage, pick } from './compose.ts'
import { nameIn } from './names.ts'
import { places } from './places.ts'
import { topics } from './topics.ts'

export interface Resident {
  readonly user: User
  readonly languages: readonly CityLanguage[]
  /** Number of the district, which is also the community. */
  readonly district: number
  /** How much each topic draws them; sums to 1, mostly zeros. [topics] */
  readonly taste: Float32Array
  /** The mood they write in more often and like better. */
  readonly mood: number
  /** Power law: 1 is usual, some are twenty times as active. */
  readonly activity: number
  /** The hour of the day, UTC, around which they are awake and online. */
  readonly hour: number
}

const day = 86_400_000
const favouritesOfDistrict = 8
const mostActive = 20

export function makePeople(
  count: number,
  now: Date,
  moodCount: number,
  random: Random,
): Resident[] {
  const favourites = places.map(() =>
    Array.from({ length: favouritesOfDistrict }, () => integer(random, 0, topics.length)),
  )
  return Array.from({ length: count }, (_, index) => {
    const district = index % places.length
    const languages = languagesIn(district, random)
    const taste = tasteOf(favourites[district] ?? [], random)
    return {
      user: userOf(index, { languages, district, taste }, now, random),
      languages,
      district,
      taste,
      mood: integer(random, 0, moodCount),
      activity: Math.min(mostActive, (1 - random()) ** (-1 / 1.6)),
      hour: (random() < 0.7 ? 19 : 7) + 2 * normal(random),
    }
  })
}

function languagesIn(district: number, random: Random): CityLanguage[] {
  if (random() < 0.12) return ['en', 'zh']
  return [random() < (places[district]?.chineseShare ?? 0.5) ? 'zh' : 'en']
}

/** Two to five topics, half of them from what the district likes, each weaker than the last. */
function tasteOf(favourites: readonly number[], random: Random): Float32Array {
  const taste = new Float32Array(topics.length)
  const count = integer(random, 2, 6)
  let total = 0
  for (let nth = 0; nth < count; nth++) {
    const isLocal = random() < 0.5 && favourites.length > 0
    const topic = isLocal ? pick(favourites, random) : integer(random, 0, topics.length)
    const strength = (0.5 + random()) / (nth + 1)
    taste[topic] = (taste[topic] ?? 0) + strength
    total += strength
  }
  return taste.map((strength) => strength / total)
}

function userOf(
  index: number,
  { languages, district, taste }: Pick<Resident, 'languages' | 'district' | 'taste'>,
  now: Date,
  random: Random,
): User {
  const language = pick(languages, random)
  return {
    id: `city-${index + 1}`,
    name: nameIn(language, random).full,
    bio: bioOf(language, district, taste),
    createdAt: new Date(now.getTime() - (40 + integer(random, 0, 600)) * day),
    languages: [...languages],
    isPrivate: false,
    allowsUnsafe: false,
    isSample: true,
  }
}

function bioOf(language: CityLanguage, district: number, taste: Float32Array): string {
  const labels = strongest(taste, 2).map((topic) => topics[topic]?.[language].label ?? '')
  const home = places[district]?.name[language] ?? ''
  return language === 'zh'
    ? `${labels.join('、')}。住在${home}。`
    : `${labels.join(' and ').replace(/^./, (letter) => letter.toUpperCase())}. Lives at ${home}.`
}

export function strongest(taste: Float32Array, count: number): number[] {
  const order = [...taste.keys()].filter((topic) => (taste[topic] ?? 0) > 0)
  return order.sort((a, b) => (taste[b] ?? 0) - (taste[a] ?? 0)).slice(0, count)
}

/** A topic, each as likely as the person's taste for it; now and then any at all. */
export function topicFor(taste: Float32Array, random: Random): number {
  return random() < 0.08 ? integer(random, 0, taste.length) : weightedChoice(random, taste)
}
