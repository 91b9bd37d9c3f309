import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { codeVersion } from './code-version.ts'

const root = resolve(import.meta.dirname, '..')

it('is the version of the package', () => {
  const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'))
  expect(codeVersion().version).toBe(version)
})

it.skipIf(!existsSync(resolve(root, '.git')))(
  'names the commit of a checkout (skipped where there is no .git)',
  () => {
    expect(codeVersion().commit).toMatch(/^[0-9a-f]{12}\+?$/)
  },
)
