/** Council, trams, market, housing, museums. */
import { topic } from '../words.ts'

export const townLife = [
  topic(
    'council',
    {
      label: 'town politics',
      things:
        'the parking vote|the bench plan|the school roof|the ferry subsidy|the night bus|the pigeon motion|the library hours|the new crossing|the flood wall|the market rules|the playground budget|the street lamps plan',
      good: `{thing} passed with {n} votes. The gallery {place} was allowed one cheer.
I spoke {time} about {thing}, and they listened. Actually listened.
{friend} read {thing} aloud as theatre. Democracy needs costumes.
Neighbours {place} repaired what {thing} could not.
For once {thing} was decided before midnight.
Sat next to an opponent of {thing}; we shared an umbrella and half an opinion.
{thing} first, then {other}: slow, but it moves.
The children’s council {place} solved {thing} with crayons.`,
      bad: `{n} hours on {thing}. The river was not mentioned once.
{thing} was moved to a Tuesday so that nobody comes.
They promised {other} and delivered {thing}.
A committee will look at {thing}. I have met the committee {place}.`,
      ask: `Who voted against {thing}, and may we know why?
Where {place} can one read {thing} before it is decided?
Does {thing} cost {n} million, or is that a typing error?`,
    },
    {
      label: '市政',
      things:
        '停车表决|长椅计划|学校屋顶|渡船补贴|夜班公交|鸽子动议|图书馆开放时间|新的人行横道|防洪墙|集市规定|游乐场预算|路灯更换',
      good: `{thing}通过了，多{n}票，旁听席可以欢呼一声。
{time}我去会上谈{thing}，他们听了，真的听了。
{friend}把{thing}当戏念，民主也要戏服。
{place}的邻居们，把{thing}没办到的事办了。
难得一次，{thing}半夜前就定了。
坐在反对{thing}的人旁边，共用一把伞，半个观点。
先是{thing}，再是{other}：慢，但在动。
{place}的儿童议会，用蜡笔解决了{thing}。`,
      bad: `{thing}吵了{n}个小时，河一次没提。
{thing}挪到周二开会，就是不想让人来。
说好{other}，给的是{thing}。
有个委员会要研究{thing}，{place}那个委员会我见过。`,
      ask: `谁在{thing}上投了反对票，能问为什么吗？
表决之前，{place}哪里能查到{thing}？
{thing}真要{n}百万，还是打错了？`,
    },
  ),
  topic(
    'trams',
    {
      label: 'trams',
      things:
        'line four|the old red carriage|the last tram|the early tram|the number nine|the school tram|the open summer tram|the depot special|the night line|the hill tram|the harbour line|the Sunday tram',
      good: `{thing} {time}, all lights green. I felt chosen.
{n} stops of sun on {thing}. Let the emails wait.
{friend} and I rode {thing} to the end, just to see the end.
The driver waited {place} for a running child. {thing} forgave him.
{thing} smells of rain, coats and other people’s dinners.
They have restored {thing}; grown men {place} wiped their eyes.
Met an old teacher on {thing}. Missed my stop on purpose.
{other} is faster. {thing} is better.`,
      bad: `{thing} is cancelled {place} until further notice. Whose notice?
Waited {n} trams long for {thing}; all full.
They want to replace {thing} with a bus with wifi.
Spilled coffee at the curve. {thing} saw everything.`,
      ask: `Does {thing} still stop {place} after nine?
Why does {thing} ring {n} times at the bridge?
Is {thing} kinder to a cello than {other}?`,
    },
    {
      label: '电车',
      things:
        '四路车|红色老车|末班车|头班车|九路车|学生专线|敞篷夏日车|车库专列|夜间线|上山的车|港口线|周日的车',
      good: `{time}坐{thing}，一路绿灯，觉得自己被选中了。
{thing}上{n}站的阳光，邮件先等等。
和{friend}坐{thing}到终点，就想看看终点。
{thing}在{place}等了一个跑来的孩子，谁也没意见。
{thing}上是雨、大衣和别人家晚饭的味道。
{thing}修好了，{place}几个大男人在擦眼睛。
在{thing}上碰到老师，故意坐过站。
{other}快，{thing}好。`,
      bad: `{thing}在{place}停运，等候通知，谁的通知？
等{thing}等了{n}班，趟趟都满。
他们想用带网的公交换掉{thing}。
{thing}过弯道，咖啡洒了一身。`,
      ask: `九点以后，{thing}还在{place}停吗？
{thing}过桥的时候为什么响{n}下铃？
带大提琴，{thing}和{other}哪个好？`,
    },
  ),
  topic(
    'market',
    {
      label: 'the market',
      things:
        'the first asparagus|a crate of blood oranges|a smoked trout|a wheel of hard cheese|a jar of lime honey|a bunch of wild garlic|a block of warm tofu|a bag of hazelnuts|a bunch of peonies|a crooked pumpkin|a basket of quinces|a paper cone of chestnuts',
      good: `{thing} {place} {time}. Spring has been approved.
Went for {n} eggs, came back with {thing}.
{friend} haggled for {thing} and lost with style.
The stall keeper {place} wrapped {thing} like a present.
{thing} at closing time costs a smile.
Tasted {thing} before breakfast; the day cannot fall below that.
Between {other} and {thing} you meet the whole town.
The market {place} in the rain: {thing}, umbrellas, gossip.`,
      bad: `{thing} costs {n} times what it did. I asked twice.
They want to move the market that stands {place}. And {thing}?
The wind took {thing} and two awnings.
Came late {time}; {thing} was sold to the man before me.`,
      ask: `Who {place} has {thing} this week?
How do you store {thing}? Mine lasts {n} days.
What goes with {thing}, if not {other}?`,
    },
    {
      label: '集市',
      things:
        '头茬芦笋|一箱血橙|烟熏鳟鱼|整轮硬奶酪|椴树蜂蜜|一把野蒜|热豆腐|一袋榛子|一束芍药|歪南瓜|一篮榅桲|纸筒装的栗子',
      good: `{time}在{place}买到{thing}，春天批准了。
去买{n}个鸡蛋，回来手里是{thing}。
{friend}为{thing}砍价，输得很有风度。
{place}的摊主把{thing}包得像礼物。
收摊的时候，{thing}只要一个微笑。
早饭前尝到{thing}，今天不会更差了。
从{other}逛到{thing}，能碰见全城的人。
雨里的{place}集市：{thing}，雨伞，闲话。`,
      bad: `{thing}贵了{n}倍，我问了两遍。
他们要把集市搬离{place}，那{thing}去哪买？
一阵风，掀了两顶棚，{thing}滚了一地。
{time}去晚了，{thing}卖给了前面那位。`,
      ask: `这周{place}谁家还有{thing}？
{thing}怎么存？我的只放得住{n}天。
除了{other}，{thing}还能配什么？`,
    },
  ),
  topic(
    'housing',
    {
      label: 'housing',
      things:
        'a balcony of two square metres|the shared kitchen|the third-floor walk-up|a room with a plane tree|an attic with a skylight|the co-op flat|a bathtub in the kitchen|the courtyard room|a dry cellar|a corridor with nine doors|a roof terrace for six|a window to the tram line',
      good: `{thing} {place}: small, crooked, ours.
{n} neighbours, one drill, {thing}. It holds.
{friend} found {thing} by asking in the bakery. That is how it works here.
We painted {time}; {thing} looks surprised.
The tenants {place} met about {thing} and parted as friends.
From here {thing} catches the sun at four. I plan my day around it.
They kept {thing} when they renovated. Thank you, whoever you are.
Exchanged {other} for {thing}. No regrets so far.`,
      bad: `They want {n} per cent more for {thing}.
Forty people {place} for one flat, and then {thing}.
It drips. I have been writing to them about {thing} since spring.
They call it {thing}; it is a cupboard.`,
      ask: `May they charge extra for {thing}? The letter has {n} pages and no signature.
Who {place} knows an honest plumber? It is about {thing}.
How does one share {thing} without a war?`,
    },
    {
      label: '租房',
      things:
        '两平米的阳台|合用厨房|没电梯的三楼|窗外有梧桐的房间|带天窗的阁楼|合作社的小套间|厨房里的浴缸|朝院子的房间|干燥的地下室|九扇门的走廊|坐得下六个人的露台|对着电车的窗',
      good: `{place}的小窝，有{thing}：小，歪，是我们的。
{n}个邻居，一把电钻，对付{thing}，撑住了。
{friend}在面包房问了一句就找到了{thing}，这里就是这样。
{time}刷了墙，连{thing}都有点吃惊。
{place}的租客为{thing}碰头，散会成了朋友。
下午四点的太阳，加上{thing}，一天都围着它转。
翻新以后{thing}还在，谢谢那位不知名的人。
告别{other}，换来{thing}，目前不后悔。`,
      bad: `为了{thing}，房租要涨{n}成。
{place}四十个人抢一套房，然后是{thing}。
滴答滴答，{thing}从春天报修到现在。
房东管这叫{thing}，其实是个柜子。`,
      ask: `{thing}能另外收费吗？来信{n}页，没有签名。
{place}谁认识靠谱的水管工？为了{thing}。
{thing}怎么分才不打仗？`,
    },
  ),
  topic(
    'museums',
    {
      label: 'museums',
      things:
        'the room of clocks|a drawer of beetles|the whale bone|a portrait that follows you|a Roman spoon|the model of the old harbour|the map with sea monsters|the lamp collection|the mummy of a cat|the first telephone|a coat of beads|the hall of masks',
      good: `{thing} {place} {time}; I had it to myself for {n} minutes.
A guard told me about {thing} as if it were family.
{friend} stood before {thing} so long that they became part of the exhibition.
Drew {thing} badly and saw it well.
The children’s tour {place} asked {thing} the only good questions.
I go for {other}, I stay for {thing}.
Somebody made {thing} long ago, and was also late for dinner.
Rain outside, {thing} inside. The right way round.`,
      bad: `{thing} is under renovation for {n} years.
Forty phones in front of {thing}, no eyes.
They moved {thing} to the basement, for visitors’ convenience.
The label of {thing} is longer than my attention.`,
      ask: `Is {thing} real? The card says “attributed”.
Which floor {place} has {thing}? I always find {other}.
What would you save first: {thing} or the cake recipe?`,
    },
    {
      label: '博物馆',
      things:
        '钟表室|一抽屉甲虫|鲸骨|眼睛跟着人走的肖像|罗马勺子|老港口模型|画着海怪的地图|灯具收藏|猫木乃伊|第一部电话|珠子大衣|面具厅',
      good: `{time}在{place}的博物馆遇见{thing}，独享了{n}分钟。
讲解员说起{thing}，像说自家人。
{friend}为了{thing}站了太久，自己也成了展品。
画了一张速写，{thing}画坏了，但看清了。
{place}的儿童团，对着{thing}问了唯一的好问题。
为{other}去，为{thing}留下。
很久以前有人做出了{thing}，那天大概也赶不上吃饭。
外面下雨，里面是{thing}，里外正好。`,
      bad: `{thing}要修{n}年。
{thing}面前四十部手机，没有眼睛。
为了方便参观，他们把{thing}搬进了地下室。
{thing}的说明牌，比我的耐心还长。`,
      ask: `{thing}是真的吗？牌子上写着“传”。
{place}的馆，几楼有{thing}？我总走到{other}。
着火先救什么：{thing}还是蛋糕配方？`,
    },
  ),
]
