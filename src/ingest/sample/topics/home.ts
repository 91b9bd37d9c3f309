/** Cats, dogs, parenting, sleep, night trains. */
import { topic } from '../words.ts'

export const home = [
  topic(
    'cats',
    {
      label: 'cats',
      things:
        'the grey cat|the three-legged tom|the neighbour’s kitten|the old tortoiseshell|the ginger boss|the one-eyed queen|the bakery cat|the shy tabby|the white fluff|the black shadow|the harbour cat|the cat from number nine',
      good: `{thing} sat down on me {time}. I am furniture now, and honoured.
Bought {thing} a bed for {n} coins; the box it came in won.
{friend} came to see me and talked only with {thing}.
The bookshop {place} has adopted {thing}. Sales have doubled.
{thing} in the sun, and the whole street {place} walks slower.
Woken by {thing} before the alarm. Breakfast was negotiated.
First {thing} came, then {other}, then there was no room on the sofa.
{thing} does not love me. But every evening, on time, the windowsill.`,
      bad: `{n} cups lost this week. Suspect: {thing}.
The vet {place} was bitten. We apologised for {thing}.
{thing} at four in the morning, on my face.
Missing {place} since {time}: {thing}, white paw, answers to nobody.`,
      ask: `Why does {thing} sleep in the sink? There is a perfectly good sofa.
How do you introduce {thing} to {other}?
Is {n} meals a day normal, or has {thing} trained me?`,
    },
    {
      label: '猫',
      things:
        '灰猫|三条腿的大公猫|邻居的小奶猫|老玳瑁|橘老大|独眼女王|面包房的猫|害羞的狸花|白毛球|黑影子|港口的猫|九号门的猫',
      good: `{time}{thing}坐到我身上，我现在是家具，荣幸。
花{n}个硬币给{thing}买了窝，最后赢的是纸箱。
{friend}来看我，一晚上只跟{thing}说话。
{place}的书店收养了{thing}，生意翻倍。
{thing}一晒太阳，{place}整条街都走慢了。
闹钟没响，{thing}先到，早饭已谈妥。
先来了{thing}，又来了{other}，沙发上没有我的位置了。
{thing}不爱我，可是每晚准时坐在窗台上。`,
      bad: `这周碎了{n}个杯子，嫌疑：{thing}。
{place}的兽医被咬了，我替{thing}道过歉了。
凌晨四点，{thing}，在我脸上。
{time}起在{place}走失：{thing}，一只白爪，谁叫都不理。`,
      ask: `{thing}为什么要睡水槽？明明有沙发。
怎么把{thing}介绍给{other}？
一天{n}顿正常吗，还是我被{thing}训练了？`,
    },
  ),
  topic(
    'dogs',
    {
      label: 'dogs',
      things:
        'the old spaniel|the shy rescue|the ferry dog|the three-coloured puppy|the deaf terrier|the long dachshund|the shop dog|the grey lurcher|the neighbour’s poodle|the woolly sheepdog|the small one with the big bark|the retired guide dog',
      good: `Out with {thing} {place} {time}. Half the town says hello, nobody knows my name.
After {n} weeks {thing} ate from my hand.
{friend} says {thing} improves character. Not the dog’s.
{thing}, rain, no hurry. We inspected every corner {place}.
{thing} found a single sock and carried it home like news.
{thing} met {other}, and they still like the same old joke.
I throw the ball, {thing} brings a stick. We have an understanding.
{thing} is asleep and running. It must have been a good day.`,
      bad: `{thing}, wet, on the white sofa.
Fireworks {place} again; {n} hours under the table with {thing}.
Somebody leaves glass {place}. {thing} limps.
A cake is missing, and {thing} looks very innocent.`,
      ask: `How do you teach {thing} to let go of a sock?
Where {place} may {thing} run free {time}?
Does yours bark at the moon as well, or is that only {thing}?`,
    },
    {
      label: '狗',
      things:
        '老猎犬|害羞的流浪狗|渡船上的狗|三色小狗|耳背的梗犬|长长的腊肠|看店的狗|灰猎犬|邻居的贵宾|毛茸茸的牧羊犬|嗓门很大的小不点|退休的导盲犬',
      good: `{time}带{thing}在{place}遛弯，半城的人打招呼，没人知道我名字。
{n}个星期了，{thing}终于肯吃我手里的东西。
{friend}说{thing}能改善性格，不是狗的性格。
{thing}，下雨，不急，{place}每个角落都检查过了。
{thing}捡到一只袜子，像送新闻一样叼回家。
{thing}碰上{other}，还是喜欢那个老笑话。
我扔球，{thing}叼回来树枝，我们有默契。
{thing}睡着了，梦里还在跑，今天一定很好。`,
      bad: `{thing}，湿的，在白沙发上。
{place}又放烟花，和{thing}在桌子底下躲了{n}个小时。
{place}有人乱丢玻璃，{thing}一瘸一拐。
蛋糕不见了，{thing}一脸无辜。`,
      ask: `怎么教{thing}松开袜子？
{time}{place}哪里可以让{thing}撒开跑？
你们家的也对着月亮叫吗，还是只有{thing}？`,
    },
  ),
  topic(
    'parenting',
    {
      label: 'parenting',
      things:
        'the third bedtime story|a lost mitten|a lunch box opera|the first wobbly tooth|a question about death at breakfast|the school play|a cardboard rocket|a puddle of great importance|the swimming badge|a drawing of our family with nine cats|the long no|a nap, finally',
      good: `{thing} {time}. I would not trade it for sleep. Almost.
My daughter, {n}, explained {thing} to the grandparents. They took notes.
{friend} watched the children; we came home to {thing}.
{thing} {place}, and twenty strangers smiled at once.
Nobody tells you how funny {thing} is.
We planned {other}. We got {thing}. It was better.
He drew {thing} on my notes, “for the meeting”.
All asleep. The floor is lava, the fridge is art: {thing}.`,
      bad: `{n} nights. {thing}. I put the keys in the fridge.
The kindergarten {place} closes at two. {thing} is not a joke.
{thing}, in the supermarket, on the floor.
Everyone has advice about {thing}. Nobody has a free evening.`,
      ask: `What do you say to {thing}? I said “ask your aunt”.
Who {place} has a raincoat for a child of {n}? We offer {other}.
Does {thing} end, or does one get used to it?`,
    },
    {
      label: '带娃',
      things:
        '第三个睡前故事|丢了的手套|饭盒大战|第一颗松动的牙|早餐时问的生死问题|学校演出|纸板火箭|一个非常重要的水坑|游泳徽章|画了九只猫的全家福|漫长的“不要”|终于来了的午睡',
      good: `{time}经历了{thing}，拿觉来换都不肯，差一点肯。
女儿{n}岁，给外公外婆讲{thing}，他们做了笔记。
{friend}帮忙看孩子，回家听到的第一件事是{thing}。
{place}因为{thing}，二十个陌生人一起笑了。
没人告诉过我{thing}这么好笑。
计划的是{other}，来的是{thing}，更好。
儿子说起{thing}，还往我大衣里塞了张纸条，“开会用的”。
都睡了，地板是岩浆，冰箱是画廊，因为{thing}。`,
      bad: `{n}个晚上，{thing}，我把钥匙放进了冰箱。
{place}的幼儿园两点关门，再加上{thing}，不是开玩笑。
因为{thing}，在超市，躺在地上。
{thing}，人人有建议，没人有空。`,
      ask: `遇到{thing}你们怎么说？我说“去问姑姑”。
{place}谁家有{n}岁穿的雨衣？拿{other}的故事换。
{thing}会过去吗，还是会习惯？`,
    },
  ),
  topic(
    'sleep',
    {
      label: 'sleep',
      things:
        'a nap of twenty minutes|a heavy blanket|an open window|an early night|a warm foot bath|a phone in another room|a chapter before bed|a Sunday without a clock|a glass of warm milk|an evening without screens|a walk before bed|a cool dark room',
      good: `{thing}, and I woke up a citizen.
{n} nights of {thing}. The mirror has noticed.
{friend} recommended {thing}. I laughed. I was wrong.
{thing} {time}, rain {place}, nothing to be.
First {other}, then {thing}, and I slept like a stone.
Told my doctor {place} about {thing}; she wrote it down for herself.
There is no luxury like {thing}.
Went to bed with the birds: {thing}.`,
      bad: `{thing}, then the bin lorry {place}, then it was morning.
{n} sheep, two lists, {thing}, and still awake.
The new street lamp {place} beats even {thing}.
I was told {thing} helps. It is three, and I am writing this.`,
      ask: `Does {thing} help, or do I only believe it?
Is {thing} a sin or a skill?
How long until {thing} works? I am at {n} days.`,
    },
    {
      label: '睡眠',
      things:
        '二十分钟的小睡|厚被子|开一条缝的窗|早睡|热水泡脚|手机放隔壁|睡前一章书|没有钟的周日|一杯热牛奶|不看屏幕的晚上|睡前散步|又凉又暗的房间',
      good: `因为{thing}，醒来又是个好市民。
连着{n}晚，靠{thing}，镜子都看出来了。
{friend}推荐{thing}，我笑了，我错了。
{time}，{place}下着雨，有{thing}，什么都不必做。
先{other}，再{thing}，睡得像块石头。
跟{place}的医生说起{thing}，她自己记了下来。
没有比{thing}更奢侈的了。
跟鸟一起上床，靠的是{thing}。`,
      bad: `{thing}，然后是{place}的垃圾车，然后天亮了。
数了{n}遍羊，列了清单，{thing}也试了，还醒着。
{place}的新路灯正对着窗，{thing}也救不了。
都说{thing}管用，现在三点，我在写这个。`,
      ask: `{thing}真有用吗，还是我自己信？
{thing}，是罪过还是本事？
{thing}多久见效？我第{n}天了。`,
    },
  ),
  topic(
    'trains',
    {
      label: 'night trains',
      things:
        'the lower bunk|the dining car|a border at dawn|the last carriage|the upper valley line|the slow night train|the ferry connection|a window seat to the north|the coast express|the train with the piano|the sleeper to the sea|a stop with no name',
      good: `{thing} {time}: the world rolled past like a slow thought.
{n} hours, two countries, {thing}. I arrived before my worries.
{friend} and I met again by accident because of {thing}.
Tea in a glass, {thing}, somebody singing in the corridor.
The station {place} at five in the morning, and {thing}. I could live there.
Flying is faster than {thing}; so is falling.
I remember nothing of the city, everything of {thing}.
Packed {other}, forgot the charger, gained {thing}.`,
      bad: `{thing} was replaced by a bus. At two. In snow.
{n} announcements, none about {thing}.
They close the night line {place} in spring; {thing} goes with it.
Somebody snored through {thing} and all its valleys.`,
      ask: `Does one reserve {thing}, or simply hope?
Where does the train {place} wait for {thing}?
{thing} or {other}, if you travel with {n} children?`,
    },
    {
      label: '夜火车',
      things:
        '下铺|餐车|黎明的边境|最后一节车厢|上谷线|慢慢的夜车|渡船接驳|朝北的靠窗座|海岸快车|带钢琴的火车|开往海边的卧铺|没有名字的小站',
      good: `{time}遇见{thing}，世界像一个慢慢的念头滚过去。
{n}个小时，两个国家，{thing}，我比烦恼先到。
因为{thing}，和{friend}又碰上了。
玻璃杯里的茶，{thing}，过道里有人唱歌。
清晨五点{place}的车站，还有{thing}，我可以住在那。
飞机比{thing}快，坠落也快。
城市什么也没记住，{thing}全记得。
带了书，想着{other}，忘了充电器，收获{thing}。`,
      bad: `因为{thing}，火车换成了大巴，凌晨两点，下雪。
广播了{n}次，没有一次说到{thing}。
{place}的夜车春天停开，{thing}也跟着没了。
有人打着呼噜错过了{thing}和所有的山谷。`,
      ask: `{thing}能预订吗，还是碰运气？
{place}那趟夜车，能赶上{thing}吗？
带{n}个孩子出门，{thing}还是{other}？`,
    },
  ),
]
