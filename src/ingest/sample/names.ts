/** Names nobody has: first and last names of the sample city, in both languages. */
import { integer, type Random } from '../../math/random.ts'

const first =
  'Ada Alba Anouk Arlo Asta Basil Bea Birk Bruno Cato Celia Corin Dalia Davi Edda Elio Elke Enzo Esme Fenna Finn Flora Gale Greta Hana Hollis Ida Ilse Imre Ines Iris Ivo Jarek Jona Juno Kaia Kasper Kit Lena Levi Lior Lotte Luca Mae Mara Mika Milo Mina Nell Nico Nils Noa Odile Orla Oskar Otis Pia Quinn Remy Rhea Rosa Rumi Sami Selma Silas Sunniva Tamsin Tavi Teo Thea Tilda Uma Vera Wren Yara Zeno'.split(
    ' ',
  )
const last =
  'Alderfell Amberly Ashwick Barleymow Birchgate Brackenow Brindlemark Candlow Cloverstead Copperby Cresswater Dapplewood Dewhollow Dunlark Elmsworthy Fallowmere Fennimark Fernquist Finchley-Oar Foxgrove Gallowby Glimmerstone Greywether Harrowmist Hazelbrink Heatherow Hollowell Inkwater Jasperlund Kettlewick Kindlemoor Larkmantle Linnetfield Lowbarrow Marlowe-Tide Meadowgale Millbrook-Ash Mossgrave Nettleby Nightingate Oakhallow Oxbowne Palewater Pebbleham Quillford Ravensedge Reedmace Rookhurst Rushmantle Saltmarsh Sedgewynn Silverlode Sparrowell Starling-Moss Stillwater Tallowby Thistledown Underhay Vinterby Wavecrest Weatherlow Willowmark Windlesea Yarrowby'.split(
    ' ',
  )
const surnames =
  '陈 林 江 何 方 苏 沈 叶 顾 陆 许 秦 宋 唐 白 温 梁 程 俞 柳 祝 安 傅 纪 骆 简 云 乔 尹 卓 岑 裴'.split(
    ' ',
  )
const given =
  '晚舟 听雨 星野 小满 知夏 云起 南乔 一苇 望舒 青禾 未央 见山 初雪 拾光 念北 白鹭 长庚 采薇 子衿 若木 清和 月半 茶白 阿渡 石楠 半夏 忍冬 九歌 惊蛰 谷雨 立秋 听蝉 眠云 问渠 松间 观止 怀远 照野 渔歌 临溪 小川 阿灯 春生 秋白 朝雨 暮山 千寻 如故 乐鸣 汀兰 鹿鸣 归帆 微凉 远岫 明河 折柳 踏莎 寄余 若初 且停'.split(
    ' ',
  )

export interface Name {
  readonly full: string
  /** How friends call them. */
  readonly short: string
}

export function nameIn(language: 'en' | 'zh', random: Random): Name {
  const pick = (list: readonly string[]) => list[integer(random, 0, list.length)] ?? ''
  if (language === 'zh') {
    const short = pick(given)
    return { full: pick(surnames) + short, short }
  }
  const short = pick(first)
  return { full: `${short} ${pick(last)}`, short }
}
