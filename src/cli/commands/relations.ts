/** `kith relations A B`: how close and how trusted one person is to another, and why. */
import type { Command } from 'commander'
import type { Relation } from '../../domain/relation.ts'
import type { CommandContext } from '../context.ts'
import { renderTable } from '../table.ts'

export function addRelationsCommand(
  program: Command,
  { output, withEngine }: CommandContext,
): void {
  program
    .command('relations')
    .description('how close and how trusted one person is to another, with the events behind it')
    .argument('<from>', 'id of a person')
    .argument('<to>', 'id of another')
    .option('--json', 'one JSON object on the last line')
    .action(async (from: string, to: string, flags: { json?: boolean }) => {
      const relation = await withEngine((engine) => engine.relation({ from, to }))
      if (flags.json) output.json(relation)
      else output.text(textOf(relation))
    })
}

function textOf(relation: Relation): string {
  const { from, to, closeness, closenessParts, trust, trustParts, confidence, through } = relation
  const evidence = relation.evidence.map(({ by, type, at, itemId, userId, weight }) => [
    ...[at, by, type, itemId ?? userId ?? ''],
    weight.toFixed(2),
  ])
  return [
    `${from} → ${to}`,
    `closeness ${two(closeness)} = ${sumOf(closenessParts)}`,
    `trust     ${two(trust)} = ${sumOf(trustParts)}`,
    `confidence ${two(confidence)}`,
    ...(through.length > 0 ? [`trusted through ${through.join(', ')}`] : []),
    ...(evidence.length > 0
      ? ['', renderTable([['at', 'by', 'did', 'about', 'weight'], ...evidence])]
      : []),
  ].join('\n')
}

function sumOf(parts: Readonly<Record<string, number>>): string {
  const terms = Object.entries(parts).filter(([, value]) => value !== 0)
  return terms.length === 0
    ? '0'
    : terms.map(([name, value]) => `${name} ${two(value)}`).join(' + ')
}

function two(value: number): string {
  return value.toFixed(2)
}
