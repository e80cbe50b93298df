import { expect, it } from 'vitest'
import { readArgs } from '../../src/cli/retention.ts'

const today = '2026-11-24'

it.each([
  [[], { isDry: false, on: today }],
  [['--dry-run'], { isDry: true, on: today }],
  [['--dry-run', '--on', '2032-01-01'], { isDry: true, on: '2032-01-01' }],
  [['--on', '2026-11-01'], { isDry: false, on: '2026-11-01' }],
  [['--on', '2026-11-25'], null], // nothing is erased before its day
  [['--on', '2026-02-30', '--dry-run'], null],
  [['--on'], null],
  [['--dryrun'], null],
])('the command with %j means %j', (args, meaning) => {
  expect(readArgs(args, today)).toEqual(meaning)
})
