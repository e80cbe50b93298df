import { planOnward } from '../../src/advice/plan-onward.ts'
import { settleTask } from '../../src/advice/settle-task.ts'
import { advanceApplication } from '../../src/applications/advance-application.ts'
import { assignHandler } from '../../src/applications/assign-handler.ts'
import { sendMessage } from '../../src/applications/send-message.ts'
import { takeNote } from '../../src/casework/take-note.ts'
import type { InstalmentRow, OnwardItemRow } from '../../src/db/case-tables.ts'
import type { Recommendation } from '../../src/decisions/prepare-recommendation.ts'
import { prepareRecommendation } from '../../src/decisions/prepare-recommendation.ts'
import { advanceInstalment } from '../../src/instalments/advance-instalment.ts'
import type { ReportText } from '../../src/reports/advance-report.ts'
import { advanceReport } from '../../src/reports/advance-report.ts'
import type { Asked } from '../../src/shared/asked.ts'
import { addDays, copenhagenDate } from '../../src/shared/danish.ts'
import type { Scene, Stage } from './story.ts'

/* One verb each: who does what. Amounts in kroner, as the stories are told. */

export const ore = (kroner: number) => kroner * 100

/** A step of the case itself. `answerBy` and `newDate` come as days after the step. */
export function step(
  who: string,
  event: string,
  asked: Asked & { answerWithin?: number; postponedBy?: number } = {},
): Scene {
  return async (stage) => {
    const { answerWithin, postponedBy, ...rest } = asked
    await advanceApplication(stage.db, {
      ...common(stage),
      reference: stage.it.reference,
      event,
      actor: await stage.actor(who),
      version: null,
      asked: {
        ...rest,
        ...(answerWithin === undefined ? {} : { answerBy: dayAfter(stage, answerWithin) }),
        ...(postponedBy === undefined ? {} : { newDate: dayAfter(stage, postponedBy) }),
      },
    })
  }
}

/** The case handler takes the case. */
export function handles(who: string): Scene {
  return async (stage) => {
    const actor = await stage.actor(who)
    const { reference } = stage.it
    await assignHandler(stage.db, {
      ...common(stage),
      actor,
      reference,
      handlerId: actor.personId,
      note: '',
    })
  }
}

/** Somebody called: what was said stands in the case's notes. */
export function notes(who: string, party: string, body: string): Scene {
  return async (stage) => {
    await takeNote(stage.db, {
      actor: await stage.actor(who),
      reference: stage.it.reference,
      note: { kind: 'call', party, body, happenedOn: copenhagenDate(stage.now) },
      now: stage.now,
    })
  }
}

export function says(who: string, body: string): Scene {
  return async (stage) => {
    const { reference } = stage.it
    await sendMessage(stage.db, {
      ...common(stage),
      actor: await stage.actor(who),
      reference,
      body,
    })
  }
}

export function recommends(who: string, r: Omit<Recommendation, 'amountOre'> & { kroner: number }) {
  const { kroner, ...words } = r
  return async (stage: Stage) => {
    await prepareRecommendation(stage.db, {
      actor: await stage.actor(who),
      reference: stage.it.reference,
      recommendation: { ...words, amountOre: ore(kroner) },
      now: stage.now,
    })
  }
}

/** A step of instalment number `n`. */
export function instalment(who: string, n: number, event: string, asked: Asked = {}): Scene {
  return async (stage) => {
    const row = await stage
      .db<InstalmentRow>('instalments')
      .where({ application_id: stage.it.id, number: n })
      .first('id')
    await advanceInstalment(stage.db, {
      ...common(stage),
      id: row?.id ?? 0,
      event,
      actor: await stage.actor(who),
      version: null,
      asked,
    })
  }
}

/** A step of report number `n`, with what was written where somebody writes. */
export function report(
  who: string,
  n: number,
  event: string,
  text?: Omit<ReportText, 'spentOre'> & { kroner: number },
  asked: Asked = {},
): Scene {
  return async (stage) => {
    const { kroner, ...words } = text ?? { kroner: 0 }
    await advanceReport(stage.db, {
      ...common(stage),
      reference: stage.it.reference,
      number: n,
      event,
      actor: await stage.actor(who),
      version: null,
      asked,
      ...(text ? { text: { ...(words as typeof text), spentOre: ore(kroner) } } : {}),
    })
  }
}

/** The adviser writes down a place to go, somebody to bring, or a task that the city takes on. */
export function plans(
  kind: OnwardItemRow['kind'],
  text: string,
  more: { contact?: string; within?: number } = {},
): Scene {
  return async (stage) => {
    await planOnward(stage.db, {
      actor: await stage.actor('raadgiver'),
      reference: stage.it.reference,
      item: {
        kind,
        text,
        contact: more.contact ?? '',
        dueOn: more.within === undefined ? null : dayAfter(stage, more.within),
      },
      now: stage.now,
    })
  }
}

/** The oldest task that is still open is done. */
export const doesTask: Scene = async (stage) => {
  const item = await stage
    .db<OnwardItemRow>('onward_items')
    .where({ application_id: stage.it.id, kind: 'task' })
    .whereNull('done_at')
    .orderBy('id')
    .first('id')
  await settleTask(stage.db, {
    actor: await stage.actor('raadgiver'),
    reference: stage.it.reference,
    itemId: item?.id ?? 0,
    how: 'done',
    reason: '',
    now: stage.now,
  })
}

/** Several verbs on one day, in this order. */
export const all =
  (...scenes: Scene[]): Scene =>
  async (stage) => {
    for (const scene of scenes) await scene(stage)
  }

export const common = ({ now, mail }: Stage) => ({ now, mail })

const dayAfter = ({ now }: Stage, days: number) => addDays(copenhagenDate(now), days)
