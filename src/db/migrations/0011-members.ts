import type { Knex } from 'knex'
import { changeWords, oneOf, optionalReference, reference } from './columns.ts'

export const name = '0011-members'

const before = ['deadMail', 'callApplicant', 'informationLate', 'decisionLate']

/**
 * What each member of an organisation may do, which mails they get, who is reminded beside the
 * contact person, and who is invited. Everybody keeps what they had: all could edit and got all mails.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`alter table memberships add column role text not null default 'edit'
    constraint ck_memberships_role check (role in ('view', 'edit', 'bind'))`)
  await db.raw(`alter table memberships add column mails text not null default 'all'
    constraint ck_memberships_mails check (mails in ('all', 'reminders', 'own'))`)
  await db('memberships').where({ may_bind: 1 }).update({ role: 'bind' })
  await db.raw('alter table memberships drop column may_bind')
  await db.schema.alterTable('organisations', (t) => {
    optionalReference(t, 'second_contact_id', 'people')
  })
  await db.schema.createTable('invitations', (t) => {
    t.increments('id')
    reference(t, 'organisation_id', 'organisations')
    t.text('email').notNullable()
    oneOf(t, 'invitations', 'role', ['view', 'edit', 'bind'])
    reference(t, 'invited_by', 'people')
    t.text('invited_at').notNullable()
    t.text('expires_at').notNullable()
    t.text('ended_at').nullable()
    t.index(['email'], 'ix_invitations_email')
    t.index(['organisation_id'], 'ix_invitations_organisation_id')
  })
  await db.raw(`create unique index uq_invitations_organisation_id_email
    on invitations (organisation_id, email) where ended_at is null`)
  await changeWords(db, 'tasks', 'kind', [...before, 'nobodyLeft'])
}

export async function down(db: Knex): Promise<void> {
  await db('tasks').where({ kind: 'nobodyLeft' }).del()
  await changeWords(db, 'tasks', 'kind', before)
  await db.schema.dropTable('invitations')
  await db.schema.alterTable('organisations', (t) => {
    t.dropForeign('second_contact_id')
    t.dropColumn('second_contact_id')
  })
  await db.raw('alter table memberships add column may_bind integer not null default 0')
  await db('memberships').where({ role: 'bind' }).update({ may_bind: 1 })
  await db.raw('alter table memberships drop column mails')
  await db.raw('alter table memberships drop column role')
}
