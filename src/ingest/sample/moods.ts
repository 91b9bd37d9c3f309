/** How a mood changes the wording: what may stand before and after the sentence of a topic. */
import { linesOf } from './words.ts'

export interface MoodWords {
  readonly before: readonly string[]
  readonly after: readonly string[]
}

export interface Mood {
  readonly name: string
  /** Which sentences of a topic fit it. */
  readonly says: 'good' | 'bad' | 'ask'
  /** How often people write in it. */
  readonly share: number
  readonly en: MoodWords
  readonly zh: MoodWords
}

function words(before: string, after: string): MoodWords {
  return { before: linesOf(before), after: linesOf(after) }
}

export const moods: readonly Mood[] = [
  {
    name: 'joyful',
    says: 'good',
    share: 20,
    en: words(
      `What a day!
Best news of the week:
I am grinning like a child.
Stop everything.
Yes, yes, yes!
Small parade, please.`,
      `I could hug a lamp post.
Again tomorrow!
Who wants to come along next time?
Today deserves a frame.
Happy is a short word for it.
Everyone should have an hour like this.
My cheeks hurt.`,
    ),
    zh: words(
      `今天太好了！
本周最佳：
笑得像个小孩。
先放下手里的事。
好好好！
请奏乐。`,
      `想抱一抱路灯。
明天还要！
下次谁一起？
今天值得裱起来。
开心两个字不够用。
每个人都该有这样的一小时。
脸都笑酸了。`,
    ),
  },
  {
    name: 'calm',
    says: 'good',
    share: 18,
    en: words(
      `Quiet day.
Nothing to report, and gladly.
Slow hours.
Just this:
A breath.
No hurry today.`,
      `That is all, and it is enough.
The kettle agrees.
Good night, town.
Nothing needs to be added.
The evening may stay as long as it likes.
I did not check the time once.`,
    ),
    zh: words(
      `安静的一天。
没什么大事，正好。
慢慢的时间。
就这一件：
喘口气。
今天不赶。`,
      `就这些，够了。
水壶也同意。
晚安，小城。
不用再加什么。
这个傍晚想留多久都行。
一次也没看时间。`,
    ),
  },
  {
    name: 'amused',
    says: 'good',
    share: 14,
    en: words(
      `You cannot make this up.
Scene from my life:
A short comedy.
Breaking news from my kitchen table:
I laughed so hard I had to sit down.
Please do not tell my mother.`,
      `I regret nothing.
The neighbours have questions.
Science must look into it.
We have agreed never to speak of it, so here it is.
I am told there is a photograph.
My dignity sends greetings.`,
    ),
    zh: words(
      `编都编不出来。
生活一幕：
一出小喜剧。
饭桌快讯：
笑得我得坐下。
别告诉我妈。`,
      `毫不后悔。
邻居有话要问。
科学该研究一下。
说好谁也不提，所以我来提。
据说有照片。
我的体面向大家问好。`,
    ),
  },
  {
    name: 'proud',
    says: 'good',
    share: 10,
    en: words(
      `I did it.
Allow me one boast:
A year ago I would not have dared.
Certificate for my fridge:
For the record:
Look, everybody.`,
      `I earned my supper.
Tell my old teacher.
Not perfect, but mine.
It took long enough.
I am taller since.
Next goal is already on the wall.`,
    ),
    zh: words(
      `做到了。
允许我炫耀一句：
一年前我可不敢。
给自己发奖状：
记录一下：
大家看。`,
      `这顿晚饭是挣来的。
请转告我的老师。
不完美，但是我的。
等得够久了。
感觉高了两厘米。
下一个目标已经贴墙上了。`,
    ),
  },
  {
    name: 'wistful',
    says: 'good',
    share: 10,
    en: words(
      `It reminded me of my grandmother.
Years ago we did this together.
The light was like then.
Funny, what stays.
I thought of you.
An old habit came to visit.`,
      `I wish you had been there.
Time is a strange animal.
Somewhere it is still that summer.
I kept it a little longer than needed.
Some things wait for us.
Then the rain came, as it used to.`,
    ),
    zh: words(
      `想起了外婆。
好多年前我们一起做过。
光线跟那时候一样。
奇怪，留下来的是这些。
想到你了。
一个老习惯来看我。`,
      `要是你也在就好了。
时间是一种奇怪的动物。
那个夏天应该还在什么地方。
多留了一会儿。
有些东西会等我们。
然后下雨了，像从前一样。`,
    ),
  },
  {
    name: 'curious',
    says: 'ask',
    share: 14,
    en: words(
      `Question for the wise:
I have been wondering.
Help a beginner:
Serious question.
Collective brain, please:
Two opinions at our table, so:`,
      `Answers in crayon accepted.
I promise to report back.
Asking for myself, honestly.
There is cake for a good answer.
I have read everything and know less.
Long answers welcome.`,
    ),
    zh: words(
      `请教各位：
一直在想。
新手求助：
认真问。
借大家的脑子用用：
饭桌上两派意见，所以问问：`,
      `蜡笔写的答案也收。
有结果一定回来汇报。
就是替我自己问的。
答得好有蛋糕。
查了很多，知道得更少了。
欢迎长篇大论。`,
    ),
  },
  {
    name: 'annoyed',
    says: 'bad',
    share: 9,
    en: words(
      `Honestly.
I need to complain for a minute.
Not my day.
Who decides these things?
Deep breath.
I was in a good mood until noon.`,
      `I have written a letter. In capitals.
Somebody owes me an apology.
I am going to bed.
Do not ask.
And nobody is responsible, of course.
Tomorrow I will laugh. Tomorrow.`,
    ),
    zh: words(
      `真是的。
让我抱怨一分钟。
今天不顺。
这些事是谁定的？
深呼吸。
中午之前心情还不错。`,
      `我写了封信，全是感叹号。
有人欠我一句道歉。
睡觉去了。
别问。
当然，谁也不负责。
明天会笑的，明天。`,
    ),
  },
  {
    name: 'worried',
    says: 'bad',
    share: 5,
    en: words(
      `This bothers me more than it should.
I do not like the look of it.
Maybe I am overthinking.
Has anybody else noticed?
It keeps me awake.
Something is off.`,
      `I hope I am wrong.
We should look after one another.
What will be left in a year?
Please keep an eye out.
I will feel better when it is settled.
Tell me it gets easier.`,
    ),
    zh: words(
      `这事比想的更让我在意。
看着不太对。
也许我想多了。
还有人注意到吗？
想得睡不着。
哪里怪怪的。`,
      `希望是我错了。
大家互相照应一点。
再过一年还剩什么？
麻烦都留个心。
定下来我才安心。
告诉我会好起来的。`,
    ),
  },
]
