import { expect, it } from 'vitest'
import { decode } from './decode.ts'

it('reads UTF-8, UTF-16 by its mark, and Latin-1 when told', () => {
  expect(decode('f', Buffer.from('\ufeffGrüße 水'))).toBe('Grüße 水')
  expect(decode('f', Buffer.from('\ufeffann,x\n', 'utf16le'))).toBe('ann,x\n')
  expect(decode('f', Buffer.from('\ufeffann,x\n', 'utf16le').swap16())).toBe('ann,x\n')
  expect(decode('f', Buffer.from('français', 'latin1'), 'latin1')).toBe('français')
  expect(decode('f', Buffer.alloc(0))).toBe('')
})

it('names the line of what is not text', () => {
  const bytes = Buffer.concat([Buffer.from('ann x\nbob '), Buffer.from('é', 'latin1')])
  expect(() => decode('f', bytes)).toThrow(/"f", line 2: is not UTF-8\. Convert the file/)
  expect(() => decode('f', Buffer.from('a\n\nb\0c'))).toThrow(/line 3: holds a zero byte/)
})
