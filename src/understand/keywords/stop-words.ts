/** Words that say nothing about what a text is about, in English and Chinese. */
const english =
  "a about above after again against ago ain't all almost already also although always am an and another any anybody anyone anything anyway are aren't around as at away back be became because been before being below best better between both but by came can can't cannot come comes could couldn't day days did didn't do does doesn't doing don't done down during each either else enough especially even ever every everybody everyone everything few first for from full further gave get gets getting give go goes going gone gonna good got gotta great had hadn't has hasn't have haven't having he he'd he'll he's her here here's hers herself hey hi him himself his how how's however http https i i'd i'll i'm i've if im in instead into is isn't it it'd it'll it's its itself just keep kind know last least less let let's like lol look lot lots made make makes making many may maybe me mean might mine more most much must my myself need never new next no nobody none nor not nothing now of off oh ok okay on once one ones only or other others our ours ourselves out over own people perhaps please quite rather really right rt said same saw say saying says see seen she she'd she'll she's should shouldn't since so some somebody someone something sometimes soon still stuff such sure take taken tell than that that's thats the their theirs them themselves then there there's these they they'd they'll they're they've thing things think this those though through time times to today together tomorrow tonight too took toward try u under until up upon ur us use used user using very via wanna want wants was wasn't way we we'd we'll we're we've well went were weren't what what's whatever when when's where where's whether which while who who's whole whom whose why will with within without won't would wouldn't ya yeah year years yes yesterday yet you you'd you'll you're you've your yours yourself yourselves amp".split(
    ' ',
  )
const chinese =
  '的 了 和 是 就 都 而 及 与 着 或 一个 没有 我们 你们 他们 她们 它们 是否 我 你 您 他 她 它 咱 咱们 自己 这 那 这个 那个 这些 那些 这样 那样 这么 那么 这里 那里 这儿 那儿 哪 哪里 哪个 哪些 谁 什么 怎么 怎样 怎么样 为什么 多少 几 不 没 别 很 太 最 更 也 又 还 再 才 刚 刚刚 已 已经 曾 曾经 正在 在 从 到 向 往 对 对于 关于 由 由于 为 为了 因为 因此 所以 但 但是 可 可是 不过 然而 虽然 尽管 即使 如果 要是 假如 只要 只有 除了 除非 而且 并 并且 并非 以及 以 于 之 其 其中 其实 其他 其它 此 该 本 各 每 某 另 另外 等 等等 等于 吗 呢 吧 啊 呀 哦 噢 嗯 哈 哈哈 哈哈哈 嘿 嘿嘿 呵呵 嘻嘻 哎 唉 哇 喔 啦 嘛 咯 呗 哟 么 呃 额 个 只 位 次 种 些 点 条 件 张 把 被 让 给 叫 使 得 地 过 起 来 去 上 下 里 中 内 外 前 后 间 左右 之前 之后 以前 以后 以上 以下 以来 时 时候 时间 现在 今天 明天 昨天 今年 去年 今日 昨日 目前 如今 当时 后来 然后 接着 最后 最近 有 有的 有些 有人 会 能 能够 可以 可能 应该 应 必须 需要 要 想 想要 愿意 希望 觉得 认为 知道 看 看到 看见 听 听说 说 说道 表示 进行 做 作 成 成为 作为 当 用 通过 根据 按照 经过 比 比较 像 如 如何 如此 例如 比如 一 二 三 两 几个 一些 一下 一样 一起 一直 一定 一般 一种 一次 一点 一边 一切 第一 许多 很多 好多 多 少 大 小 好 真 真的 真是 确实 的确 当然 原来 终于 居然 竟然 到底 究竟 难道 简直 几乎 大概 也许 或者 还是 就是 只是 不是 而是 于是 还有 没 不会 不能 不要 不用 不得 不知 不同 无 非 非常 十分 特别 相当 同时 同样 大家 别人 人 人们 东西 事 事情 问题 情况 地方 方面 转发 微博 网友 分享 全文 查看 展开 视频 图片 链接 回复 评论 关注 月 日 年 号 点击 来自 http user 记者 报道 据 称'.split(
    ' ',
  )

const stopWords: ReadonlySet<string> = new Set([...english, ...chinese])
const number = /^[\p{N}.,:%-]+$/u
const chineseWord = /\p{Script=Han}/u
/** Nouns, names, verbs, adjectives, idioms and foreign words; jieba's `x` are unknown. */
const telling = /^(?:n|v|a|i|l|j|eng|s|z)/
const tooGeneral = /^(?:v[df]?|ad|vshi|vyou)$/

/** Whether a word can be a keyword: it stands for something, and is no number alone. */
export function isTelling(word: string, tag?: string): boolean {
  if (stopWords.has(word) || number.test(word)) return false
  if (!chineseWord.test(word)) return word.length >= 2
  if ([...word].length < 2) return false
  return (
    tag === undefined ||
    tag === 'x' ||
    (telling.test(tag) && !(tooGeneral.test(tag) && word.length < 2))
  )
}
