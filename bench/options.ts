/** The options of a benchmark: `--name value` for numbers and texts, `--name` for what is on or off. */
import { parseArgs } from 'node:util'
import { KithError } from '../src/errors.ts'

type Defaults = Readonly<Record<string, number | string | boolean>>
type Options<Given extends Defaults> = {
  readonly [Name in keyof Given]: Given[Name] extends number
    ? number
    : Given[Name] extends boolean
      ? boolean
      : string
}

/** @throws KithError `invalid-input` for a number that is none; an error for an unknown option */
export function readOptions<const Given extends Defaults>(
  args: readonly string[],
  defaults: Given,
): Options<Given> {
  const { values } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(defaults).map(([name, value]) => [
        name,
        { type: typeof value === 'boolean' ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
  })
  const read = Object.entries(defaults).map(([name, value]) => {
    const given = values[name]
    return [
      name,
      given === undefined || typeof value !== 'number' ? (given ?? value) : numberOf(name, given),
    ]
  })
  return Object.fromEntries(read) as Options<Given>
}

function numberOf(name: string, given: string | boolean | (string | boolean)[]): number {
  const number = Number(given)
  if (Number.isFinite(number) && number >= 0) return number
  throw new KithError(
    'invalid-input',
    `--${name} ${given} is no number from 0. Give for example --${name} 1000.`,
  )
}
