import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../math/random.ts'
import { cpuMs } from '../cpu-time.fixture.ts'
import { normalise, normaliseText } from './normalise.ts'
import { plainLetters } from './plain-letters.ts'

describe('normaliseText', () => {
  it.each([
    ['ＦＵＬＬ　ｗｉｄｔｈ！', 'full width!'],
    ['𝓯𝓪𝓷𝓬𝔂 ⓛⓔⓣⓣⓔⓡⓢ', 'fancy letters'],
    ['zero\u200bwidth and \u202eright\u202c to left', 'zerowidth and right to left'],
    ['bell\u0007 and\tline\nbreak', 'bell and line break'],
    ['\ud800lone \udc00 surrogates', 'lone surrogates'],
    ['z̸̢̡̛̪͎̪̟͓͚̀̈́a', normaliseText('z̸̢̡a')],
    ['憂鬱的臺灣烏龜', '忧郁的台湾乌龟'],
    ['乾隆皇帝後來乾淨的頭髮', '乾隆皇帝后来干净的头发'],
    ['sooooooo goooood!!!!!!', 'sooo goood!!!'],
    ['hahahahahaha 哈哈哈哈哈哈', 'hahaha 哈哈哈'],
    ['call 100000000 or 111', 'call 100000000 or 111'],
    ['f.u.c.k you', 'fuck you'],
    ['this is f u c k e d', 'this is fucked'],
    ['plan a b was fine', 'plan a b was fine'],
    ['加 薇 信 领 红包', '加微信领 红包'],
    ['加*微*信', '加微信'],
    ['今天 天气 很好', '今天 天气 很好'],
    ['红、黄、蓝', '红、黄、蓝'],
    ['раураl рassword', 'paypal password'],
    ['Привет, как дела', 'привет, как дела'],
    ['so happy😂😂👍🏽', 'so happy 😂 😂 👍'],
    ['好难过[泪][泪]', '好难过 [泪] [泪]'],
    ['看这里https://t.cn/AbC123，不错', '看这里 http ,不错'],
    ['thanks @Some_Body and mail me@example.org', 'thanks @user and mail me@example.org'],
    ['', ''],
    ['\u200b\u200e', ''],
  ])('writes %j as %j', (given, expected) => {
    expect(normaliseText(given)).toBe(expected)
  })

  it.each([
    ['加我wei xin聊', '微信'],
    ['佳薇详聊', '加微信'],
    ['有意者vx：abc', '微信'],
    ['你是煞笔吧', '傻逼'],
    ['cao ni ma', '操你妈'],
    ['what the f*ck', 'fuck'],
    ['sh1t happens', 'shit'],
    ['you a$$hole', 'asshole'],
  ])('finds the word that %j hides', (given, word) => {
    const { text, evasions } = normalise(given)
    expect(evasions).toContain(word)
    expect(text).toContain(word)
  })

  it.each([
    'This was made in Germany and I love it',
    'The dog went to the vet, assess the case',
    '我的表弟在威海，信不信由你',
    '他们加薪了，真好',
    'shipment 1234 of class 4a',
    '玛德琳蛋糕真好吃',
    'Save 5% on all items',
  ])('finds nothing hidden in %j', (given) => {
    expect(normalise(given).evasions).toEqual([])
  })

  it('keeps capitals when asked', () => {
    expect(normaliseText('STOP Shouting', { keepsCase: true })).toBe('STOP Shouting')
  })

  it('changes nothing the second time', () => {
    const random = seededRandom(4)
    const letters = [...'aàbｃ1４.*_ 薇信加臺灣哈😂👍🏽@#[]泪\u200b\u202e\ud83d\u0301\n!?vx']
    for (let round = 0; round < 500; round++) {
      let text = ''
      for (let index = 0; index < 30; index++) {
        text += letters[Math.floor(random() * letters.length)]
      }
      const once = normaliseText(text)
      expect(normaliseText(once), JSON.stringify(text)).toBe(once)
    }
  })

  it.each([
    'a'.repeat(100_000),
    'a.'.repeat(50_000),
    'ab'.repeat(50_000),
    '加 '.repeat(50_000),
    '@'.repeat(100_000),
    '*'.repeat(100_000),
    'a\u0301'.repeat(50_000),
    '\u202e\u200b'.repeat(50_000),
    '😂'.repeat(50_000),
    'http://'.repeat(15_000),
    '[泪'.repeat(50_000),
    '臺'.repeat(100_000),
    's h '.repeat(25_000),
  ])('takes bounded time for a hostile text (%#)', (text) => {
    normaliseText('臺')
    expect(cpuMs(() => void normaliseText(text))).toBeLessThan(1_500)
  })
})

describe('plainLetters', () => {
  it.each([
    ['Ｉ ｌｏｖｅ ｔｈｉｓ！', 'I love this!'],
    ['you are a st0p1d l1ttle p3rson', 'you are a stopid little person'],
    ['this is аwfully bаd', 'this is awfully bad'],
  ])('reads %s as %s, letter for letter', (text, plain) => {
    expect(plainLetters(text)).toBe(plain)
    expect(plainLetters(text)).toHaveLength(text.length)
  })

  it.each([
    '今天真好！ＯＫ'.replace('ＯＫ', ''),
    'write to ada1x@example.com or see https://a.example/b0ok',
    'covid19, mp3, b2b, web3, $TSLA, 3 apples at 10am',
    'совсем по-русски',
  ])('leaves “%s” as it is', (text) => {
    expect(plainLetters(text)).toBe(text)
  })
})
