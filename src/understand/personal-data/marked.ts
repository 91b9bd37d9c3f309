/** Personal data told by its form or by the word before it. */
import { isIPv4, isIPv6 } from 'node:net'
import { type Finder, finder } from './span.ts'

const email =
  /(?<![\w.+-])[\w+-](?:[\w.+-]{0,62}[\w+-])?(?:@|[ ]?[[(](?:at|@)[\])][ ]?)[a-z\d-]{1,63}(?:(?:\.|[ ]?[[(]dot[\])][ ]?)[a-z\d-]{1,63}){0,5}(?:\.|[ ]?[[(]dot[\])][ ]?)[a-z]{2,24}(?![\w-])/gi
export const emails: Finder = finder(email)

/** A name of an account after the word that says so; spelt with a colon, or with "号" or "id". */
const messenger =
  /(?<![A-Za-z])(?:微信|薇信|wechat|weixin|vx|q ?q|扣扣)(?: ?(?:号|id|号码|群) ?(?:[:=是为] ?)?| ?[:=] ?)(?<data>[A-Za-z\d][\w-]{4,19})(?!\w)/gi
export const messengers: Finder = finder(messenger, (name) => /\d/.test(name))

const passport =
  /(?:护照(?:号码?)?|passport(?: ?(?:no|number|num|#))?)[\s:.#是为]{0,6}(?<data>[A-Z]{1,2}\d{7,8}|\d{9}|[A-Z]\d{2}[A-Z\d]{5,6})(?![\dA-Za-z])/gi
export const passports: Finder = finder(
  passport,
  (number) => (number.match(/\d/g)?.length ?? 0) >= 6,
)

/** Chinese number plates: province, a letter, five signs, or six for electric cars (GA 36). */
const plate =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• ]?(?<tail>[A-HJ-NP-Z\d]{5}|[DF][A-HJ-NP-Z\d]\d{4}|\d{5}[DF]|[A-HJ-NP-Z\d]{4}[挂学警港澳])(?![A-Za-z\d])/g
export const plates: Finder = finder(plate, (found) => (found.match(/\d/g)?.length ?? 0) >= 2)

const version4 = /(?<![\w.])(?<!\bv(?:er(?:sion)?)? ?)\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/gi
const version6 = /(?<![\w:.])[\da-f]{0,4}(?::[\da-f]{0,4}){3,7}(?![\w:.])/gi
/** Private, loop-back, link-local, documentation and multicast ranges name no person's line. */
const nobody =
  /^(?:0|10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.0\.2|198\.51\.100|203\.0\.113|2(?:2[4-9]|[3-5]\d)|1\.1\.1\.1|8\.8\.[48]\.[48])(?:\.|$)/
const nobody6 = /^(?:::1?$|fe[89ab]|f[cd]|2001:db8:)/i

const ip4: Finder = finder(version4, (found) => isIPv4(found) && !nobody.test(found))
const ip6: Finder = finder(version6, (found) => {
  return isIPv6(found) && found.length >= 8 && !nobody6.test(found)
})
export const ipAddresses: Finder = (text) => [...ip4(text), ...ip6(text)]
