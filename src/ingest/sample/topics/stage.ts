/** Jazz, choir, vinyl, theatre, film. */
import { topic } from '../words.ts'

export const stage = [
  topic(
    'jazz',
    {
      label: 'jazz',
      things:
        'a slow ballad|a bass solo|the late set|a muted trumpet solo|a waltz in five|a tenor solo|a walking blues|a brushed drum solo|an old standard|a bossa in the dark|a piano trio|a duet for clarinet and rain',
      good: `{thing} {place} {time}. Even the ice in the glasses kept time.
They played {thing} for {n} minutes and nobody wanted the end.
{friend} sat in on bass; {thing} lifted off the floor.
Closed my eyes during {thing} and saw the river.
Practised {thing} {time}. It swings if I stop thinking.
The drummer smiled just before {thing}. You could hear the smile.
First {thing}, then {other}, then a silence that was also music.
Left the club {place} humming {thing}; a taxi driver joined in.`,
      bad: `Somebody talked through the whole of {thing}.
The club {place} may close. Where would {thing} go?
{n} rehearsals and {thing} still falls apart at the bridge.
The rain got into the case; {thing} will sound like a duck.`,
      ask: `Which recording of {thing} would you take to an island?
Is there an open stage {place} {time}? I would try {thing}.
How do you count {thing}? I get lost after {n} bars.`,
    },
    {
      label: '爵士',
      things:
        '慢速抒情曲|贝斯独奏|深夜那一场|弱音小号独奏|五拍子圆舞曲|次中音独奏|行走蓝调|鼓刷独奏|老标准曲|暗处的波萨诺瓦|钢琴三重奏|单簧管二重奏',
      good: `{time}{place}听到{thing}，连杯子里的冰都在打拍子。
一支曲子奏了{n}分钟，{thing}让人不想结束。
{friend}上台客串，{thing}一下子飘起来了。
听{thing}的时候闭上眼，看见了河。
{time}练{thing}，不想的时候才有摇摆。
{thing}之前鼓手笑了一下，笑声都听得出来。
先是{thing}，再是{other}，然后一阵安静，也是音乐。
走出{place}的俱乐部还哼着{thing}，出租车司机跟着和。`,
      bad: `{thing}那一段，邻桌从头聊到尾。
{place}的俱乐部可能要关，{thing}去哪里听？
排了{n}次，一到{thing}还是散。
琴盒进了雨，{thing}听起来像鸭子。`,
      ask: `说到{thing}，带去荒岛你选哪个版本？
{time}{place}有开放舞台吗？想试试{thing}。
{thing}怎么数拍子？我过了{n}小节就迷路。`,
    },
  ),
  topic(
    'choir',
    {
      label: 'choir',
      things:
        'an old round|a four-part lullaby|the winter hymn|a madrigal about a cuckoo|a small requiem|a sea shanty|a canon for six voices|the evening prayer|a wedding song|a mass without organ|a folk song in fifths|the last amen',
      good: `{thing} {time}, and suddenly {n} strangers were one instrument.
The conductor put down the baton after {thing} and said nothing. High praise.
{friend} cried during {thing}; says it was the dust.
Sang {thing} under the arches {place}; the echo sang it back in tune.
Stood between two basses for {thing}. I have been massaged by sound.
After {thing} somebody outside {place} clapped through the window.
I came for {other} and stayed for {thing}.
Learned {thing} by heart while washing up.`,
      bad: `We have {n} sopranos and one tenor, and the tenor has flu. {thing} is cancelled.
Lost the page in the middle of {thing}.
The heating {place} failed; {thing} came out as fog.
Everyone came in early in {thing}. Everyone but me.`,
      ask: `Does your choir take people who cannot read music? I know {thing} by ear.
How do you keep {thing} from going flat?
Which room {place} has the best echo for {thing}?`,
    },
    {
      label: '合唱',
      things:
        '老轮唱|四声部摇篮曲|冬日赞歌|布谷鸟牧歌|小安魂曲|船夫号子|六声部卡农|晚祷|婚礼歌|无伴奏弥撒|五度民歌|最后的阿门',
      good: `{time}练到{thing}，{n}个陌生人忽然成了一件乐器。
{thing}结束，指挥放下手什么也没说，这是最高的表扬。
{friend}听到{thing}哭了，说是灰尘。
在{place}的拱门下练{thing}，回声准准地唱了回来。
{thing}的时候站在两个男低音中间，像被声音按摩。
{thing}刚完，{place}窗外有人鼓掌。
本来为了{other}来，最后为了{thing}留下。
洗着碗就把{thing}记熟了。`,
      bad: `{n}个女高音，一个男高音，他还感冒了，{thing}泡汤。
{thing}唱到一半，谱子掉了。
{place}暖气坏了，{thing}全成了白气。
到{thing}大家都抢拍，只有我没有。`,
      ask: `不识谱能进合唱团吗？想唱{thing}。
怎么让{thing}不往下掉？
{place}哪间屋子回声最好，适合{thing}？`,
    },
  ),
  topic(
    'vinyl',
    {
      label: 'vinyl',
      things:
        'an old bossa single|a warped choir record|a B-side with rain on it|a flea-market ten-inch|a test pressing|a tango from a lost label|a live album with coughing|a record without a sleeve|a box of sea shanties|a children’s choir single|a field recording of frogs|a crackling piano record',
      good: `Found {thing} {place} between {n} cookery books.
{thing} {time}, lamp off, volume a little too high.
{friend} brought {thing}; we did not get to bed.
{thing} sounds like somebody frying an egg in heaven.
Cleaned {thing} {time}. It was hiding a clarinet.
The shop {place} lets you hear {thing} in an armchair with a cat on it.
Everyone collects {other}. Give me {thing}.
Side one, turn, side two: {thing} makes you get up, that is its wisdom.`,
      bad: `Left {thing} on the windowsill. It is a bowl now.
The neighbour {place} has asked me {n} times about {thing}.
Ordered {thing}, received {other}.
A scratch right through {thing}. The best bar repeats for ever.`,
      ask: `How do you flatten {thing}? Books have not helped.
Who {place} repairs turntables without sighing? I have {thing} waiting.
What is {thing} worth? {n} coins, or a friendship?`,
    },
    {
      label: '黑胶',
      things:
        '波萨诺瓦老单曲|翘曲的合唱盘|录进雨声的B面|跳蚤市场的十寸盘|试压片|失踪厂牌的探戈|有人咳嗽的现场专辑|没封套的唱片|船歌套装|童声单曲|青蛙田野录音|带炒豆声的钢琴盘',
      good: `{place}的旧书堆里，{n}本菜谱中间翻出了{thing}。
{time}关了灯，{thing}，音量大了一点点。
{friend}带来了{thing}，谁都没睡。
{thing}，像有人在天上煎鸡蛋。
{time}洗了{thing}，才发现里面藏着一支单簧管。
{place}的店有扶手椅和猫，可以慢慢听{thing}。
大家都收{other}，我只要{thing}。
听完一面要起来翻，{thing}的智慧就在这里。`,
      bad: `把{thing}忘在窗台上，晒成了一只碗。
{place}的邻居为{thing}来敲过{n}次门。
订的是{thing}，寄来的是{other}。
{thing}中间一道划痕，最好的那小节永远重复。`,
      ask: `{thing}有救吗？压书没用。
{place}谁修唱机不叹气？{thing}等着呢。
{thing}值多少？{n}个硬币，还是一段友情？`,
    },
  ),
  topic(
    'theatre',
    {
      label: 'theatre',
      things:
        'a monologue in the dark|the balcony scene|the second act|the curtain call|a forgotten line|a duel with umbrellas|the cardboard moon|a storm made of tin|the smallest role|the trapdoor entrance|the borrowed crown|the ghost scene',
      good: `{thing} {place} {time}: nobody coughed. Nobody!
Saw {friend} on stage; {thing}, and I forgot that I know them.
{n} chairs, one lamp, {thing}. It was enough for a whole kingdom.
{thing} got a laugh in the wrong place, and it was better.
Helped backstage {time}; I was in charge of {thing}.
The amateurs {place} did {thing} so well that the professionals took notes.
I still think about {thing} and the pause after it.
{other} was fine. {thing} was why we go.`,
      bad: `Something fell on the duke during {thing}. He finished his line from the floor.
A phone rang during {thing}. {n} times.
They cut the subsidy {place}; goodbye, {thing}.
Three hours, two intervals, and even {thing} could not save it.`,
      ask: `Who can help us with {thing} until Friday?
Was {thing} meant to be funny? {place} we were {n} who laughed.
Where does one learn {thing} without going to school for it?`,
    },
    {
      label: '话剧',
      things:
        '黑暗中的独白|阳台那场戏|第二幕|谢幕|忘掉的台词|雨伞决斗|纸板月亮|铁皮打雷|最小的角色|暗门登场|借来的王冠|幽灵那场戏',
      good: `{time}{place}那场{thing}，没有一个人咳嗽。
看{friend}演出，{thing}一来，我忘了认识这个人。
{n}把椅子，一盏灯，{thing}，就够一个王国。
{thing}笑在了不该笑的地方，反而更好。
{time}去后台帮忙，我负责{thing}。
{place}的业余剧团，{thing}做得专业演员都在记笔记。
我还在想{thing}，和后面那一停。
{other}还行，{thing}才是我们去的理由。`,
      bad: `{thing}出了岔子，公爵躺在地上把戏演完了。
{thing}的时候有人手机响，响了{n}次。
{place}的补贴砍了，再见，{thing}。
三个小时两次休息，连{thing}也救不回来。`,
      ask: `谁能在周五前帮忙弄个{thing}？
{thing}是要好笑吗？{place}只有我们{n}个人笑。
不上戏剧学校，去哪学{thing}？`,
    },
  ),
  topic(
    'film',
    {
      label: 'film',
      things:
        'a silent comedy|a film without music|a documentary about eels|a western in the snow|a film shot in one kitchen|a ghost story without a ghost|a musical about taxes|a road movie by tram|a black-and-white thriller|an animated film about moths|a love story in two languages|a film in a single take',
      good: `{thing} {place} {time}, and then the long walk home without a word.
{n} people in the cinema for {thing}, and all of us leaned forward.
{friend} fell asleep during {thing}. I have told the ending twice.
Cried at {thing}. In public, with noise.
The old cinema {place} warmed up its projector for {thing}.
I went for {other}; {thing} is what stayed.
Watched {thing} again {time}, only for the last minute.
Popcorn, dust in the beam, {thing}. Home.`,
      bad: `They show {thing} at an hour when only owls are free.
Somebody explained {thing} aloud to their date for {n} minutes.
The cinema {place} becomes a gym. {thing} deserved better.
Beautiful pictures, but {thing} goes on for ever.`,
      ask: `What did {thing} mean? {friend} and I have stopped speaking.
Where {place} can one still see {thing}?
If you liked {thing}, should you see {other}?`,
    },
    {
      label: '电影',
      things:
        '默片喜剧|没有配乐的片子|鳗鱼纪录片|雪地西部片|只在厨房拍的片子|没有鬼的鬼片|税务歌舞片|电车公路片|黑白惊悚片|飞蛾动画片|双语爱情片|一镜到底的片子',
      good: `{time}{place}看完{thing}，一路走回家谁都没说话。
影院里{n}个人看{thing}，全都往前倾。
{friend}看{thing}睡着了，结局我已经讲了两遍。
看{thing}哭了，当众，还出声。
{place}的老影院为{thing}预热了放映机。
本来冲着{other}去，留在心里的是{thing}。
{time}又看了一遍{thing}，只为最后一分钟。
爆米花，光柱里的灰，{thing}，到家了。`,
      bad: `{thing}排在只有猫头鹰有空的时间。
后排给女朋友讲解{thing}，讲了{n}分钟。
{place}的影院要改健身房，{thing}不该是这个下场。
画面很美，但是{thing}没完没了。`,
      ask: `{thing}到底什么意思？我和{friend}已经不说话了。
{place}哪里还能看到{thing}？
喜欢{thing}的话，该不该看{other}？`,
    },
  ),
]
