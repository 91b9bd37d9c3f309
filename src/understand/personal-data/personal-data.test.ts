import { describe, expect, it } from 'vitest'
import { cpuMs } from '../cpu-time.fixture.ts'
import { findPersonalData } from './personal-data.ts'

const kindsIn = (text: string) =>
  findPersonalData(text).findings.map(({ kind, from, to }) => [kind, text.slice(from, to)])

describe('findPersonalData', () => {
  it.each([
    ['身份证号11010519491231002X，请核对', 'identity-number', '11010519491231002X'],
    ['我的号码是 440308199901101512 谢谢', 'identity-number', '440308199901101512'],
    ['打我电话13812345678', 'phone', '13812345678'],
    ['电话：138 1234 5678', 'phone', '138 1234 5678'],
    ['手机１３８１２３４５６７９', 'phone', '１３８１２３４５６７９'],
    ['座机010-62785001转3', 'phone', '010-62785001'],
    ['call +44 7911 123456 tonight', 'phone', '+44 7911 123456'],
    ['ring me: (415) 555-2671', 'phone', '(415) 555-2671'],
    ['txt 07911 123456', 'phone', '07911 123456'],
    ['卡号6222 0212 3456 7890 128', 'card', '6222 0212 3456 7890 128'],
    ['pay with 5555-3412-4444-1115', 'card', '5555-3412-4444-1115'],
    ['write to jane.doe+kith@mail.example.org!', 'email', 'jane.doe+kith@mail.example.org'],
    ['jane [at] example [dot] com', 'email', 'jane [at] example [dot] com'],
    ['车牌京A12345刚刚开走', 'plate', '京A12345'],
    ['粤BD12345是电动车', 'plate', '粤BD12345'],
    ['IBAN DE89 3704 0044 0532 0130 00 please', 'iban', 'DE89 3704 0044 0532 0130 00'],
    ['from 93.184.216.34 again', 'ip-address', '93.184.216.34'],
    ['from 2a00:1450:4001:81b::200e again', 'ip-address', '2a00:1450:4001:81b::200e'],
    ['护照号：E12345678', 'passport', 'E12345678'],
    ['加我微信号：kith_2026', 'messenger', 'kith_2026'],
    ['QQ:123456789', 'messenger', '123456789'],
  ])('finds in %j a %s', (text, kind, data) => {
    expect(kindsIn(text)).toEqual([[kind, data]])
  })

  it.each([
    ['a wrong check digit', '身份证号110105194912310021'],
    ['a day that is none', '110105199902300023'],
    ['a card that fails Luhn', '4111 1111 1111 1112'],
    ['laughter that holds Luhn', '2333333333333333'],
    ['an IBAN that fails mod 97', 'DE88 3704 0044 0532 0130 00'],
    ['an id in a link', 'https://weibo.com/13812345678/status'],
    ['an account name', '@13812345678 说得对'],
    ['a version', 'released v1.2.3.4 today'],
    ['a private address', 'open 192.168.0.1 in the browser'],
    ['dates and times', 'on 2024-06-01 10:30:15 and 2024.06.02'],
    ['prices and counts', '¥12,345,678.90, 1234567 people, 100000000 yuan'],
    ['a long number', '订单号202406011234567890123456'],
    ['a decimal', 'π ≈ 3.14159265358979'],
    ['a clock-like word', '10:20:30'],
    ['a province and letters', '京ABCDEF'],
    ['repeated digits', '13888888888 or 11111111111'],
    ['an order number', 'order 2024-060-1234'],
  ])('leaves %s alone', (_, text) => {
    expect(kindsIn(text)).toEqual([])
  })

  it('writes the kind in place of each', () => {
    expect(findPersonalData('Mail a@example.org or call 13812345678.').redacted).toBe(
      'Mail [email] or call [phone].',
    )
  })

  it('finds several in the order of the text, without overlap', () => {
    const text = '13812345678, a@example.org, 11010519491231002X, 京A12345'
    expect(kindsIn(text).map(([kind]) => kind)).toEqual([
      'phone',
      'email',
      'identity-number',
      'plate',
    ])
  })

  it.each(['1', '1-', '1 ', 'a@', 'a.', '+1', ':a', '京A1', '4111', '(', 'QQ', '1.1.', 'a [at] '])(
    'takes bounded time for %j again and again',
    (unit) => {
      const text = unit.repeat(20_000)
      findPersonalData('+1')
      expect(cpuMs(() => void findPersonalData(text))).toBeLessThan(1_500)
    },
  )

  it('survives lone surrogates and control characters', () => {
    expect(findPersonalData('\ud800\u0000\u202e13812345678\udfff').findings).toHaveLength(1)
  })
})
