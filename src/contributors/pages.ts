import { contribution as lifecycle } from '../../workflows/contribution.machine.ts'
import { choicesFor, metaOf, permits } from '../../workflows/lifecycle.ts'
import { rolesFor } from '../contributions/advance-contribution.ts'
import { contributionFacts } from '../contributions/facts.ts'
import type { Db } from '../db/connection.ts'
import type { ContributorRow } from '../db/tables.ts'
import { accountsOf, balancesByGrant } from '../ledger/balances.ts'
import { barOf } from '../pools/pages.ts'
import type { Actor, Lang, Viewer } from '../shared/actor.ts'
import { arrangeChoices } from '../shared/choices.ts'
import { formatDate, formatDateTime } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { listContributors, listEntries, listOwnContributions, listSharedGrants } from './queries.ts'

export async function contributorListPage(db: Db, actor: Actor, lang: Lang) {
  return {
    contributors: (await listContributors(db, actor)).map((c) => ({
      name: lang === 'da' ? c.name_da : c.name_en,
      code: c.code,
      href: paths.contributor(c.code),
    })),
  }
}

/** My percentage, my amount, and each grant with my exact share; every sum rests on its entries. */
export async function contributorPage(
  db: Db,
  contributor: ContributorRow,
  actor: Actor,
  viewer: Viewer,
) {
  const { lang } = viewer
  const contributions = await listOwnContributions(db, contributor.id)
  const grants = await listSharedGrants(db, contributor.id)
  const byGrant = await balancesByGrant(db, contributor.id)
  const entries = await listEntries(db, contributor.id)
  const roles = rolesFor(actor, contributor)
  const money = await accountsOf(db, contributor.id)
  return {
    name: lang === 'da' ? contributor.name_da : contributor.name_en,
    code: contributor.code,
    back: paths.contributors(),
    money,
    bar: barOf('mine', money, lang),
    contributions: contributions.map((c) => ({
      year: c.year,
      baseOre: c.base_ore,
      percentPpm: c.percent_ppm,
      computedOre: c.computed_ore,
      note: lang === 'da' ? c.base_note_da : c.base_note_en,
      placeholder: c.base_is_placeholder === 1,
      status: t(lang, `lifecycle.contribution.status.${c.status}`),
      tone: metaOf('contribution', c.status).tone,
      decidedOre: c.decided_ore,
      transferredOre: c.transferred_ore,
      caseNumber: c.decision_case_number ?? '',
      decidedOn: c.decided_on ? formatDate(c.decided_on, lang) : '',
      carriesNothing: !permits('contribution', c.status, 'holdsMoney'),
      choices: arrangeChoices(
        choicesFor(lifecycle, c.status, contributionFacts(c, { caseNumber: 'x' }), roles).map(
          (choice) => ({
            label: t(lang, choice.label),
            href: paths.contributionEvent(c.id, choice.event),
            blockedHint: choice.blockedHint === null ? '' : t(lang, choice.blockedHint),
            place: choice.place,
          }),
        ),
      ),
    })),
    grants: grants.map((g) => {
      const own = byGrant.get(g.grant_id)
      return {
        reference: g.reference,
        title: g.title,
        organisation: g.organisation_name,
        status: t(lang, `lifecycle.application.status.${g.status}`),
        amountOre: g.amount_ore,
        shareOre: g.share_ore,
        paidOre: own?.paid ?? 0,
        heldOre: (own?.committed ?? 0) + (own?.ordered ?? 0),
        returnedOre: own?.returned ?? 0,
      }
    }),
    entries: entries.map((e) => ({
      when: formatDateTime(e.posted_at, lang),
      kind: t(lang, `contributors.kind.${e.kind}`),
      account: t(lang, `common.money.${e.account}`),
      ore: e.side === 'debit' ? e.amount_ore : -e.amount_ore,
      reference: e.reference ?? '',
    })),
  }
}
