/** Every sentence an explanation can say, in each language. Facts are decided in `explain.ts`. */
import type { Action } from '../domain/event.ts'
import type { Locale } from '../domain/page.ts'
import { moverOf } from './movers.ts'

/** A few of the people behind something, and how many there are in all. */
export interface Crowd {
  readonly names: readonly string[]
  readonly total: number
}

export interface Phrases {
  taste(title: string, action: Action | undefined): string
  relatedText(title: string): string
  alike(title: string, action: Action | undefined): string
  relatedBehaviour(title: string): string
  circle(crowd: Crowd): string
  kindred(count: number): string
  learned(title: string, action: Action | undefined): string
  learnedFromCircle(): string
  calming(): string
  cheerful(): string
  learnedFromSaid(words: string): string
  /** Of what the person said they care about. */
  said(words: string): string
  tiedAuthor(name: string): string
  knownAuthor(name: string): string
  fresh(ageHours: number): string
  popular(engagements: number): string
  chance(): string
  plain(): string
  /** What the score would be without one part. */
  withoutPart(change: PartChange): string
  /** That it stands elsewhere than by its score alone, and what moved it there. */
  moved(move: { readonly by: string; readonly rank: number; readonly alone: number }): string
  mutual(crowd: Crowd): string
  sharedItems(titles: readonly string[]): string
  sharedSubjects(tags: readonly string[]): string
  wroteItems(titles: readonly string[]): string
  /** Words of the person for what the other writes or engages with. */
  sharedWords(words: readonly string[]): string
  nearInGraph(): string
  followsYou(): string
  wellKnown(count: number): string
  join(sentences: readonly string[]): string
}

export interface PartChange {
  readonly part: string
  readonly value: number
  readonly score: number
  readonly rank: number
  readonly rankWithout: number
  readonly of: number
}

const pastEn: Partial<Record<Action, string>> = {
  view: 'saw',
  dwell: 'spent time on',
  like: 'liked',
  reply: 'replied to',
  repost: 'reposted',
  quote: 'quoted',
  share: 'shared',
  click: 'opened',
  more: 'asked for more of',
  purchase: 'bought',
}
const pastZh: Partial<Record<Action, string>> = {
  view: '看过',
  dwell: '细看过',
  like: '赞过',
  reply: '回复过',
  repost: '转发过',
  quote: '引用过',
  share: '分享过',
  click: '点开过',
  more: '想多看',
  purchase: '买过',
}
const partsEn: Readonly<Record<string, string>> = {
  alike: 'what goes together with things you engaged with',
  kindred: 'what people of your taste engaged with',
  learned: 'what was learnt from everybody’s choices',
  circle: 'what your ties engaged with',
  taste: 'closeness to what you care about',
  author: 'your relation to its author',
  closeness: 'being close to its author',
  trust: 'trust in its author along your ties',
  endorsed: 'people you can rely on having engaged with it',
  freshness: 'being new',
  'just-now': 'being from just now',
  newcomer: 'not having been met by anybody yet',
  popularity: 'being popular',
  trend: 'being popular right now',
  quality: 'being well made',
  mood: 'suiting your present mood',
  mutual: 'ties you have in common',
  interest: 'items you both engaged with',
  graph: 'standing near you among everybody’s ties and words',
  writing: 'writing about the same',
  'follows-you': 'following you',
  known: 'being well known',
}
const partsZh: Readonly<Record<string, string>> = {
  alike: '与你互动过的内容常一起出现',
  kindred: '兴趣相近的人与它互动',
  learned: '从大家的选择中学到的规律',
  circle: '你认识的人与它互动',
  taste: '贴近你的兴趣',
  author: '你与作者的关系',
  closeness: '你与作者亲近',
  trust: '你的人脉对作者的信任',
  endorsed: '你信得过的人与它互动过',
  freshness: '内容新',
  'just-now': '刚刚发布',
  newcomer: '还没有人与它互动',
  popularity: '受欢迎',
  trend: '近期受欢迎',
  quality: '内容质量',
  mood: '适合你此刻的心情',
  mutual: '共同的关系',
  interest: '共同互动过的内容',
  graph: '在所有人的关系与话题中离你近',
  writing: '写同样的主题',
  'follows-you': '对方关注了你',
  known: '知名度',
}

const en: Phrases = {
  taste: (title, action) =>
    `It is close to “${title}”, which you ${(action && pastEn[action]) ?? 'engaged with'}.`,
  relatedText: (title) => `It is close to “${title}” in what it says.`,
  alike: (title, action) =>
    `People who engaged with “${title}”, which you ${(action && pastEn[action]) ?? 'engaged with'}, also engaged with it.`,
  relatedBehaviour: (title) => `People who engaged with “${title}” also engaged with it.`,
  circle: (crowd) => `${crowdEn(crowd)}, whom you know, engaged with it.`,
  kindred: (count) =>
    `${count === 1 ? 'Somebody' : `${count} people`} with tastes like yours engaged with it.`,
  learned: (title, action) =>
    `Everybody’s choices, learnt together, lead here from “${title}”, which you ${(action && pastEn[action]) ?? 'engaged with'}.`,
  learnedFromCircle: () => 'Everybody’s choices, learnt together, lead here from your circle.',
  calming: () => 'It is calm or cheerful, and what you wrote or did lately sounds troubled.',
  cheerful: () => 'It is cheerful, as what you wrote or did lately is.',
  learnedFromSaid: (words) =>
    `Everybody’s choices, learnt together, lead here from what you said you care about (“${words}”).`,
  said: (words) => `You said you care about “${words}”.`,
  tiedAuthor: (name) => `It is by ${name}, whom you follow or know.`,
  knownAuthor: (name) => `It is by ${name}, whose posts you engaged with.`,
  fresh: (hours) => `It is new: ${ageEn(hours)} old.`,
  popular: (count) => `It is popular here: ${count} engagement${count === 1 ? '' : 's'} so far.`,
  chance: () => 'It was picked by chance, to learn whether you care for something new.',
  plain: () => 'It is among the best of what is left to show you.',
  withoutPart: ({ part, value, score, rank, rankWithout, of }) =>
    `Without ${partsEn[part] ?? part} (${two(value)} of ${two(score)}) its score would be ` +
    `${two(score - value)}: ${
      rankWithout === rank
        ? `still place ${rank}`
        : `place ${rankWithout} by score instead of ${rank}`
    } of ${of}.`,
  moved: ({ by, rank, alone }) =>
    `By score alone it would stand on place ${alone}; it stands on ${rank}, because ${moverOf(by, 'en')}.`,
  mutual: (crowd) =>
    `${crowd.total} ${crowd.total === 1 ? 'tie' : 'ties'} in common: ${crowdEn(crowd)}.`,
  sharedItems: (titles) => `You both engaged with ${titles.map((t) => `“${t}”`).join(', ')}.`,
  sharedSubjects: (tags) => `You both write about ${tags.join(' and ')}.`,
  wroteItems: (titles) =>
    `They wrote ${titles.map((t) => `“${t}”`).join(' and ')}, which you engaged with.`,
  sharedWords: (words) =>
    `You said you care about ${words.map((w) => `“${w}”`).join(', ')}; so do they.`,
  nearInGraph: () => 'Everybody’s ties and words, learnt together, place them near you.',
  followsYou: () => 'They follow or know you.',
  wellKnown: (count) => (count > 0 ? `${count} people are tied to them.` : 'They are here too.'),
  join: (sentences) => sentences.join(' '),
}

const zh: Phrases = {
  taste: (title, action) => `它与你${(action && pastZh[action]) ?? '互动过'}的“${title}”相近。`,
  relatedText: (title) => `它与“${title}”的内容相近。`,
  alike: (title, action) =>
    `你${(action && pastZh[action]) ?? '互动过'}“${title}”；与那条互动过的人也与这条互动过。`,
  relatedBehaviour: (title) => `与“${title}”互动过的人也与这条互动过。`,
  circle: (crowd) => `你认识的${crowdZh(crowd)}与它互动过。`,
  kindred: (count) => `有 ${count} 位与你兴趣相近的人与它互动过。`,
  learned: (title, action) =>
    `从大家的选择中学到：你${(action && pastZh[action]) ?? '互动过'}“${title}”，常会喜欢这一条。`,
  learnedFromCircle: () => '从大家的选择中学到：你认识的人常会喜欢这一条。',
  calming: () => '它平和或欢快，而你最近写的、做的透着不安。',
  cheerful: () => '它很欢快，和你最近写的、做的一样。',
  learnedFromSaid: (words) => `从大家的选择中学到：关心“${words}”的人常会喜欢这一条。`,
  said: (words) => `你说过你关心“${words}”。`,
  tiedAuthor: (name) => `作者${name}是你关注或认识的人。`,
  knownAuthor: (name) => `你与作者${name}的内容互动过。`,
  fresh: (hours) => `它很新：${ageZh(hours)}前发布。`,
  popular: (count) => `它在这里受欢迎：已有 ${count} 次互动。`,
  chance: () => '这是随机挑选的，想看看你是否对新事物感兴趣。',
  plain: () => '它是余下内容中较好的一条。',
  withoutPart: ({ part, value, score, rank, rankWithout, of }) =>
    `若没有“${partsZh[part] ?? part}”这一项（${two(score)} 中的 ${two(value)}），得分会是 ` +
    `${two(score - value)}，${
      rankWithout === rank ? `仍是第 ${rank} 位` : `按得分从第 ${rank} 位变为第 ${rankWithout} 位`
    }（共 ${of} 条）。`,
  moved: ({ by, rank, alone }) =>
    `只按得分它会排第 ${alone}；现在排第 ${rank}，因为${moverOf(by, 'zh')}。`,
  mutual: (crowd) => `你们有 ${crowd.total} 位共同的联系人：${crowdZh(crowd)}。`,
  sharedItems: (titles) => `你们都与${titles.map((t) => `“${t}”`).join('、')}互动过。`,
  sharedSubjects: (tags) => `你们都写${tags.join('、')}。`,
  wroteItems: (titles) => `对方写了你互动过的${titles.map((t) => `“${t}”`).join('和')}。`,
  sharedWords: (words) => `你说过你关心${words.map((w) => `“${w}”`).join('、')}，对方也是。`,
  nearInGraph: () => '从所有人的关系与话题中学到：你们离得近。',
  followsYou: () => '对方关注或认识你。',
  wellKnown: (count) => (count > 0 ? `有 ${count} 人与对方有联系。` : '对方也在这里。'),
  join: (sentences) => sentences.join(''),
}

export const phrases: Readonly<Record<Locale, Phrases>> = { en, zh }

function crowdEn({ names, total }: Crowd): string {
  const others = total - names.length
  if (others > 0) return `${names.join(', ')} and ${others} more`
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function crowdZh({ names, total }: Crowd): string {
  return total > names.length ? `${names.join('、')}等 ${total} 人` : names.join('、')
}

function ageEn(hours: number): string {
  if (hours < 1) return 'less than an hour'
  const [count, unit] = hours < 48 ? [Math.floor(hours), 'hour'] : [Math.floor(hours / 24), 'day']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

function ageZh(hours: number): string {
  if (hours < 1) return '不到一小时'
  return hours < 48 ? `${Math.floor(hours)} 小时` : `${Math.floor(hours / 24)} 天`
}

function two(value: number): string {
  return value.toFixed(2)
}
