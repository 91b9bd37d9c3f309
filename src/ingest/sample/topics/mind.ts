/** Books, poetry, chess, mathematics, programming. */
import { topic } from '../words.ts'

export const mind = [
  topic(
    'books',
    {
      label: 'books',
      things:
        'a novel about lighthouses|a detective story with recipes|an atlas of islands|a thin book on rivers|a family saga|the diary of a beekeeper|a translated fairy tale|a history of salt|a novel told by a tram|a book of letters|a field guide to clouds|a ghost story for adults',
      good: `{thing} kept me up {time}; I regret only the morning.
Lent {thing} to {friend}. We will see who of you returns.
Found {thing} {place} for {n} coins and a conversation.
Read {thing} aloud to the kitchen. The soup agreed.
{thing} is thin, like a key is thin.
The librarian {place} slid {thing} across the desk without a word. She knows.
I meant to read {other}; {thing} was nearer and better.
Closed {thing} slowly, so as not to wake anybody in it.`,
      bad: `The last {n} pages are missing from {thing}.
The reading room {place} loses its evening hours. {thing} and I protest.
Three people told me how {thing} ends.
Left {thing} on the tram {time}.`,
      ask: `What should I read after {thing}?
Is {thing} better in the original?
Does anyone {place} want to read {thing} together, {n} chapters a week?`,
    },
    {
      label: '读书',
      things:
        '写灯塔的小说|带菜谱的侦探故事|岛屿地图集|讲河流的小书|三卷本家族史|养蜂人日记|新译的童话|盐的历史|电车讲述的小说|书信集|云的图鉴|给大人的鬼故事',
      good: `{time}因为{thing}熬到很晚，只对早上感到抱歉。
和{friend}聊{thing}，聊到书店关门。
在{place}花{n}个硬币遇到{thing}，外加一场聊天。
在厨房里念{thing}，汤也同意。
{thing}很薄，像钥匙那样薄。
{place}的馆员把{thing}推过来，什么也没说，她懂。
本想着{other}，{thing}更近，也更好。
慢慢合上书，{thing}还在里面，怕吵醒谁。`,
      bad: `为了{thing}读到最后，发现缺了{n}页。
{place}的阅览室取消晚间开放，{thing}和我都抗议。
已经有三个人剧透了{thing}。
{time}把{thing}落在电车上了。`,
      ask: `放下{thing}之后，该读什么？
说到{thing}，原文会更好吗？
{place}有人一起读吗？从{thing}开始，一周{n}章。`,
    },
  ),
  topic(
    'poetry',
    {
      label: 'poetry',
      things:
        'a poem of eleven words|an ode to a kettle|a sonnet about rent|a haiku on a receipt|a ballad of the ferry|a verse in dialect|a poem without verbs|the letter to the moon|an elegy for a bicycle|a rhyme for the market|a lullaby in prose|a poem about herons',
      good: `{thing}, read {place} {time}. The room forgot to clap, then could not stop.
I carry {thing} in my coat; it weighs less every day.
{friend} read {thing} so quietly that the fridge turned itself off.
Wrote {n} lines and kept {thing}.
{thing} does not explain itself, and neither does the river.
Found {thing} chalked on a wall {place}.
Between {other} and {thing} there is exactly one bus stop.
Learned {thing} by heart {time}, for emergencies.`,
      bad: `I worked {n} days on {thing}. It was better as a shopping list.
The printer {place} set {thing} in the wrong order.
Somebody has explained {thing} to me. Now it is dead.
Stood at the microphone with {thing} and no voice.`,
      ask: `How would you translate {thing}?
Who wrote {thing}? I only remember the rain in it.
Is {thing} still a poem if it rhymes with {other}?`,
    },
    {
      label: '诗',
      things:
        '十一个字的诗|水壶颂|写房租的十四行|小票上的俳句|渡船谣|方言诗|没有动词的诗|给月亮的信|自行车挽歌|集市歌谣|散文摇篮曲|苍鹭诗',
      good: `{time}{place}的朗诵会上有{thing}，大家忘了鼓掌，后来停不下来。
把{thing}揣在大衣里，一天比一天轻。
{friend}念{thing}，轻得连冰箱都停了。
写了{n}行，只留下{thing}。
{thing}不解释自己，河也不解释。
{place}的墙上有人用粉笔写着{thing}。
{other}和{thing}之间，正好隔一站公交。
{time}背下了{thing}，以备不时之需。`,
      bad: `为{thing}折腾了{n}天，还不如当购物清单。
{place}的印刷所把{thing}排错了顺序。
有人给我讲解了{thing}，现在它死了。
站在话筒前想着{thing}，嗓子没了。`,
      ask: `{thing}你会怎么译？
谁还记得{thing}？我只记得里面的雨。
要是和{other}押韵，{thing}还算诗吗？`,
    },
  ),
  topic(
    'chess',
    {
      label: 'chess',
      things:
        'a quiet rook move|a bishop sacrifice|a knight on the rim|a mate in four|a king walk|a queen trap|a pawn race|an exchange sacrifice|a perpetual check|a smothered mate|a poisoned pawn|a late castling',
      good: `{thing} {place} {time}. My opponent smiled before I understood.
{n} games, one good idea: {thing}.
Taught {friend} about {thing}. Lost to it the same evening.
An old man {place} showed me {thing} with a sugar cube for a queen.
{thing} is a small poem with consequences.
Analysed {thing} until the coffee was cold and the truth came out.
Everybody prepares {other}; I prepare {thing} and tea.
The youth club {place} played {thing} so fast that I heard only the clock.`,
      bad: `Completely winning, then {thing}. I want to live in a forest.
{n} hours of defence, and {thing} on the last move.
The opponent talked during {thing}.
My flag fell {time} while I admired {thing}.`,
      ask: `How does one meet {thing} without crying?
Who plays {place} {time}? I bring the clock.
Is {thing} sound, or has nobody tried to refute it in {n} years?`,
    },
    {
      label: '国际象棋',
      things:
        '安静的一步车|弃象|边线上的马|四步杀|王的长征|捉后陷阱|兵的赛跑|弃半子|长将|闷杀|毒兵|迟到的易位',
      good: `{time}{place}下棋，{thing}，对手先笑了我才明白。
{n}盘棋，一个好主意：{thing}。
给{friend}讲{thing}，当晚就栽在上面。
{place}的老先生用一块方糖当后，给我讲{thing}。
{thing}是一首有后果的小诗。
琢磨{thing}，咖啡凉了，真相也出来了。
大家都准备{other}，我准备{thing}和茶。
{place}的少年队讲究{thing}，快得我只听见棋钟。`,
      bad: `大优的棋，因为{thing}输了，我想住到森林里去。
守了{n}个小时，栽在{thing}。
对手一直说话，{thing}全乱了。
{time}欣赏{thing}的时候，超时了。`,
      ask: `遇到{thing}怎么才能不哭？
{time}{place}有人下棋吗？我琢磨着{thing}。
{thing}站得住吗？还是{n}年没人去破？`,
    },
  ),
  topic(
    'mathematics',
    {
      label: 'mathematics',
      things:
        'a proof without words|the seven bridges|a prime with a mirror|the birthday puzzle|a knot that is none|the golden angle|a tiling of the bathroom|a lemma in disguise|the pigeonhole|an infinite hotel|a curve without a tangent|the harmonic series',
      good: `Explained {thing} to {friend} with {n} oranges. It worked, then we ate the proof.
{thing} {time}, on the back of a tram ticket.
The circle {place} spent an evening on {thing} and nobody looked at a clock.
I believed {other} until {thing} smiled at me.
{thing} is so short that I read it twice to find where it was hiding.
A pupil {place} found a nicer way to {thing} than the book. Best day of the year.
Dreamed of {thing}; woke up and it was still true.
Chalk on the sleeves: {thing} has visited.`,
      bad: `{n} pages on {thing}, and a minus sign on page two.
I can feel that {thing} is easy. I cannot see it.
They cut maths club {place}; {thing} must wait.
Everyone says {thing} is obvious. I hate that word.`,
      ask: `Is there a picture that makes {thing} clear?
Does {thing} need {other}, or is there a way round?
What would you show a child of {n} first: {thing} or a knot?`,
    },
    {
      label: '数学',
      things:
        '没有文字的证明|七桥问题|照镜子的质数|生日悖论|不是结的结|黄金角|浴室的密铺|伪装的引理|抽屉原理|无限旅馆|处处没有切线的曲线|调和级数',
      good: `用{n}个橘子给{friend}讲{thing}，讲通了，证明也吃了。
{time}在电车票背面想{thing}。
{place}的小组聊了一晚上{thing}，没人看表。
我一直信{other}，直到{thing}冲我笑。
{thing}短得我看了两遍，找它藏在哪。
{place}有个学生讲{thing}，比书上漂亮，今年最好的一天。
梦见{thing}，醒来它还是真的。
袖子上全是粉笔：{thing}来过了。`,
      bad: `写了{n}页{thing}，负号错在第二页。
我能感觉到{thing}很简单，就是看不见。
{place}的数学社停了，{thing}只好等等。
人人都说{thing}显然，我讨厌这个词。`,
      ask: `有没有一张图能讲清{thing}？
{thing}非要用{other}吗，能绕过去吗？
给{n}岁的孩子，先讲{thing}还是先讲绳结？`,
    },
  ),
  topic(
    'programming',
    {
      label: 'programming',
      things:
        'the tiny parser|the flaky test|the old cache|the off-by-one|the date function|the login form|the import script|the sorting routine|the search box|the build script|the spam filter|the weather bot',
      good: `Deleted {n} hundred lines {time}. {thing} still works.
{thing} taught me more than the course {place}.
{friend} looked at {thing} for a second and said one word. Fixed.
Wrote {thing} on the tram; it compiled before the bridge.
Good names, short files, and {thing} is calm. I sleep well.
Showed the club {place} {thing}; somebody clapped, somebody opened an issue.
Rewrote {thing}. The fan has gone quiet.
Today {thing} explained itself. I only had to read it.`,
      bad: `{n} hours on {thing}. It was a time zone.
It works here {place} and nowhere else, thanks to {thing}.
Somebody touched {thing} before the weekend.
I have met the author of {thing}. It is me, last year.`,
      ask: `How do you test {thing} without mocking the world?
{thing} or {other} for a school project?
Who {place} wants to read source code together {time}? First: {thing}.`,
    },
    {
      label: '编程',
      things:
        '小解析器|时好时坏的测试|老缓存|差一错误|日期函数|登录表单|导入脚本|排序程序|搜索框|构建脚本|垃圾过滤器|天气机器人',
      good: `{time}删了{n}百行，{thing}照样能跑。
{thing}比{place}的课教得多。
{friend}看了一眼{thing}，说了一个词，好了。
在电车上写{thing}，过桥之前就编译通过。
好名字，短文件，{thing}很安静，睡得香。
给{place}的小组讲{thing}，有人鼓掌，有人提问题。
重写了{thing}，风扇安静了。
今天{thing}自己把话说清了，我只是读了一遍。`,
      bad: `跟{thing}耗了{n}个小时，最后是时区。
在{place}能跑，别处都不行，都怪{thing}。
周末前有人动了{thing}。
我见到了{thing}的作者，就是去年的我。`,
      ask: `{thing}怎么测，才不用假装整个世界？
做课程项目，{thing}还是{other}？
{time}{place}有人一起读代码吗？先聊{thing}。`,
    },
  ),
]
