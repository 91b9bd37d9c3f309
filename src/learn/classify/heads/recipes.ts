/** The heads that travel with Kith: what each was learned from, by which trainer, and what its classes mean here. */

export interface HeadRecipe {
  readonly name: string
  /** Raised whenever the weights change. */
  readonly version: number
  readonly question: string
  /** BCP 47 primary codes. */
  readonly languages: readonly string[]
  /** Inside the folder of data sets. Without a test file a fifth is held out to be measured on. */
  readonly train: string
  readonly valid?: string
  readonly test?: string
  readonly text?: string
  readonly label?: string
  /** Spec of the trainer, chosen on validation texts. */
  readonly model: string
  /** Class of the data to label of ours; classes of one label are one. */
  readonly labels: Readonly<Record<string, string>>
  /** Class of the data that harmless sentences with groups of people are added to. */
  readonly harmless?: string
}

/** Words and letters kept small enough for some hundred kilobytes. */
const small = 'bits=17:keep=24000'
/** The same with fewer passes, for more or longer texts. */
const brisk = `${small}:folds=2:passes=12`

const tweets = (name: string) => {
  const folder = `tweeteval/${name}`
  return { languages: ['en'], train: folder, valid: folder, test: folder, version: 1 }
}

export const headRecipes: readonly HeadRecipe[] = [
  {
    ...tweets('emotion'),
    name: 'emotion-en',
    question: 'emotion',
    model: `both:${small}`,
    labels: { optimism: 'joy' },
  },
  {
    // Whether somebody is glad says little of what they think of a thing, but no other data is at hand.
    ...tweets('emotion'),
    name: 'sentiment-en',
    question: 'sentiment',
    model: `both:${small}`,
    labels: { joy: 'positive', optimism: 'positive', anger: 'negative', sadness: 'negative' },
  },
  {
    ...tweets('irony'),
    name: 'irony-en',
    question: 'irony',
    model: `both:${small}`,
    labels: { irony: 'ironic', non_irony: 'plain' },
  },
  {
    ...tweets('offensive'),
    name: 'toxicity-en',
    version: 2,
    harmless: 'not-offensive',
    question: 'toxicity',
    model: `both:${brisk}`,
    labels: { offensive: 'toxic', 'not-offensive': 'civil' },
  },
  {
    name: 'sentiment-zh',
    version: 1,
    question: 'sentiment',
    languages: ['zh'],
    train: 'chnsenticorp/train.tsv',
    test: 'chnsenticorp/dev.tsv',
    model: `both:${brisk}`,
    labels: {},
  },
  {
    name: 'emotion-zh',
    version: 1,
    question: 'emotion',
    languages: ['zh'],
    train: 'ewect-virus/virus_train.txt',
    test: 'ewect-virus/virus_eval_labeled.txt',
    model: `both:${brisk}`,
    labels: { angry: 'anger', happy: 'joy', sad: 'sadness' },
  },
  {
    name: 'toxicity-zh',
    version: 1,
    question: 'toxicity',
    languages: ['zh'],
    train: 'cold/train.csv',
    test: 'cold/dev.csv',
    text: 'TEXT',
    label: 'label',
    model: `both:${brisk}`,
    labels: { 0: 'civil', 1: 'toxic' },
  },
  {
    name: 'rumour-zh',
    version: 1,
    question: 'rumour',
    languages: ['zh'],
    train: 'rumour-weibo/weibo.train',
    test: 'rumour-weibo/weibo.dev',
    model: `both:${small}`,
    labels: { false: 'rumour', 'non-rumor': 'plain' },
  },
  {
    name: 'spam-en',
    version: 1,
    question: 'spam',
    languages: ['en'],
    train: 'sms-spam/SMSSpamCollection',
    model: `both:${small}`,
    labels: { ham: 'plain' },
  },
  {
    // What is out of scope is learned as one more class.
    name: 'intent-en',
    version: 1,
    question: 'intent',
    languages: ['en'],
    train: 'clinc150/data_full.json',
    valid: 'clinc150/data_full.json',
    test: 'clinc150/data_full.json',
    model: 'few:scale=20:hold=0.0003:steps=200',
    labels: { oos: 'other' },
  },
]
