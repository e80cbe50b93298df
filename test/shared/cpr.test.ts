import { expect, it } from 'vitest'
import { checkAnswers } from '../../src/shared/answers.ts'
import { hasCpr } from '../../src/shared/cpr.ts'

it.each([
  '010203-1234',
  'Anna, 311299-4321, projektleder',
  '010203 - 1234',
  '010203–1234',
  '710203-1234', // a number given to somebody without one
  'CPR 0102031234',
  'cpr-nr.: 010203 1234',
])('takes %s for a CPR number', (text) => {
  expect(hasCpr(text)).toBe(true)
})

it.each([
  'KK-2026-0001',
  '320203-1234',
  '011303-1234',
  '1012345678', // a P number
  '010203-12345',
  '12 34 56 78',
  '150.000-2000',
  'CPR-numre skriver vi ikke her. Ring på 12345678',
  '',
])('lets %s stand', (text) => {
  expect(hasCpr(text)).toBe(false)
})

it('keeps an application with one from being sent, and says at which question', () => {
  const pool = { min_ore: 0, max_ore: 0, quick_lane_ore: 0, max_share_ppm: 0, wage_cap_ppm: null }
  const { problems } = checkAnswers({ budget: 'Løn til 010203-1234: 20.000 kr.' }, pool)
  expect(problems).toContainEqual({ field: 'budget', message: 'fields.cpr', step: 'money' })
})
