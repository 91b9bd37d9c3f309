/** Bread, coffee, tea, noodles, pickles. */
import { topic } from '../words.ts'

export const food = [
  topic(
    'bread',
    {
      label: 'bread',
      things:
        'a rye loaf|a walnut loaf|a braided loaf|a seeded sourdough|a spelt loaf|a potato bread|a barley loaf|a country loaf|a milk bread|an olive loaf|a honey brioche|a pumpkin loaf',
      good: `The crust of {thing} sang all the way home {time}.
Took {thing} out of the oven {time} and the whole stairwell came to ask.
Shared {thing} with {friend} {place}; only crumbs to report.
After {n} tries, {thing} finally has ears.
Butter, salt, {thing}. There is no second course.
The bakery {place} traded me {thing} for a jar of honey.
Left {thing} to rise {time} and came back to something twice my size.
{friend} swears by {thing}, I swear by {other}. We eat both.`,
      bad: `Forgot {thing} in the oven {time}. It is now a roof tile.
{thing} collapsed the moment I opened the door.
The queue for {thing} {place} went round the corner and then there was none.
{n} hours of folding and {thing} is still a puddle.`,
      ask: `How do you keep {thing} from sticking to the basket?
Does {thing} really need {n} hours in the cold, or is that folklore?
Who {place} still sells fresh yeast? I need it for {thing}.`,
    },
    {
      label: '面包',
      things:
        '黑麦面包|核桃面包|辫子面包|酸面包|斯佩尔特面包|土豆面包|大麦面包|乡村面包|牛奶吐司|橄榄面包|蜂蜜布里欧修|南瓜面包',
      good: `{time}{thing}出炉，整个楼道都来敲门。
试到第{n}次，{thing}终于开了耳朵。
{thing}抹黄油撒点盐，别的菜都不用上了。
{place}那家面包房，用{thing}跟我换了一罐蜂蜜。
{time}把{thing}放着发酵，回来看见它长大了一倍。
{friend}爱{thing}，我爱{other}，最后两样都吃光。
捧着{thing}走回家，一路上听它噼啪作响。
给邻居送了{thing}，收回来一碗排骨汤。`,
      bad: `{time}忘了关火，{thing}变成了一块瓦片。
烤箱门一开，{thing}当场塌了。
{place}排队买{thing}，排到我刚好卖完。
折叠了{n}个小时，{thing}还是一滩泥。`,
      ask: `{thing}老是粘在藤篮上，有什么办法吗？
{thing}真的要冷藏{n}个小时吗，还是传说？
{place}还有谁卖鲜酵母？想做{thing}。`,
    },
  ),
  topic(
    'coffee',
    {
      label: 'coffee',
      things:
        'a slow pour-over|a moka coffee|a short espresso|a highland filter|a flat white|a cold brew|a honey-processed brew|a cortado|an oat cappuccino|a dark roast|a light roast|a French press',
      good: `{thing} {time}, rain on the window, nobody talking yet.
The barista {place} remembered me and {thing} was already waiting.
Cherry, cocoa, a bit of pepper: {thing} has more notes than my phone.
Switched to {thing} for {n} days and I am oddly cheerful.
{friend} made me {thing} with a sieve and a rubber band. It was perfect.
Nothing tidies a day like {thing} {place}.
Today {thing} came out exactly as I meant it, for once.
We tasted {n} roasts {time}. {thing} won, {other} was robbed.`,
      bad: `Paid too much for {thing} {place}. It tasted of cardboard.
{thing} after dinner was a mistake, it is now long past midnight.
The grinder jammed and {thing} must wait until payday.
They closed the corner stand {place}. Where will {thing} come from now?`,
      ask: `Is {thing} worth the fuss, or should I stay with {other}?
How coarse do you grind for {thing}?
Who roasts lighter than the place {place}? {friend} wants to know.`,
    },
    {
      label: '咖啡',
      things:
        '手冲|摩卡壶咖啡|浓缩|高山水洗|澳白|冷萃|蜜处理手冲|可塔朵|燕麦卡布|深烘滴滤|浅烘滴滤|法压',
      good: `{time}一杯咖啡，窗外下雨，谁都还没开口说话。
{place}的店员记得我，{thing}已经摆在台上了。
樱桃、可可、一点胡椒：{thing}的层次比我的日程还多。
换成{thing}{n}天，人莫名其妙开朗了。
{friend}用滤网和橡皮筋给我做了{thing}，居然完美。
{time}试了{n}种烘焙，{thing}第一，{other}有点冤。
今天的{thing}，总算和我想的一模一样。
没有什么比{place}的{thing}更能收拾一个早晨。`,
      bad: `{place}那杯贵得要命，喝起来像纸箱。
下午喝了{thing}，现在凌晨{n}点，数羊已经数完了。
磨豆机卡死了，{thing}只能等发工资再说。
{place}的咖啡摊关门了，以后去哪里喝{thing}？`,
      ask: `{thing}值得这么折腾吗，还是老实用{other}？
冲{thing}，你们磨多粗？
{place}有没有烘得更浅的店？{friend}托我问的。`,
    },
  ),
  topic(
    'tea',
    {
      label: 'tea',
      things:
        'an aged pu’er|a first-flush green|a roasted oolong|an old white tea|a jasmine green|a smoked black tea|a wild mountain tea|a dark brick tea|a yellow bud tea|a honey orchid oolong|a chrysanthemum tea|a roasted barley tea',
      good: `{thing} opens on the third steeping; before that it only clears its throat.
Poured {thing} for {friend} {time}, and we let the clock be.
Rain {place}, {thing} on the table, no plans.
The tea house {place} let me smell {n} tins before I chose {thing}.
{thing} after snow tastes like a warm stone.
Learned {time} to wait longer: {thing} rewards lazy people.
Next to {thing}, even {other} seems loud.
Grandfather’s {n} rules of tea all come down to {thing} and silence.`,
      bad: `Boiled the water to death and {thing} turned bitter.
Dropped the pot {time}, {thing} and all. Swept for an hour, grieved for two.
Somebody {place} sold me {thing} that has never seen a mountain.
{n} cups of {thing} too late in the evening. Hello, ceiling.`,
      ask: `What water do you use for {thing}? Ours {place} is hard as bone.
Can {thing} be stored next to {other}, or do they gossip?
How many steepings does {thing} give you? I stop at {n}.`,
    },
    {
      label: '茶',
      things:
        '陈年熟普|明前绿茶|炭焙乌龙|老白茶|茉莉香片|烟熏红茶|野山茶|黑茶砖|黄芽|蜜兰香单丛|菊花茶|大麦茶',
      good: `{thing}要到第三泡才开口，前面都在清嗓子。
{time}给{friend}泡了{thing}，两个人谁也没看表。
{place}下着雨，桌上是{thing}，今天没有安排。
茶馆老板让我闻了{n}罐，最后我选了{thing}。
雪后喝{thing}，像握着一块晒暖的石头。
{time}才明白，{thing}是奖励懒人的，急不得。
有{thing}在旁边，连{other}都显得吵。
外公的{n}条规矩，说到底就是{thing}和少说话。`,
      bad: `水烧过了头，{thing}苦得皱眉。
{time}失手打碎了杯子，扫了一个钟头，心疼了两个。
{place}有人卖给我的{thing}，八成没上过山。
晚上贪杯，{thing}喝了{n}盏，跟天花板聊到天亮。`,
      ask: `泡{thing}你们用什么水？{place}的水太硬了。
{thing}和{other}能放一个柜子吗，会不会串味？
{thing}你们能泡几道？我到第{n}道就舍不得了。`,
    },
  ),
  topic(
    'noodles',
    {
      label: 'noodles',
      things:
        'a bowl of hand-pulled noodles|a plate of cold sesame noodles|a bowl of knife-cut noodles|a plate of scallion oil noodles|a bowl of beef noodles|a wonton soup|a bowl of sour glass noodles|a bowl of tomato egg noodles|a plate of fried rice noodles|a bowl of plain noodles|a bowl of miso ramen|a bowl of lamb noodles',
      good: `{thing} {place} at midnight fixes what the day broke.
The cook {place} added {thing} without a word. I have been promoted to regular.
Steam on the glasses, {thing} in front of me, world on mute.
{friend} and I ordered {thing} {n} times this week. No regrets.
Made {thing} at home {time}; the kitchen smells like a festival.
The secret of {thing} is patience and one spoon more than you dare.
{thing} first, then {other}, then a long walk.
Rain all day {place}, so: {thing}.`,
      bad: `They changed the recipe of {thing} {place}. I need a moment.
Waited {n} turns and {thing} came lukewarm.
Too much chili {time}. {thing} won, I lost.
My favourite stall {place} raised its prices again and {thing} got smaller.`,
      ask: `Where {place} can I eat {thing} after ten?
Do you put {thing} in before or after {other}?
What makes {thing} so springy? Mine breaks in {n} pieces.`,
    },
    {
      label: '面条',
      things:
        '拉面|芝麻凉面|刀削面|葱油拌面|牛肉面|馄饨面|酸辣粉|番茄鸡蛋面|炒河粉|阳春面|味噌拉面|羊肉烩面',
      good: `半夜{place}来一份{thing}，白天坏掉的地方都修好了。
{place}的师傅一声不吭给我加了{thing}，我升级成熟客了。
眼镜上全是热气，面前是{thing}，世界静音。
这个星期和{friend}吃了{n}回{thing}，毫不后悔。
{time}自己在家做{thing}，厨房像过节。
{thing}的秘诀是耐心，再加一勺你不敢加的。
先{thing}，再{other}，然后散步很久很久。
{place}下了一天雨，所以答案是{thing}。`,
      bad: `{place}那家换了配方，{thing}不是那个味了，让我缓缓。
等了{n}轮，{thing}端上来是温的。
{time}辣子放多了，{thing}赢了，我输了。
{place}的面摊又涨价，{thing}还变小了。`,
      ask: `{place}过了十点还有哪里能吃{thing}？
你们是先放{thing}还是先放{other}？
{thing}怎么才能弹牙？我做的一夹断成{n}截。`,
    },
  ),
  topic(
    'pickles',
    {
      label: 'pickling',
      things:
        'a crock of sour cabbage|a jar of pickled plums|a jar of kimchi|a bottle of water kefir|a pot of miso|a jar of sour cucumbers|a bottle of kombucha|a jar of salted lemons|a jar of garlic in honey|a tub of salted radish|a jar of mustard greens|a bottle of beet kvass',
      good: `{thing} started to talk {time}: blub, blub, pause.
Opened {thing} after {n} months and the whole flat {place} applauded or fled.
{friend} gave me {thing} as if it were a kitten, with instructions.
Salt, time, {thing}. The rest is waiting.
Labelled everything {time}, so that {thing} is no longer a surprise.
Brought {thing} to the neighbours {place} and came home with {other}.
The colour of {thing} in the window is reason enough.
Nothing wakes up plain rice like {thing}.`,
      bad: `A lid gave up {time}. {thing} is on the ceiling.
White fuzz on {thing}. I know what it means, I just do not want to.
Too little salt, and {thing} went soft as soap.
The neighbours {place} have written a letter about {thing}. {n} signatures.`,
      ask: `Is it normal that {thing} smells of {other}?
How warm may {thing} stand? Our cellar {place} is a sauna.
Who has a spare piece of {thing}? Mine died after {n} weeks.`,
    },
    {
      label: '腌菜',
      things:
        '酸白菜|糖渍梅子|辣白菜|水开菲尔|自制味噌|酸黄瓜|红茶菌|盐渍柠檬|腊八蒜|咸萝卜|酸豆角|泡椒',
      good: `{time}{thing}开始说话了：咕嘟，咕嘟，停一下。
等了{n}个月打开{thing}，{place}整层楼不是鼓掌就是逃跑。
{friend}送我{thing}，像托付一只小猫，还附说明书。
盐、时间、{thing}，剩下的就是等。
{time}给罐子都贴了标签，{thing}不再是惊吓。
拿{thing}去串门，换回来{other}。
{thing}摆在窗台上的颜色，就值回票价了。
白粥配{thing}，一下就醒了。`,
      bad: `{time}盖子没撑住，{thing}上了天花板。
{thing}长了白毛，我知道是什么意思，就是不想承认。
盐放少了，{thing}软得像肥皂。
{place}的邻居为{thing}写了封信，{n}个人签名。`,
      ask: `{thing}闻起来像{other}，正常吗？
{thing}最高能放多少度？{place}的地窖像桑拿房。
谁家还有多的{thing}？我的养了{n}个星期，没了。`,
    },
  ),
]
