/** Garden, birds, stars, weather, mushrooms. */
import { topic } from '../words.ts'

export const nature = [
  topic(
    'garden',
    {
      label: 'gardening',
      things:
        'the old quince|the row of broad beans|the tomato seedling|the climbing rose|the tray of lettuce|the potted fig|the bed of garlic|the rhubarb|the young apple tree|the patch of peas|the rosemary|the pumpkin vine',
      good: `{thing} made it through the frost. I had already said goodbye.
Dug around {thing} {time} and forgot the phone.
Talked about {thing} over the fence {place} until it was dark.
First flowers on {thing}: {n}, and I have photographed each of them.
{friend} says {thing} likes to be talked to. We discuss the weather.
Mud to the elbows, {thing} watered, happy.
A robin supervised while I weeded round {thing} {time}.
From the balcony {place} you can now see {thing} and, behind it, the town.`,
      bad: `Slugs. {n} of them, and {thing} is lace.
The hose froze {time} and {thing} went thirsty.
Somebody {place} parked on {thing}.
Bought the wrong soil; {thing} sulks.`,
      ask: `When do you cut back {thing}? The books disagree by {n} weeks.
Would {thing} survive on a north balcony {place}?
Does {thing} mind standing next to {other}?`,
    },
    {
      label: '园艺',
      things: '老榅桲树|蚕豆|番茄苗|爬墙月季|生菜|盆栽无花果|大蒜|大黄|小苹果树|豌豆|迷迭香|南瓜藤',
      good: `{thing}熬过了霜冻，我本来都告别过了。
{time}松土，照看{thing}，忘了手机。
隔着篱笆跟邻居聊{thing}，聊到天黑。
{thing}有动静了，数了{n}遍，每片叶子都拍了照。
{friend}说{thing}喜欢听人说话，我们就聊聊天气。
泥巴到手肘，看着{thing}，很高兴。
{time}有只知更鸟全程监督我打理{thing}。
从{place}的阳台望过去，先是{thing}，再是整座城。`,
      bad: `鼻涕虫，{n}条，{thing}成了蕾丝。
{time}水管冻住，连累了{thing}。
{place}有人把车停在了{thing}上。
土买错了，{thing}在赌气。`,
      ask: `{thing}什么时候打理最好？几本书差了{n}个星期。
{place}的北阳台，能养活{thing}吗？
{thing}种在{other}旁边，会不会打架？`,
    },
  ),
  topic(
    'birds',
    {
      label: 'birdwatching',
      things:
        'a kingfisher|the pair of herons|a tawny owl|a flock of waxwings|a wren with opinions|the first swallow|a marsh harrier|a nuthatch|the kestrel on the mill|a lost hoopoe|a coot family|a murmuration',
      good: `{thing} {place} {time}. I stood so still that a snail overtook me.
Heard {thing} before I saw it, which is how it should be.
{n} minutes with {thing} and I forgot what I was worried about.
{friend} lent me binoculars and at once there was {thing}.
Notebook: {thing}, {other}, one cup of cold tea.
{thing} does not know how beautiful the light was. I do.
Crossed the meadow {time} and met {thing} by accident, the best way.
The children’s group {place} saw {thing} and went completely silent.`,
      bad: `A drone {place} scared {thing} off the nest.
They cut the hedge in the wrong month, and {thing} is gone.
Waited {n} hours in the sleet for {thing}. Saw a bag.
Left the long lens at home {time}. Naturally: {thing}.`,
      ask: `Was that {thing} or {other}? Grey back, loud, in a hurry.
Where {place} would you look for {thing} in this wind?
Does {thing} stay here all winter, or did I count {n} strangers?`,
    },
    {
      label: '观鸟',
      things:
        '翠鸟|一对苍鹭|灰林鸮|一群太平鸟|很有主见的鹪鹩|第一只燕子|白头鹞|䴓|磨坊上的红隼|迷路的戴胜|骨顶鸡一家|成群翻飞的椋鸟',
      good: `{time}{place}看到{thing}，我站得太久，蜗牛都超过我了。
先听见，后看见{thing}，本来就该这样。
看了{n}分钟{thing}，忘了自己在愁什么。
{friend}借我望远镜，一举起来就是{thing}。
今天的本子上：{thing}，{other}，一杯凉茶。
{thing}不知道那时候的光有多好，我知道。
{time}穿过草地，偶遇{thing}，最好的一种遇见。
{place}的孩子们看见{thing}，一下子全安静了。`,
      bad: `{place}有人飞无人机，把{thing}惊走了。
修剪灌木挑错了月份，{thing}不来了。
雨夹雪里等{thing}等了{n}个小时，等到一只塑料袋。
{time}偏偏没带长镜头，当然，{thing}就来了。`,
      ask: `那是{thing}还是{other}？灰背，嗓门大，很忙的样子。
这种风，{place}哪里能找到{thing}？
{thing}冬天会留下吗？我数到{n}次，怕是过客。`,
    },
  ),
  topic(
    'stars',
    {
      label: 'stargazing',
      things:
        'Saturn’s thin ring|the Orion nebula|a late meteor|a crescent Venus|the winter triangle|a double star in the Swan|the Moon’s terminator|a faint comet|the Andromeda galaxy|the Pleiades cluster|Jupiter with three moons|the zodiacal light',
      good: `{thing} {time}, so sharp that I checked the lens for dust.
Minus four {place}, gloves off, {thing} in view. Worth every finger.
Showed {thing} to {friend} {time}. Long silence, then a very short word.
Counted {n} meteors before the clouds; between them, {thing}.
{thing} has been waiting there for longer than we have had names.
The street lamp {place} is broken. Thank you, street lamp: {thing}!
Sketched {thing} with cold hands; next to it a coffee ring that looks like {other}.
Set the alarm, woke before it, and there was {thing}.`,
      bad: `Clouds for {n} nights in a row. {thing} is a rumour.
The new floodlight {place} has swallowed {thing}.
Dew on everything {time}, and {thing} drowned in it.
Carried the mount up the hill, left the eyepieces at home. Goodbye, {thing}.`,
      ask: `Which eyepiece for {thing}? Mine shows a polite blur.
Is {thing} visible {place} or is the hill in the way?
Anyone up {time} for {thing}? I have {n} blankets.`,
    },
    {
      label: '观星',
      things:
        '土星光环|猎户座大星云|迟到的流星|月牙一样的金星|冬季大三角|天鹅座的双星|月面明暗线|暗淡的彗星|仙女座星系|昴星团|木星和三颗卫星|黄道光',
      good: `{time}看{thing}，清楚得我以为镜片脏了。
{place}零下四度，脱了手套，为了{thing}，手指头不算什么。
{time}给{friend}讲{thing}，他沉默很久，说了一个很短的字。
云来之前数了{n}颗流星，中间还有{thing}。
{thing}等在那里，比我们有名字的时间还长。
{place}的路灯坏了，谢谢路灯：{thing}！
手冻僵了还在画{thing}，旁边的咖啡印像{other}。
闹钟没响我先醒了，抬头就是{thing}。`,
      bad: `连着{n}晚阴天，{thing}成了传说。
{place}新装的大灯，把{thing}吞了。
{time}到处是露水，{thing}淹在里面。
支架背上了山，目镜忘在家里，再见，{thing}。`,
      ask: `看{thing}用哪种目镜？我的只有一团客气的模糊。
从{place}能看到{thing}吗，还是被山挡住？
{time}有人一起看{thing}吗？我有{n}条毯子。`,
    },
  ),
  topic(
    'weather',
    {
      label: 'the weather',
      things:
        'a wall of fog|a hard frost|a sideways rain|a double rainbow|the river mist|a warm south wind|a sudden hail|the long thaw|a mackerel sky|a thunderhead|the quiet after snow|a low sun under dark clouds',
      good: `{thing} {place} {time}. The town looked like a drawing of itself.
Woke up to {thing} and cancelled everything sensible.
{friend} predicted {thing} from the smell of the river. Correct again.
My notebook has {n} words for this; the best one is {thing}.
{thing} turned the bridge gold for exactly one minute.
Walked home inside {thing} and did not hurry.
First {thing}, then {other}, all before lunch. I love it here.
The weather station {place} recorded {thing}; so did my socks.`,
      bad: `{thing} took the tiles off the shed {time}.
{n} trains late, all because of {thing}.
Washed the windows. Naturally: {thing}.
The cellars {place} are wet again after {thing}.`,
      ask: `Did anybody else {place} see {thing} {time}?
What do you call it when {thing} meets {other}?
How many days of {thing} is normal? We have {n}.`,
    },
    {
      label: '天气',
      things:
        '一堵雾墙|初霜|横着飞的雨|双彩虹|河面的水汽|暖暖的南风|突然的冰雹|漫长的化雪|鱼鳞云|雷雨云|雪后的安静|乌云底下的斜阳',
      good: `{time}{place}遇上{thing}，整座城像一张自己的素描。
醒来就是{thing}，正经事全部取消。
{friend}闻了闻河风就说会有{thing}，又说中了。
笔记里记了{n}种说法，最好的还是{thing}。
{thing}让桥金了整整一分钟。
在{thing}里走回家，一点不急。
先是{thing}，再是{other}，还没到中午，我爱这里。
{place}的气象站记下了{thing}，我的袜子也是。`,
      bad: `{time}{thing}把棚子的瓦掀了。
{n}班电车晚点，全怪{thing}。
刚擦完窗，不用说：{thing}。
{thing}过后，{place}的地下室又进水了。`,
      ask: `{time}{place}还有人看到{thing}吗？
{thing}碰上{other}，这种天叫什么？
{thing}连着{n}天，算正常吗？`,
    },
  ),
  topic(
    'mushrooms',
    {
      label: 'mushrooms',
      things:
        'a perfect penny bun|a ring of field mushrooms|a basket of chanterelles|a puffball the size of a head|a young ink cap|a shelf of oyster mushrooms|a wood blewit|a trumpet of the dead|a slimy jack|a wood ear|a hedgehog mushroom|a parasol as wide as a plate',
      good: `Found {thing} {place} {time}, exactly where I will never say.
{thing}, butter, thyme. Conversation stopped.
{friend} walked past {thing} {n} times before I pointed.
Moss, drizzle, {thing}: the forest was in a giving mood.
Drew {thing} {time} before cooking it. Fair exchange.
The club {place} met under umbrellas; on the table {thing} and {other}.
You do not look for {thing}. You slow down and it appears.
Dried {thing} on the radiator; the flat smells like October.`,
      bad: `Somebody raked the slope {place}; {thing} is gone with the moss.
{n} kilometres and not even {thing}.
A stranger told me {thing} is surely fine. I put it back.
Left {thing} in the basket a day too long. It moved.`,
      ask: `Is this {thing} or its evil twin? White gills, no ring.
Has it rained enough {place} for {thing}?
What do you do with {n} kilos of {thing}?`,
    },
    {
      label: '采蘑菇',
      things:
        '牛肝菌|一圈野蘑菇|一篮鸡油菌|脑袋大的马勃|嫩鬼伞|一排平菇|紫丁香蘑|黑喇叭菌|粘盖牛肝菌|黑木耳|猴头菇|盘子大的高环柄菇',
      good: `{time}找到{thing}，地点打死不说。
{thing}加黄油和百里香，大家都不说话了。
{friend}从{thing}旁边走过{n}回，我忍不住指了指。
青苔、小雨、{thing}：今天森林很大方。
{time}先把{thing}画下来再下锅，公平交易。
{place}的菌友会撑着伞开，桌上是{thing}和{other}。
{thing}不是找到的，走慢一点，它自己出现。
把{thing}晾在暖气上，屋里全是十月的味道。`,
      bad: `{place}那片坡被人耙过，{thing}和青苔一起没了。
走了{n}公里，连{thing}都没有。
有陌生人说{thing}肯定能吃，我默默放了回去。
{thing}在篮子里多放了一天，它动了。`,
      ask: `这是{thing}还是它的坏孪生？白褶，没环。
{place}的雨够不够出{thing}？
{n}斤{thing}，你们怎么处理？`,
    },
  ),
]
