/** Labelled texts in JSON: a list of objects or of pairs, one object a line, or one object with a list per part. */
import { KithError } from '../../../errors.ts'
import type { LabelledPart, LabelledRow, ReadLabelledOptions } from './read-labelled.ts'

const textKeys = ['text', 'content', 'sentence', 'review', 'message', 'utterance']
const labelKeys = ['label', 'category', 'class', 'intent', 'sentiment', 'emotion']
/** As clinc150 names them; texts out of scope stand apart there. */
const partKeys: Readonly<Record<LabelledPart, readonly string[]>> = {
  train: ['train', 'oos_train'],
  valid: ['val', 'valid', 'dev', 'oos_val'],
  test: ['test', 'oos_test'],
}

/** @throws KithError `invalid-input` */
export function rowsOfJson(
  path: string,
  text: string,
  options: ReadLabelledOptions,
): LabelledRow[] {
  const whole = parsed(path, text)
  const entries = Array.isArray(whole) ? whole : ofPart(path, whole, options.part)
  return entries.map((entry: unknown, n) => rowOf(path, entry, n, options))
}

function parsed(path: string, text: string): unknown {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const isOneALine = lines.length > 1 && lines.every((line) => /^\{.*\}\s*$/.test(line))
  try {
    return isOneALine ? lines.map((line): unknown => JSON.parse(line)) : JSON.parse(text)
  } catch (cause) {
    throw broken(path, cause)
  }
}

function broken(path: string, cause: unknown): KithError {
  const sentence = `"${path}" is neither JSON nor one JSON object a line.`
  return new KithError('invalid-input', sentence, { cause })
}

function ofPart(path: string, whole: unknown, part: LabelledPart): unknown[] {
  const lists = Object.entries(whole ?? {}).filter(([key]) => partKeys[part].includes(key))
  const entries = lists.flatMap(([, list]): unknown[] => (Array.isArray(list) ? list : []))
  if (entries.length > 0) return entries
  throw new KithError(
    'invalid-input',
    `"${path}" is one JSON object without a list named ${partKeys[part].join(' or ')}.`,
  )
}

function rowOf(
  path: string,
  entry: unknown,
  n: number,
  { text, label }: ReadLabelledOptions,
): LabelledRow {
  const value = (names: readonly string[], at: number): unknown =>
    Array.isArray(entry)
      ? entry[at]
      : Object.entries(entry ?? {}).find(([key]) => names.includes(key))?.[1]
  const words = value(text === undefined ? textKeys : [text], 0)
  const name = value(label === undefined ? labelKeys : [label], 1)
  if (typeof words === 'string' && (typeof name === 'string' || typeof name === 'number'))
    return { text: words, label: String(name) }
  throw new KithError(
    'invalid-input',
    `Entry ${n + 1} of "${path}" has no text "${text ?? textKeys[0]}" with a label "${label ?? labelKeys[0]}".`,
  )
}
