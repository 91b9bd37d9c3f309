/** What is asked of a text. Without schemas: pages of the console read it, where no code may be made at run time. */

/** Questions that a trained head answers; each is asked in the language of the text. */
export const questions = [
  'sentiment',
  'emotion',
  'irony',
  'toxicity',
  'spam',
  'rumour',
  'intent',
] as const
export type Question = (typeof questions)[number]

export const emotions = ['joy', 'anger', 'sadness', 'fear', 'surprise', 'other', 'neutral'] as const
export type Emotion = (typeof emotions)[number]
