import { cpSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Lang } from '../../src/shared/actor.ts'
import { moneyBar } from '../../src/shared/money-bar.ts'
import { createEngine } from '../../src/templates/engine.ts'
import type { Shell } from '../../src/templates/engine.ts'
import { t } from '../../src/templates/i18n.ts'
import { errorsOf, fieldOf } from '../../src/web/fields.ts'
import type { FieldSpec, FormError, Typed } from '../../src/web/fields.ts'

const views = path.join(import.meta.dirname, '..', '..', 'views')

const template = `
{{> breadcrumb items=crumbs current="Nabohjælp på Nørrebro"}}
{{> back-link href="/" text="Tilbage til mine sager"}}
{{> error-summary errors=errors}}
{{> step number=2 total=5}}
<h1>Nabohjælp på Nørrebro</h1>
<p class="app-lead">En side med alt det, sider er lavet af.</p>
<p>{{#each tags}}{{> tag tone=tone text=text}} {{/each}}</p>
{{#each alerts}}{{> alert kind=kind heading="Ansøgningen er sendt" text="I hører fra os senest den 1. marts 2026."}}{{/each}}
<div class="app-panel app-panel-next"><h2>Jeres næste skridt</h2><p>Svar på tilsagnet senest søndag den 1. marts 2026.</p>
<p class="app-actions"><a class="button button-primary" href="/">Svar på tilsagnet</a></p></div>
{{> form-open action="/gem"}}
{{#each fields}}{{> field}}{{/each}}
<p class="app-actions">{{> button kind="primary" text="Næste"}}{{> button kind="secondary" text="Gem kladde"}}</p>
</form>
<h2>Sagens vej</h2>
{{> timeline items=timeline}}
<h2>Penge</h2>
{{> money-bar bar}}
<h2>Tjek jeres svar</h2>
{{> summary-list rows=rows}}
{{#> details summary="Sådan er det beregnet"}}<p>Grundlag gange procent.</p>{{/details}}
{{> choices choices=choices}}
{{> empty text="I har ingen sager endnu. Når I begynder en ansøgning, står den her."}}
{{> pagination previous="" items=pages next="/?side=2"}}
`

const specs: FieldSpec[] = [
  { name: 'title', kind: 'text', label: 'Projektets navn', hint: 'Kort, så naboen forstår det.' },
  { name: 'amount', kind: 'amount', label: 'Hvor meget søger I om?', echo: '250.000 kr.' },
  { name: 'people', kind: 'number', label: 'Hvor mange deltager?', optional: true },
  { name: 'about', kind: 'textarea', label: 'Hvad vil I gøre?', rows: 4, max: 2000 },
  { name: 'email', kind: 'email', label: 'Mailadresse', autocomplete: 'email', width: 'medium' },
  { name: 'tel', kind: 'tel', label: 'Telefon', autocomplete: 'tel' },
  { name: 'starts', kind: 'date', label: 'Hvornår begynder I?', hint: 'For eksempel 15 3 2026.' },
  {
    name: 'place',
    kind: 'radio',
    label: 'Hvor sker det?',
    options: [
      { value: 'norrebro', label: 'Nørrebro', hint: 'Også ydre Nørrebro.' },
      { value: 'valby', label: 'Valby' },
    ],
  },
  {
    name: 'groups',
    kind: 'checkboxes',
    label: 'Hvem er det for?',
    options: [
      { value: 'young', label: 'Unge' },
      { value: 'old', label: 'Ældre' },
    ],
  },
  {
    name: 'pool',
    kind: 'select',
    label: 'Pulje',
    width: 'medium',
    options: [
      { value: 'a', label: 'Bydelspuljen' },
      { value: 'b', label: 'Fællespuljen' },
    ],
  },
  { name: 'declare', kind: 'checkbox', label: 'Oplysningerne er rigtige', hint: 'På tro og love.' },
]

const typed: Typed = {
  title: 'Nabohjælp & "kaffe" <på> gaden',
  amount: '250.000',
  place: 'valby',
  groups: ['old'],
  'starts-day': '31',
  'starts-month': '2',
  'starts-year': '2026',
}

/** Every partial on one page; with errors, every field has one. */
export function renderGallery(lang: Lang, options: { withErrors: boolean }): string {
  const viewsDir = mkdtempSync(path.join(tmpdir(), 'gallery-'))
  cpSync(views, viewsDir, { recursive: true })
  writeFileSync(path.join(viewsDir, 'gallery.hbs'), template)
  const errors: FormError[] = options.withErrors
    ? errorsOf(
        specs.map(({ name }) => ({ field: name, message: 'fields.missing' })),
        lang,
        specs,
      )
    : []
  return createEngine({ viewsDir }).renderPage('gallery', pageWith(errors), shellFor(lang))
}

const pageWith = (errors: FormError[]) => ({
  errors,
  fields: specs.map((spec) => fieldOf(spec, typed, errors)),
  crumbs: [{ href: '/', text: 'Forside' }],
  tags: ['neutral', 'info', 'success', 'warning', 'error'].map((tone) => ({ tone, text: tone })),
  alerts: ['success', 'info', 'warning', 'error'].map((kind) => ({ kind })),
  timeline: {
    earlier: [
      { state: 'done', title: 'Begyndt', when: '1. januar 2026 kl. 9.12', isCurrent: false },
    ],
    shown: [
      { state: 'done', title: 'Indsendt', when: '1. februar 2026 kl. 9.12', isCurrent: false },
      { state: 'now', title: 'Under bedømmelse', when: 'til 20. marts 2026', isCurrent: true },
      { state: 'late', title: 'Afgørelse', when: 'skulle være sket 1. april', isCurrent: false },
      { state: 'next', title: 'Udbetaling', when: '', isCurrent: false },
    ],
  },
  bar: moneyBar({
    id: 'pool',
    title: 'Puljens penge i 2026',
    description: 'Mest er ledigt.',
    parts: [
      { tone: 'available', label: 'Ledige', ore: 123_456_789 },
      { tone: 'committed', label: 'Bundet i tilsagn', ore: 50_000_000 },
      { tone: 'ordered', label: 'Sendt til udbetaling', ore: 10_000_000 },
      { tone: 'paid', label: 'Udbetalt', ore: 40_000_000 },
    ],
  }),
  rows: [
    { key: 'Projektets navn', value: 'Nabohjælp\n\npå Nørrebro', change: '/ret' },
    { key: 'Beløb', value: '', change: '' },
  ],
  choices: [
    { label: 'Træk ansøgningen tilbage', href: '/', blockedHint: '', place: 'wayOut' },
    { label: 'Ret den', href: '/', blockedHint: 'Fristen er gået.', place: 'next' },
  ],
  pages: [
    { number: 1, href: '/', current: true },
    { number: 2, href: '/?side=2', current: false },
  ],
})

const shellFor = (lang: Lang): Shell => ({
  lang,
  title: 'Alt det, sider er lavet af',
  csrfToken: 'token',
  person: { name: 'Amina Rasmussen' },
  navigation: ['front', 'mine', 'inbox', 'reviews', 'decisions', 'payments'].map((name) => ({
    href: `/${name}`,
    label: t(lang, `layout.nav.${name}`),
    current: name === 'mine',
  })),
  path: '/mine-sager?side=2',
  notice: null,
  demo: true,
  authorityName: 'Københavns Kommune',
})
