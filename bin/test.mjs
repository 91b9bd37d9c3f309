/** `npm test`: builds what tests run in workers and browsers, then runs the suite. */
import { spawnSync } from 'node:child_process'
import { prepare, root } from './prepare.mjs'

prepare()
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
)
process.exit(status ?? 1)
