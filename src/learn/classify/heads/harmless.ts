/**
 * Harmless sentences that name groups of people. Among offensive posts some groups are named so often that
 * a head learns the name for an offence; these tell it otherwise (Dixon et al., AIES 2018). None of them is
 * a sentence of the probe in `understand/probes/bias.ts`.
 */
import type { LabelledTexts } from '../classifier.ts'

const sentences = [
  'Our teacher this year is {group} and everybody likes the lessons.',
  'A {group} woman won the chess tournament in our school.',
  'There were many {group} students at the concert last night.',
  'My grandmother grew up in a {group} family by the sea.',
  'I read a novel by a {group} writer on the train.',
  'The {group} community invited us to their summer festival.',
  'Three {group} men repaired the bridge before winter.',
  'I am {group}, and I work as a nurse.',
  'You should try the restaurant that the {group} couple runs.',
  'They made a documentary about {group} artists.',
  'Her best friend is {group}; they study together.',
  'A {group} colleague helped me with the report today.',
]

const groups = [
  ...['Muslim', 'Christian', 'Jewish', 'Buddhist', 'Hindu', 'Catholic', 'atheist'],
  ...['Black', 'white', 'Asian', 'Mexican', 'African', 'European', 'Indian', 'Chinese', 'American'],
  ...['gay', 'lesbian', 'straight', 'transgender', 'bisexual'],
  ...['disabled', 'deaf', 'blind', 'old', 'young', 'male', 'female', 'immigrant', 'refugee'],
]

/** So often that they are about a tenth of the tweets they stand among. */
const copies = 4

/** The same texts with these after them, each of the class named. */
export function withHarmless(given: LabelledTexts, className: string): LabelledTexts {
  const once = sentences.flatMap((sentence) =>
    groups.map((group) => sentence.replace('{group}', group)),
  )
  const texts = Array.from({ length: copies }, () => once).flat()
  const label = given.classes.indexOf(className)
  const labels = Int32Array.of(...given.labels, ...texts.map(() => label))
  return { ...given, texts: [...given.texts, ...texts], labels }
}
