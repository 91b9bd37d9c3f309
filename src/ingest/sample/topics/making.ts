/** Pottery, knitting, woodwork, photography, calligraphy. */
import { topic } from '../words.ts'

export const making = [
  topic(
    'pottery',
    {
      label: 'pottery',
      things:
        'a lopsided bowl|an ash-glazed jar|a small teapot|a stoneware mug|a tall vase|a celadon cup|a salt-fired jug|a shallow plate|a lidded box|a rice bowl|a milk pitcher|an incense dish',
      good: `Opened the kiln {time}: {thing}, better than I drew it.
{n} tries on the wheel, and {thing} stands.
{friend} uses {thing} every day; that is the prize.
Hands in clay {place}, head empty, {thing} on the shelf.
{thing} came out blue where I expected brown. I bow to the fire.
The studio {place} smells of wet earth; I made {thing} and peace.
Kept {thing} because of its mistake.
From {other} I learned patience, from {thing} humility.`,
      bad: `{thing} exploded and took {other} along.
{n} hours of centring, and {thing} folded like a hat.
Glaze ran off {thing}; it is now part of the kiln.
Someone {place} used my shelf; {thing} has a stranger’s thumb mark.`,
      ask: `Why does {thing} crack at the foot?
Does anybody {place} fire at high heat? I have {thing} waiting.
How thin can {thing} be before it gives up?`,
    },
    {
      label: '陶艺',
      things: '歪歪的碗|灰釉罐|小茶壶|炻器杯|高花瓶|青瓷杯|盐烧壶|浅盘|带盖小盒|饭碗|奶壶|香碟',
      good: `{time}开窑，看到{thing}，比我画的还好。
在转盘上试了{n}次，{thing}站住了。
{friend}天天用{thing}，这就是奖状。
{place}一手泥，脑子空空，身边是{thing}。
{thing}出来是蓝的，我以为是褐的，向火鞠躬。
{place}的工作室一股湿土味，有{thing}，也有安静。
因为那个失误，{thing}我留下了。
{other}教我耐心，{thing}教我认输。`,
      bad: `{thing}炸了，带走了{other}。
找中心找了{n}个小时，{thing}软成一顶帽子。
釉流了，{thing}和窑板成了一家。
{place}有人动了我的架子，{thing}多了个指印。`,
      ask: `{thing}底部总开裂，为什么？
{place}有谁烧高温？我这儿有{thing}排队。
{thing}最薄能做到多薄？我到{n}毫米就垮。`,
    },
  ),
  topic(
    'knitting',
    {
      label: 'knitting',
      things:
        'a thick sock|a grey scarf|a cabled sweater|a baby hat|a lace shawl|a mitten with a cat on it|a striped cardigan|a tea cosy|a patchwork blanket|a ribbed cowl|a winter vest|a wrist warmer',
      good: `Finished {thing} {time}, in the tram, to quiet applause.
{n} rows of {thing} and the evening was mine.
{friend} wears {thing} even indoors. I pretend not to notice.
The circle {place} rescued {thing} in a minute and talked for an hour.
{thing} began as {other}. We do not mention it.
Rain, radio, {thing}. Let it be winter.
Unravelled {thing} and knitted it again, softer.
A stranger {place} asked where one can buy {thing}. Nowhere!`,
      bad: `Found a dropped stitch in {thing} after {n} rows. All the way back.
The cat has opinions about {thing}.
Ran out of wool at the very end of {thing}.
Washed {thing} too warm {time}; it fits a doll.`,
      ask: `How do you hide the ends in {thing}?
Who {place} sells wool that does not scratch? It is for {thing}.
Does {thing} need {n} needles, or is that for show-offs?`,
    },
    {
      label: '编织',
      things:
        '厚袜子|灰围巾|麻花毛衣|婴儿帽|蕾丝披肩|小猫手套|条纹开衫|茶壶套|拼花毯子|罗纹脖套|冬背心|护腕',
      good: `{time}在电车上织完{thing}，有人轻轻鼓掌。
织了{n}行，{thing}在手，整个晚上都是我的。
{friend}对{thing}爱不释手，我假装没看见。
{place}的编织会一分钟救活{thing}，聊天聊了一小时。
{thing}本来是{other}，这事不提了。
下雨，收音机，{thing}，冬天就冬天吧。
把{thing}拆了重来，更软了。
{place}有陌生人问{thing}哪里买，哪里都买不到！`,
      bad: `{thing}织了{n}行才发现漏针，全部拆回去。
猫对{thing}很有意见。
快收尾了，{thing}的颜色断货。
{time}洗的水太热，{thing}只有娃娃能用了。`,
      ask: `{thing}的线头怎么藏起来？
{place}哪里有不扎人的毛线？为了{thing}。
{thing}真要用{n}根针吗，还是炫技？`,
    },
  ),
  topic(
    'woodwork',
    {
      label: 'woodwork',
      things:
        'a three-legged stool|a cherry tray|a plum-wood spoon|a dovetailed chest|a drawer that slides|a box without nails|an oak bench|a walnut frame|a turned bowl|a narrow bookcase|a rocking horse|a breadboard',
      good: `{thing} closed with a sigh {time}. No glue, no gap.
Shavings to the ankles, {thing} on the bench, radio off.
{friend} gave me a plank {place}; it wanted to be {thing}.
{n} coats of oil, and {thing} glows like tea.
Sharpened everything {time}. {thing} now does the thinking.
Made {thing} for a neighbour {place}; was paid in {other}.
{thing} remembers the tree if you listen.
Measured once, for luck, and {thing} fits anyway.`,
      bad: `Cut {thing} {n} millimetres short. Twice.
A knot took the edge off my best blade, and {thing} with it.
The workshop {place} is damp; {thing} has become a propeller.
Glue everywhere except in {thing}.`,
      ask: `Which oil for {thing}, if there are children in the house?
How do you hold {thing} without a third hand?
Does anyone {place} have a bandsaw for an hour? It is for {thing}.`,
    },
    {
      label: '木工',
      things:
        '三脚凳|樱桃木托盘|李子木勺|燕尾榫箱子|顺滑的抽屉|不用钉的盒子|橡木长凳|胡桃木画框|车出来的木碗|窄书架|摇摇马|面包板',
      good: `{time}{thing}合上的时候叹了口气，没胶，没缝。
刨花没过脚踝，{thing}在手边，收音机也关了。
{friend}在{place}给我一块板，它想成为{thing}。
上了{n}遍油，{thing}亮得像茶。
{time}把刀都磨了，{thing}自己会想事情了。
给{place}的邻居弄{thing}，报酬是{other}。
细听的话，{thing}还记得那棵树。
只量了一次碰运气，{thing}居然刚好。`,
      bad: `差了{n}毫米，{thing}又废了，第二回。
一个树结崩了我最好的刃，{thing}也没了。
{place}的工坊太潮，{thing}成了螺旋桨。
胶到处都是，就{thing}上没有。`,
      ask: `家里有小孩，{thing}上什么油？
弄{thing}怎么固定？我缺第三只手。
{place}谁有带锯借一小时？为了{thing}。`,
    },
  ),
  topic(
    'photography',
    {
      label: 'photography',
      things:
        'a portrait by window light|a blurred tram|a puddle with a church in it|a double exposure|a pinhole picture|the bridge at blue hour|a hand on a railing|an empty swing|two kissing umbrellas|a dog reading the news|the last frame of the roll|a shadow taller than its man',
      good: `{thing} {place} {time}; the only one of {n} I will keep.
Waited for the light, got {thing} instead. Better.
{friend} blinked, and {thing} is alive because of it.
Developed {time}: {thing} came up slowly like a memory.
Walked {place} with one lens and found {thing} on the shady side.
Everyone turned to {other}; I turned round, and there was {thing}.
Printed {thing} large. My wall has a window now.
{thing}: no filter, a bit of dust, true.`,
      bad: `Opened the back too early. {thing} is sunshine now.
{n} gigabytes and nothing like {thing}.
The lab {place} scratched {thing} and shrugged.
Battery died {time}, a second before {thing}.`,
      ask: `How do you meter for {thing}?
Who {place} would print {thing} large without laughing?
{thing} or {other} for the exhibition?`,
    },
    {
      label: '摄影',
      things:
        '窗光人像|拖影的电车|倒映教堂的水洼|双重曝光|针孔照片|蓝调时刻的桥|栏杆上的手|空秋千|两把接吻的伞|看报的狗|胶卷最后一张|比人高的影子',
      good: `{time}{place}拍了{n}张，只留一张，因为{thing}。
等光没等到，等来{thing}，更好。
{friend}眨了眼，{thing}反而活了。
{time}冲洗，{thing}像记忆一样慢慢浮上来。
只带一支镜头走{place}，在背阴处遇到{thing}。
大家都看{other}，我一回头，是{thing}。
为了{thing}放大了一张，墙上多了一扇窗。
{thing}：没有滤镜，一点灰，很真。`,
      bad: `后盖开早了，{thing}全成了阳光。
存了{n}个G，没有一张比得上{thing}。
{place}的冲印店毁了{thing}，还耸肩。
{time}没电了，就在{thing}前一秒。`,
      ask: `遇到{thing}，你们怎么测光？
{place}哪家能把{thing}放大，还不笑话我？
办展览选{thing}还是{other}？`,
    },
  ),
  topic(
    'calligraphy',
    {
      label: 'calligraphy',
      things:
        'the character for water|the character for eternity|a capital R|a line of regular script|a poem in running script|a name in seal script|an envelope in copperplate|a menu in blackletter|a couplet for the door|a single horizontal stroke|a page of italics|a birthday card in uncials',
      good: `{n} sheets of {thing} {time}, and the last one breathes.
Ground the ink slowly; by the time it was black, so was my phone. {thing}.
{friend} wrote {thing} in one breath and had tea.
The class {place} is silent except for {thing}.
{thing} shows what mood you are in. Today: generous.
Gave {thing} to the bakery {place}; it hangs over the till.
From far away it is a bird. Close up, {thing}.
After {other}, {thing} felt like coming home.`,
      bad: `Sneezed on {thing} {time}.
My {thing} looks like a fence after a storm.
The cat walked across {thing}, with confidence.
Bought cheap paper {place}: {thing} spread like gossip.`,
      ask: `How do you practise {thing} without holding your breath?
Who {place} teaches {thing} to impatient people?
Is {thing} harder than {other}, or is it just me after {n} years?`,
    },
    {
      label: '书法',
      things:
        '“水”字|“永”字|“福”字|一行楷书|行书诗|篆书名字|隶书对联|春联|那一横|一页小楷|扇面|花体信封',
      good: `{time}{thing}写了{n}张，最后一张会呼吸。
慢慢磨墨，墨黑了，手机也黑了，只剩{thing}。
{friend}写{thing}只用一口气，写完去喝茶了。
{place}的书法班很静，大家都在琢磨{thing}。
{thing}最看得出心情，今天：大方。
把{thing}送给{place}的面包房，挂在收银台上面。
远看是鸟，近看是{thing}。
练完{other}再回到{thing}，像回家。`,
      bad: `{time}对着{thing}打了个喷嚏。
我的{thing}，像台风过后的篱笆。
猫从{thing}上走过，很有自信。
在{place}图便宜，{thing}洇得像流言。`,
      ask: `练{thing}怎么才能不憋气？
{place}谁教{thing}，肯收急性子吗？
{thing}比{other}难吗？我练了{n}年还这样。`,
    },
  ),
]
