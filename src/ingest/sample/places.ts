/** The districts of the sample city: where people live, meet and write about. */

export interface Place {
  readonly name: { readonly en: string; readonly zh: string }
  /** As it stands in a sentence. */
  readonly en: string
  readonly zh: string
  /** Share of people there who write Chinese; a few districts lean one way. */
  readonly chineseShare: number
}

export const places: readonly Place[] = [
  place('Weir Lane', '堰街', 'on Weir Lane', 0.4),
  place('Lantern Bridge', '灯桥', 'by Lantern Bridge', 0.7),
  place('Plum Hill', '梅岭', 'up on Plum Hill', 0.85),
  place('the Ropeworks', '老绳厂', 'behind the old ropeworks', 0.2),
  place('Ferry Square', '渡口广场', 'on Ferry Square', 0.5),
  place('the Glass Arcade', '琉璃长廊', 'in the Glass Arcade', 0.6),
  place('Sparrow Court', '麻雀院', 'in Sparrow Court', 0.3),
  place('Tide Mill', '潮磨坊', 'near the tide mill', 0.15),
  place('Heron Quay', '鹭码头', 'down at Heron Quay', 0.25),
  place('Copper Street', '铜街', 'along Copper Street', 0.65),
  place('the Orchard Blocks', '果园新村', 'in the Orchard Blocks', 0.8),
  place('the Viaduct', '高架桥', 'under the viaduct', 0.45),
]

function place(en: string, zh: string, phrase: string, chineseShare: number): Place {
  return { name: { en, zh }, en: phrase, zh, chineseShare }
}

export const times = {
  en: [
    'this morning',
    'last night',
    'before work',
    'after the rain',
    'at lunch',
    'just before dawn',
    'this evening',
    'on the way home',
    'on my day off',
    'late on Tuesday',
  ],
  zh: [
    '今早',
    '昨晚',
    '下班后',
    '雨停以后',
    '午休时',
    '天亮前',
    '傍晚',
    '回家路上',
    '休息日',
    '周二夜里',
  ],
} as const

export const numbers = {
  en: ['three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  zh: ['三', '四', '五', '六', '七', '八', '九'],
} as const
