/** Hiking, cycling, running, swimming, football. */
import { topic } from '../words.ts'

export const moving = [
  topic(
    'hiking',
    {
      label: 'hiking',
      things:
        'the ridge path|the shelter loop|the long way round|the footbridge trail|the goat track|the beech wood path|the upper meadow|the gorge trail|the smugglers’ path|the waterfall steps|the saddle above the lake|the pilgrims’ way',
      good: `{thing} {time}, not a soul, only wind and my own boots.
{n} hours for {thing}, and the last one was the best.
{friend} promised {other}; we got {thing} and were happier for it.
Lunch on {thing}. A cow considered joining.
After the fog lifted there was {thing}, closer than I thought.
Slept in a hut {place}; dreamed of {thing}.
{thing} taught me to carry less.
Legs of wood, head of air. {thing}, you were right.`,
      bad: `{thing} is closed since the storm, says a sign after {n} kilometres.
New boots plus {thing} equals plasters.
Someone left rubbish all along {thing}.
Took the last bus {place} by eleven seconds too late. {thing}, again, downhill, in the dark.`,
      ask: `Is {thing} passable {time}, or still ice?
Which is kinder to the knees, {thing} or {other}?
Anyone for {thing} on Sunday? {n} seats in the car.`,
    },
    {
      label: '徒步',
      things:
        '山脊小路|石亭环线|绕远的那条路|吊桥步道|羊肠小道|山毛榉林|高处的草甸|峡谷小径|走私者古道|瀑布石阶|湖上的垭口|朝圣路',
      good: `{time}走{thing}，一个人都没有，只有风和自己的脚步。
{thing}走了{n}个小时，最后一个小时最好。
{friend}说走{other}，结果走了{thing}，反而更开心。
在{thing}吃午饭，有头牛想加入。
雾散了才发现{thing}，比想的近。
住在{place}的山屋，梦见了{thing}。
{thing}教会我少背一点。
腿是木头，头是空气，{thing}，你说得对。`,
      bad: `走了{n}公里才看到牌子：{thing}风灾后关闭。
新鞋加{thing}，等于创可贴。
{thing}旁边又有人丢垃圾。
{place}的末班车差十一秒没赶上，{thing}摸黑再走一遍。`,
      ask: `{time}{thing}还结冰吗？
膝盖不好，走{thing}还是{other}？
周日有人去{thing}吗？车上还有{n}个位子。`,
    },
  ),
  topic(
    'cycling',
    {
      label: 'cycling',
      things:
        'the steel frame|the cargo bike|the old three-speed|the gravel bike|the folding bike|the tandem|the racing bike|the Dutch bike|the single-speed|the touring bike|the post bike|the recumbent',
      good: `{thing} and an empty road {time}. Nothing to add.
All the way up without stopping; {thing} deserves half the credit.
{friend} rebuilt {thing} from {n} broken ones. It flies.
Carried a bookshelf home on {thing}.
The workshop {place} taught me to mend {thing}; I feel ten years old and invincible.
{thing} in the morning, {other} in the evening, cake between.
No destination, no hurry, {thing}.
Oiled, pumped, polished: {thing} hums again.`,
      bad: `Glass on the path {place}. {n} patches, and {thing} still limps.
A van overtook {thing} {place} at elbow distance. I am still shaking.
Somebody stole {thing} {time}.
Headwind both ways. Even {thing} sighed.`,
      ask: `What makes {thing} squeak? Oil helps for {n} minutes.
Is the cycle lane {place} wide enough for {thing}?
{thing} or {other} for the winter?`,
    },
    {
      label: '骑行',
      things:
        '钢架老车|货运自行车|三速老车|砂石车|折叠车|双人自行车|公路车|荷兰车|单速车|旅行车|邮差车|躺车',
      good: `{time}空荡荡的路，骑着{thing}，不用多说。
{place}一口气骑上去，{thing}有一半功劳。
{friend}用{n}辆坏车拼出一辆{thing}，跑得飞快。
用{thing}驮了个书架回家。
{place}的修车铺教我修{thing}，觉得自己十岁，天下无敌。
早上{thing}，傍晚{other}，中间吃蛋糕。
没有目的地，不赶时间，有{thing}就够。
上油、打气、擦亮：{thing}又会哼歌了。`,
      bad: `{place}路上有碎玻璃，补了{n}块，{thing}还是一瘸一拐。
{place}一辆面包车贴着{thing}超过去，手还在抖。
{time}谁把{thing}顺走了？
去也逆风，回也逆风，{thing}都在叹气。`,
      ask: `{thing}吱呀响怎么办？上油只管{n}分钟。
{place}的自行车道，{thing}过得去吗？
冬天选{thing}还是{other}？`,
    },
  ),
  topic(
    'running',
    {
      label: 'running',
      things:
        'an easy ten|the river loop|a negative split|a set of hill repeats|a night run|the slow mile|the half marathon|a tempo run|a long Sunday run|a barefoot lap|a relay leg|the staircase run',
      good: `{thing} {time}. Lungs like sails.
Ran {place} with {friend}; {thing}, and we talked the whole way.
{n} weeks ago I could not do {thing}. Today I did it in the rain.
Left the phone at home, took {thing}. Heard the town for once.
{thing} is boring until kilometre five, then it is the opposite.
A dog joined me for {thing}, then went back to his bench.
Nobody looks elegant during {thing}. That is the beauty of it.
After {thing}: soup, then {other} on paper, then sleep.`,
      bad: `Started {thing} far too fast. Finished on a wall {place}.
My knee says no to {thing} for {n} weeks.
Black ice {place} {time}; {thing} became skating.
Signed up for {thing} in a good mood. The mood is over.`,
      ask: `How do you learn {thing} without hating it?
Is there light {place} for {thing} at six?
{thing} or {other} the week before a race?`,
    },
    {
      label: '跑步',
      things:
        '轻松的十公里|河边一圈|后程加速跑|坡道折返跑|夜跑|超慢跑|半程马拉松|节奏跑|周日长跑|赤脚跑|接力跑|台阶跑',
      good: `{time}练了{thing}，肺像张开的帆。
和{friend}在{place}跑，{thing}，一路都在聊天。
{n}个星期前还应付不了{thing}，今天下着雨也完成了。
手机留在家里，只想着{thing}，终于听见这座城。
{thing}，前五公里无聊，后面正好相反。
有只狗陪我跑了一段，{thing}结束它就回长椅去了。
谁跑步都不优雅，{thing}的时候更是，这才好看。
{thing}之后：喝汤，计划{other}，睡觉。`,
      bad: `起跑太猛，{thing}没撑住，最后坐在{place}的墙根。
膝盖说{thing}先停{n}个星期。
{time}{place}结了黑冰，{thing}变成了滑冰。
报名的时候心情好，现在对着{thing}后悔。`,
      ask: `怎么才能不讨厌{thing}？
早上六点{place}有路灯吗？想去练{thing}。
比赛前一周，{thing}还是{other}？`,
    },
  ),
  topic(
    'swimming',
    {
      label: 'swimming',
      things:
        'a cold dip|a slow kilometre|a dawn swim in the lake|a lane of backstroke|a winter swim|a long glide|a swim across the bend|a dive from the high board|a lap of butterfly|an evening swim|a mile of crawl|an hour of water polo',
      good: `{thing} {time}. Came out a different colour and a better person.
{n} lengths, then {thing}; the day can come.
{friend} dared me. {thing}. I screamed, then stayed.
Steam over the water {place}, and {thing} all to myself.
The old ladies of the winter club {place} do {thing} while discussing soup.
{thing} is the only place where nobody can send me a message.
Finally got the breathing right: {thing}, count, roll.
First {thing}, then {other}, then pancakes.`,
      bad: `The pool {place} is closed for {n} weeks. What about {thing}?
Goggles leaked through all of {thing}.
Somebody did butterfly in the slow lane. {thing} was more like surfing.
Water at {n} degrees, and they call it {thing}. I call it a mistake.`,
      ask: `How do you get used to {thing}? I last {n} breaths.
Is the water {place} clean enough for {thing} {time}?
{thing} or {other} for a stiff back?`,
    },
    {
      label: '游泳',
      things:
        '冷水浸泡|慢慢的一公里|清晨湖泳|仰泳|冬泳|长滑行|横渡河湾|高台跳水|蝶泳|夜泳|一英里自由泳|一小时水球',
      good: `{time}为了{thing}下水，上来换了个颜色，也换了个人。
游了{n}个来回，再加{thing}，今天可以开始了。
{friend}激我，为了{thing}我喊了一声，然后不想上来了。
{place}水面冒着白气，{thing}归我一个人。
{place}冬泳队的阿姨们，一边{thing}一边聊煲汤。
只有游泳没人能给我发消息，{thing}最安静。
终于学会换气，{thing}也顺了。
先{thing}，再{other}，然后吃煎饼。`,
      bad: `{place}的泳池要关{n}个星期，{thing}怎么办？
泳镜一直漏水，{thing}全泡汤。
有人在慢速道游蝶泳，{thing}变成冲浪。
水温{n}度，他们管这叫{thing}，我管这叫失误。`,
      ask: `{thing}怎么适应？我只撑得过{n}口气。
{time}{place}的水干净吗？想试试{thing}。
腰背僵，{thing}好还是{other}好？`,
    },
  ),
  topic(
    'football',
    {
      label: 'football',
      things:
        'a header in the rain|a corner in the mud|a penalty off the post|an offside by a toe|a save with the fingertips|a late equaliser|a goal from halfway|a free kick round the wall|a clean sheet|a volley from the edge|a goal-line clearance|a hat-trick by the substitute',
      good: `{thing}! I have no voice left and no complaints.
{n} minutes to go, then {thing}. Strangers hugged me {place}.
Took {friend} to see the derby; the highlight was {thing}.
Our school side {place} played like a choir: {thing}, then {other}.
Sunday, drizzle, {thing}. Church for people with scarves.
The oldest fan {place} says he has not seen {thing} like that since there were wooden seats.
Nobody expected {thing}. That is why we come.
Played myself {time}; {thing}, and I can still walk.`,
      bad: `{n} chances, no goal, and then {thing}.
The referee saw {thing} from another planet.
Tickets have doubled. Not even {thing} is worth that.
Lost again. {thing} was the only decent thing about it.`,
      ask: `Did anybody film {thing}? One could see nothing {place}.
Who else {place} is still thinking about {thing}?
{thing} or {other}: what cost us the match?`,
    },
    {
      label: '足球',
      things:
        '雨中头球|泥地里的角球|打中门柱的点球|差一个脚趾的越位|指尖扑救|补时扳平|半场吊射|绕过人墙的任意球|零封|禁区边凌空|门线解围|替补的帽子戏法',
      good: `因为{thing}，嗓子没了，一句怨言也没有。
还剩{n}分钟，因为{thing}，{place}的陌生人都来抱我。
带{friend}去看球，最难忘的是{thing}。
{place}的校队踢得像合唱：先是{thing}，再是{other}。
周日，小雨，{thing}，围巾是我们的礼服。
{place}最老的球迷说，木头座位的年代以后就没见过这样的{thing}。
谁也没想到{thing}，所以我们才来。
{time}自己上场，因为{thing}乐了一路，居然还能走路。`,
      bad: `{n}次机会一个没进，然后是{thing}。
裁判看{thing}，大概是在别的星球看的。
票价翻倍，连{thing}也不值。
又输了，也就{thing}还像样。`,
      ask: `{thing}有人录下来吗？在{place}什么也看不见。
{place}还有谁忘不了{thing}？
{thing}和{other}，到底输在哪？`,
    },
  ),
]
