/** `kith understand [TEXT…]`: what texts say, and which words say so. No network is needed. */
import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { questions } from '../../domain/question.ts'
import type { Answer, Understanding } from '../../domain/understanding.ts'
import { KithError } from '../../errors.ts'
import { startUnderstanding } from '../../start-understanding.ts'
import type { CommandContext } from '../context.ts'
import { renderTable, shorten } from '../table.ts'

interface UnderstandFlags {
  readonly file?: string
  readonly item?: string
  readonly why?: boolean
  readonly json?: boolean
}

const titleWidth = 60

export function addUnderstandCommand(
  program: Command,
  { output, config, log, signal, withEngine }: CommandContext,
): void {
  program
    .command('understand')
    .argument('[texts...]', 'the texts; quote each')
    .description('what texts say: language, mood, risks, intent, with probabilities and heads')
    .option('--file <path>', 'a file with one text a line')
    .option('--item <id>', 'a post of the network, with how much it matters there')
    .option('--why', 'also the words that carried each decision')
    .option('--json', 'one JSON object on the last line')
    .action(async (words: readonly string[], flags: UnderstandFlags) => {
      if (flags.item !== undefined) {
        const [id, why] = [flags.item, flags.why === true]
        const found = await withEngine((engine) => engine.understandItem(id, { why }))
        if (flags.json) output.json({ understood: [found] })
        else output.text(render(id, found))
        return
      }
      const texts = flags.file === undefined ? words : linesOf(await readText(flags.file))
      if (texts.length === 0) throw nothingGiven()
      const reader = await startUnderstanding(config(), log())
      try {
        for (const problem of reader.problems) output.note(`kith: ${problem}`)
        const options = { why: flags.why === true, signal }
        const understood = await reader.understand(texts, options)
        if (flags.json) output.json({ understood })
        else for (const [n, one] of understood.entries()) output.text(render(texts[n] ?? '', one))
      } finally {
        await reader.close()
      }
    })
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '')
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new KithError('invalid-input', `The file ${path} cannot be read. Check --file.`, {
      cause,
    })
  })
}

function nothingGiven(): KithError {
  const help = 'Give texts, or --file with one a line.'
  return new KithError('invalid-input', `There is nothing to understand. ${help}`)
}

function render(text: string, understood: Understanding): string {
  const rows = questions.map((question) => [`  ${question}`, ...cellsOf(understood[question])])
  const { language, keywords, quality, importance, topics, personalData } = understood
  const parts = Object.entries(importance.parts).map(([name, part]) => `${name} ${part.toFixed(2)}`)
  const facts = [
    [
      '  topics',
      topics.map(({ id, words }) => `${id}: ${words.slice(0, 3).join(' ')}`).join(' · '),
    ],
    ['  keywords', keywords.map(({ word }) => word).join(', ')],
    ['  quality', quality.value?.toFixed(2) ?? ''],
    ['  importance', importance.value?.toFixed(2) ?? '', parts.join(', ')],
    ['  personal data', personalData.map(({ kind }) => kind).join(', ')],
  ].filter(([, told]) => told !== '')
  const title = `“${shorten(text, titleWidth)}” (${language?.code ?? '?'})`
  return [title, renderTable([...rows, ...facts]), ''].join('\n')
}

function cellsOf(answer: Answer): string[] {
  if (!answer.isThere) return ['–', '', answer.text]
  const { label, probabilities, head, why = [] } = answer
  const words = why.map((word) => `${word.text} ${signed(word.weight)}`).join('  ')
  return [label, (probabilities[label] ?? 0).toFixed(2), words === '' ? head : `${head}: ${words}`]
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(2)}`
}
