import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/templates/engine.ts'

describe('templates', () => {
  it('refuse a field that is not there', () => {
    const engine = createEngine({ viewsDir: folderWith({ 'pools/show.hbs': '{{name}}' }) })
    expect(engine.render('pools/show', { name: '<b>' }, { lang: 'da' })).toBe('&lt;b&gt;')
    expect(() => engine.render('pools/show', {}, { lang: 'da' })).toThrow('"name" not defined')
    expect(() => engine.render('pools/hide', {}, { lang: 'da' })).toThrow('no such view')
  })

  it('stop the start when one is broken or calls what does not exist', () => {
    expect(() => createEngine({ viewsDir: folderWith({ 'a.hbs': '{{#if x}}' }) })).toThrow('a.hbs')
    expect(() => createEngine({ viewsDir: folderWith({ 'a.hbs': '{{> tga}}' }) })).toThrow(
      'a.hbs: no such partial: tga',
    )
  })

  it('share pieces with each other, within a folder and with all', () => {
    const viewsDir = folderWith({
      'partials/tag.hbs': '<i>{{text}}</i>',
      'pools/_row.hbs': '{{#each names}}{{> tag text=this}}{{/each}}',
      'pools/show.hbs': '{{> pools/_row}}',
    })
    expect(
      createEngine({ viewsDir }).render('pools/show', { names: ['a', 'b'] }, { lang: 'da' }),
    ).toBe('<i>a</i><i>b</i>')
  })

  it('are read anew for each page where that is asked for', () => {
    const viewsDir = folderWith({ 'a.hbs': 'before' })
    const [kept, reloaded] = [createEngine({ viewsDir }), createEngine({ viewsDir, reload: true })]
    writeFileSync(path.join(viewsDir, 'a.hbs'), 'after')
    expect(kept.render('a', {}, { lang: 'da' })).toBe('before')
    expect(reloaded.render('a', {}, { lang: 'da' })).toBe('after')
  })

  it('write amounts, dates and texts in the language of the reader', () => {
    const viewsDir = folderWith({
      'a.hbs':
        '{{ore 25000000}}|{{percent 52500}}|{{weekdayDate "2026-03-01"}}|' +
        '{{dateTime "2026-03-01T13:05:00.000Z"}}|{{t "common.yes"}}',
    })
    const { render } = createEngine({ viewsDir })
    expect(render('a', {}, { lang: 'da' })).toBe(
      '250.000\u00a0kr.|5,25\u00a0%|søndag den 1. marts 2026|1. marts 2026 kl. 14.05|Ja',
    )
    expect(render('a', {}, { lang: 'en' })).toBe(
      'DKK\u00a0250,000|5.25%|Sunday 1 March 2026|1 March 2026 at 14:05|Yes',
    )
  })

  it('keep paragraphs and line breaks of what was typed, and nothing else of it', () => {
    const viewsDir = folderWith({ 'a.hbs': '{{lines text}}' })
    const text = 'Et\nto\n\n<script>'
    expect(createEngine({ viewsDir }).render('a', { text }, { lang: 'da' })).toBe(
      '<p>Et<br>to</p><p>&lt;script&gt;</p>',
    )
  })
})

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'views-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), text)
  }
  return folder
}
