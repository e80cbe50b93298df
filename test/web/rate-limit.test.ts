import { expect, it } from 'vitest'
import { rateLimit, TooMany } from '../../src/web/rate-limit.ts'
import { frozenClock } from '../support/clock.ts'

it('takes so many tries from one place, and more when the window has slid past them', () => {
  const clock = frozenClock()
  const { take } = rateLimit(clock, { tries: 2, minutes: 10 })
  take('a')
  clock.advanceMinutes(6)
  take('a')
  expect(() => {
    take('a')
  }).toThrow(TooMany)
  take('b')
  clock.advanceMinutes(5)
  take('a')
  expect(() => {
    take('a')
  }).toThrow(TooMany)
})
