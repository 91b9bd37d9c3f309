/**
 * Little Fording: twelve people, eight topics, one week before New Year's Day 2026. Small enough to
 * know by heart; every example, test and screenshot happens here. Ids are stable, order is by time.
 *
 *   ada    stars, tea      en     reads at night; muted gus after the council rows
 *   bo     bread, cats     en zh  the baker; the bridge between both languages
 *   chen   cats, tea       zh     陈晨, keeps the tea house with 江月
 *   dara   garden, bread   en     private: only her ties see her posts
 *   emil   bikes, jazz     en     repairs bicycles, plays double bass badly; blocked by gus
 *   fang   bread, garden   zh     方圆, bakes after work
 *   gus    council, cats   en     has opinions; his cat has more
 *   he     stars, bikes    zh     何夕, rides up the hill with a telescope
 *   ivy    jazz, cats      en     sings on Fridays
 *   jiang  tea, jazz       zh     江月, old records and older pu'er
 *   kofi   stars, bikes    en     teaches physics; dislikes council news
 *   lin    (a newcomer)    zh en  林舟, arrived today, follows bo, has done nothing yet
 */
import { type Edge, type EdgeKind, edgeSchema } from '../domain/edge.ts'
import { type Action, type DatedEvent, eventSchema } from '../domain/event.ts'
import { type Item, itemSchema } from '../domain/item.ts'
import { type User, userSchema } from '../domain/user.ts'

export type TownTopic = 'stars' | 'tea' | 'bread' | 'cats' | 'garden' | 'bikes' | 'jazz' | 'council'

export interface Town {
  /** Noon of New Year's Day; everything else lies in the week before. */
  readonly now: Date
  readonly users: readonly User[]
  readonly items: readonly Item[]
  readonly edges: readonly Edge[]
  readonly events: readonly DatedEvent[]
  /** Who likes what, strongest first: the truth behind the events. */
  readonly tastes: Readonly<Record<string, readonly TownTopic[]>>
}

const now = new Date('2026-01-01T12:00:00Z')

const tastes: Record<string, readonly TownTopic[]> = {
  ada: ['stars', 'tea'],
  bo: ['bread', 'cats'],
  chen: ['cats', 'tea'],
  dara: ['garden', 'bread'],
  emil: ['bikes', 'jazz'],
  fang: ['bread', 'garden'],
  gus: ['council', 'cats'],
  he: ['stars', 'bikes'],
  ivy: ['jazz', 'cats'],
  jiang: ['tea', 'jazz'],
  kofi: ['stars', 'bikes'],
  lin: [],
}

/** [id, name, languages, bio] */
const people: readonly (readonly [string, string, string, string])[] = [
  ['ada', 'Ada', 'en', 'Night owl with a small telescope.'],
  ['bo', 'Bo', 'en zh', 'Baker at the bridge. 桥头面包房。'],
  ['chen', '陈晨', 'zh', '茶馆掌柜，三只猫的室友。'],
  ['dara', 'Dara', 'en', 'Compost, quince, quiet.'],
  ['emil', 'Emil', 'en', 'I fix bicycles. The bass I cannot fix.'],
  ['fang', '方圆', 'zh', '下班以后才是面包师。'],
  ['gus', 'Gus', 'en', 'Speaks at every council meeting.'],
  ['he', '何夕', 'zh', '骑车上山，看星星。'],
  ['ivy', 'Ivy', 'en', 'Sings at the Ferry on Fridays.'],
  ['jiang', '江月', 'zh', '旧唱片，老普洱。'],
  ['kofi', 'Kofi', 'en', 'Physics teacher, slow climber.'],
  ['lin', '林舟', 'zh en', '刚搬来。Just moved here.'],
]

/** [id, author, topic, hours before now, text] */
const posts: readonly (readonly [string, string, TownTopic, number, string])[] = [
  [
    'stars-1',
    'ada',
    'stars',
    166,
    'Saturn’s rings are almost edge-on this month: a thin bright needle.',
  ],
  ['stars-2', 'he', 'stars', 140, '山顶零下四度，但是猎户座大星云清楚得像一朵灰色的花。'],
  [
    'stars-3',
    'kofi',
    'stars',
    115,
    'Class built a sundial from a broom. It was right to ten minutes.',
  ],
  ['stars-4', 'ada', 'stars', 62, 'Counted eleven meteors over the mill before the clouds came.'],
  ['stars-5', 'he', 'stars', 38, '新年第一颗流星归谁？今晚骑车上山的都算。'],
  [
    'stars-6',
    'kofi',
    'stars',
    7,
    'Quadrantids peak on Saturday night. Bring blankets, no torches.',
  ],
  ['tea-1', 'jiang', 'tea', 160, '2006年的熟普，第三泡才开始说话。'],
  ['tea-2', 'chen', 'tea', 131, '下雨天茶馆只有两桌，正好把铁观音慢慢焙一遍。'],
  [
    'tea-3',
    'ada',
    'tea',
    96,
    'Jiang poured me a tea older than my telescope. It tastes of rain and bark.',
  ],
  ['tea-4', 'jiang', 'tea', 44, '冬天喝老白茶，煮的比泡的甜。'],
  ['tea-5', 'chen', 'tea', 9, '元旦茶馆照常开门，第一壶龙井请大家喝。'],
  ['bread-1', 'bo', 'bread', 158, 'New rye starter, day six: smells of apples, doubles by noon.'],
  ['bread-2', 'fang', 'bread', 134, '第一次烤出有耳朵的欧包，舍不得切。'],
  ['bread-3', 'bo', 'bread', 110, '黑麦面包今天多加了核桃，桥头的小朋友说像石头，但是好吃的石头。'],
  ['bread-4', 'dara', 'bread', 84, 'Quince jam on Bo’s rye. I may never cook again.'],
  ['bread-5', 'fang', 'bread', 51, '失败记录：发酵过头，面团自己爬出了盆。'],
  [
    'bread-6',
    'bo',
    'bread',
    5,
    'First loaves of the year leave the oven at one. The line starts at the bridge.',
  ],
  ['cats-1', 'chen', 'cats', 163, '三花今天学会了开茶叶罐，我们都很不安。'],
  ['cats-2', 'gus', 'cats', 122, 'My cat has read the minutes and sat on them. A fair review.'],
  ['cats-3', 'ivy', 'cats', 88, 'Sang scales, the cat left. Stopped, the cat came back.'],
  [
    'cats-4',
    'bo',
    'cats',
    47,
    'A grey cat inspects the flour sacks at four every morning. She is on the payroll now.',
  ],
  ['cats-5', 'chen', 'cats', 11, '橘猫占了最好的垫子，客人坐地上，谁也没有意见。'],
  ['garden-1', 'dara', 'garden', 150, 'Turned the compost; it steamed like soup in the frost.'],
  ['garden-2', 'fang', 'garden', 104, '阳台的迷迭香熬过了第一场霜。'],
  [
    'garden-3',
    'dara',
    'garden',
    66,
    'Pruned the old quince. Forty years and still arguing with me.',
  ],
  ['garden-4', 'fang', 'garden', 20, '埋下大蒜，等春天。'],
  [
    'bikes-1',
    'emil',
    'bikes',
    155,
    'A 1974 frame came in wearing three coats of paint. Under them: sky blue.',
  ],
  ['bikes-2', 'he', 'bikes', 128, '上山十一公里，后座绑着望远镜，平均时速九公里。'],
  [
    'bikes-3',
    'kofi',
    'bikes',
    99,
    'Climbed the mill hill without stopping. The hill did not notice.',
  ],
  ['bikes-4', 'emil', 'bikes', 57, 'Winter tip: a drop of oil on the chain, none on the brake.'],
  ['bikes-5', 'emil', 'bikes', 13, 'New Year’s ride at three, slow group, thermos required.'],
  [
    'jazz-1',
    'ivy',
    'jazz',
    152,
    'Friday at the Ferry: two slow ballads and one that got away from us.',
  ],
  ['jazz-2', 'jiang', 'jazz', 119, '淘到一张没有封套的爵士黑胶，唱针一落，满屋都是烟。'],
  ['jazz-3', 'emil', 'jazz', 78, 'Found the right note tonight. It was between two others.'],
  [
    'jazz-4',
    'ivy',
    'jazz',
    33,
    'Rehearsed a song about the river. The piano is out of tune in a helpful way.',
  ],
  ['jazz-5', 'jiang', 'jazz', 15, '跨年夜的萨克斯，吹到茶凉。'],
  [
    'council-1',
    'gus',
    'council',
    145,
    'Four hours on parking. FOUR. The river was not mentioned once.',
  ],
  [
    'council-2',
    'gus',
    'council',
    90,
    'The budget has a line called “other”. I have questions about other.',
  ],
  [
    'council-3',
    'gus',
    'council',
    30,
    'They moved the meeting to Tuesday so that nobody comes. I will come.',
  ],
  [
    'council-4',
    'kofi',
    'council',
    26,
    'The school roof is on the agenda at last. Please be kind in there.',
  ],
]

/** [from, to, kind] */
const ties: readonly (readonly [string, string, EdgeKind])[] = [
  ['ada', 'kofi', 'friend'],
  ['ada', 'he', 'follow'],
  ['ada', 'jiang', 'follow'],
  ['ada', 'gus', 'mute'],
  ['bo', 'chen', 'friend'],
  ['bo', 'fang', 'follow'],
  ['bo', 'dara', 'friend'],
  ['chen', 'jiang', 'friend'],
  ['chen', 'gus', 'follow'],
  ['dara', 'fang', 'follow'],
  ['emil', 'ivy', 'friend'],
  ['emil', 'kofi', 'follow'],
  ['fang', 'bo', 'follow'],
  ['fang', 'chen', 'follow'],
  ['gus', 'ivy', 'follow'],
  ['gus', 'emil', 'block'],
  ['he', 'ada', 'follow'],
  ['he', 'kofi', 'follow'],
  ['he', 'emil', 'follow'],
  ['ivy', 'jiang', 'follow'],
  ['ivy', 'chen', 'follow'],
  ['jiang', 'ivy', 'follow'],
  ['kofi', 'he', 'follow'],
  ['kofi', 'emil', 'follow'],
  ['lin', 'bo', 'follow'],
]

/** [person, action, item, hours before now, value] */
const deeds: readonly (readonly [string, Action, string, number, number?])[] = [
  ['he', 'like', 'stars-1', 165],
  ['kofi', 'reply', 'stars-1', 164],
  ['jiang', 'like', 'cats-1', 162],
  ['bo', 'like', 'cats-1', 161],
  ['chen', 'like', 'tea-1', 159],
  ['ada', 'like', 'tea-1', 157.5],
  ['fang', 'like', 'bread-1', 157],
  ['dara', 'like', 'bread-1', 156],
  ['he', 'like', 'bikes-1', 154],
  ['kofi', 'like', 'bikes-1', 153],
  ['jiang', 'repost', 'jazz-1', 151],
  ['emil', 'like', 'jazz-1', 150.5],
  ['fang', 'like', 'garden-1', 149],
  ['ada', 'hide', 'council-1', 144],
  ['kofi', 'hide', 'council-1', 143],
  ['ada', 'like', 'stars-2', 139],
  ['kofi', 'like', 'stars-2', 138],
  ['ada', 'dwell', 'stars-2', 137.9, 48],
  ['bo', 'like', 'bread-2', 133],
  ['dara', 'like', 'bread-2', 132],
  ['jiang', 'like', 'tea-2', 130],
  ['ada', 'like', 'tea-2', 129],
  ['kofi', 'like', 'bikes-2', 127],
  ['emil', 'reply', 'bikes-2', 126],
  ['chen', 'like', 'cats-2', 121],
  ['ivy', 'like', 'cats-2', 120.5],
  ['ivy', 'like', 'jazz-2', 118],
  ['emil', 'like', 'jazz-2', 117],
  ['ada', 'like', 'stars-3', 114],
  ['he', 'repost', 'stars-3', 113],
  ['fang', 'like', 'bread-3', 109],
  ['chen', 'view', 'bread-3', 108],
  ['dara', 'like', 'garden-2', 103],
  ['emil', 'like', 'bikes-3', 98],
  ['he', 'like', 'bikes-3', 97],
  ['jiang', 'like', 'tea-3', 95],
  ['chen', 'repost', 'tea-3', 94],
  ['kofi', 'less', 'council-2', 89],
  ['chen', 'like', 'cats-3', 87],
  ['gus', 'like', 'cats-3', 86],
  ['bo', 'like', 'bread-4', 83],
  ['fang', 'repost', 'bread-4', 82],
  ['ivy', 'reply', 'jazz-3', 77],
  ['jiang', 'like', 'jazz-3', 76],
  ['fang', 'like', 'garden-3', 65],
  ['bo', 'view', 'garden-3', 64],
  ['kofi', 'like', 'stars-4', 61],
  ['he', 'like', 'stars-4', 60],
  ['he', 'click', 'bikes-4', 56],
  ['kofi', 'like', 'bikes-4', 55],
  ['bo', 'like', 'bread-5', 50],
  ['dara', 'reply', 'bread-5', 49],
  ['chen', 'like', 'cats-4', 46],
  ['gus', 'like', 'cats-4', 45],
  ['ivy', 'view', 'cats-4', 44.5],
  ['ada', 'like', 'tea-4', 43],
  ['chen', 'like', 'tea-4', 42],
  ['ada', 'like', 'stars-5', 37],
  ['kofi', 'repost', 'stars-5', 36],
  ['emil', 'like', 'jazz-4', 32],
  ['jiang', 'like', 'jazz-4', 31],
  ['gus', 'like', 'council-4', 25],
  ['dara', 'like', 'garden-4', 19],
  ['ivy', 'like', 'jazz-5', 14],
  ['he', 'like', 'bikes-5', 12],
  ['bo', 'like', 'cats-5', 10.5],
  ['gus', 'like', 'cats-5', 10],
  ['jiang', 'like', 'tea-5', 8],
]

export const town: Town = {
  now,
  users: people.map(([id, name, languages, bio]) =>
    userSchema.parse({
      id,
      name,
      bio,
      languages: languages.split(' '),
      createdAt: before(24 * 30),
      isPrivate: id === 'dara',
    }),
  ),
  items: posts
    .map(([id, authorId, topic, hours, text]) =>
      itemSchema.parse({
        id,
        authorId,
        text,
        createdAt: before(hours),
        language: /\p{Script=Han}/u.test(text) ? 'zh' : 'en',
        tags: [topic],
      }),
    )
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime()),
  edges: ties.map(([from, to, kind]) => edgeSchema.parse({ from, to, kind, at: before(24 * 20) })),
  events: deeds.map(([userId, type, itemId, hours, value]) => {
    const at = before(hours)
    return { ...eventSchema.parse({ type, userId, itemId, at, value }), at: new Date(at) }
  }),
  tastes,
}

function before(hours: number): string {
  return new Date(now.getTime() - hours * 3_600_000).toISOString()
}
