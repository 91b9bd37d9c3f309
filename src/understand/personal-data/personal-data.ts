/**
 * Where a text tells who somebody is or how to reach them: spans by kind, and the text without them.
 * Checksums and numbering plans decide wherever there are any, so that ordinary numbers stay.
 */
import { cards, ibans, identityNumbers } from './checked-numbers.ts'
import { emails, ipAddresses, messengers, passports, plates } from './marked.ts'
import { phones } from './phones.ts'
import type { Finder, Span } from './span.ts'

export const personalDataKinds = [
  'email',
  'iban',
  'identity-number',
  'card',
  'phone',
  'messenger',
  'passport',
  'plate',
  'ip-address',
] as const
export type PersonalDataKind = (typeof personalDataKinds)[number]

export interface PersonalDataFinding {
  readonly kind: PersonalDataKind
  /** UTF-16 offsets into the text as given: `text.slice(from, to)`. */
  readonly from: number
  readonly to: number
}

export interface PersonalData {
  /** In the order of the text, without overlap. */
  readonly findings: readonly PersonalDataFinding[]
  /** The text with `[kind]` in place of each. */
  readonly redacted: string
}

/** Where two claim the same characters, the earlier kind of this list has them. */
const finders: Readonly<Record<PersonalDataKind, Finder>> = {
  email: emails,
  iban: ibans,
  'identity-number': identityNumbers,
  card: cards,
  phone: phones,
  messenger: messengers,
  passport: passports,
  plate: plates,
  'ip-address': ipAddresses,
}

/** Numbers inside addresses and names of accounts belong to the link, not to a person. */
const link = /https?:\/\/[^\s\p{Script=Han}\uff00-\uffef]+|[@#][\p{L}\p{N}_]+/gu
const worthLooking = /[\d\uff10-\uff19@]|[[(]at[\])]|护照|微信|passport|wechat/iu
const fullWidth = /[\uff01-\uff5e\u3000]/g
const fullWidthShift = 0xfee0

export function findPersonalData(text: string): PersonalData {
  if (!worthLooking.test(text)) return { findings: [], redacted: text }
  const plain = text.replace(fullWidth, narrow)
  const unlinked = plain.replace(link, (found) => ' '.repeat(found.length))
  const findings: PersonalDataFinding[] = []
  for (const kind of personalDataKinds) {
    for (const span of finders[kind](kind === 'email' ? plain : unlinked)) {
      if (!findings.some((other) => overlap(other, span))) findings.push({ kind, ...span })
    }
  }
  findings.sort((a, b) => a.from - b.from)
  return { findings, redacted: redact(text, findings) }
}

/** As many characters as before, so that offsets hold. */
function narrow(character: string): string {
  const code = character.charCodeAt(0)
  return code === 0x3000 ? ' ' : String.fromCharCode(code - fullWidthShift)
}

function overlap(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to
}

function redact(text: string, findings: readonly PersonalDataFinding[]): string {
  let result = ''
  let end = 0
  for (const { kind, from, to } of findings) {
    result += `${text.slice(end, from)}[${kind}]`
    end = to
  }
  return result + text.slice(end)
}
