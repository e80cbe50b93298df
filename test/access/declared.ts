import type { RoleRow } from '../../src/db/tables.ts'

type Role = RoleRow['role']

/** Everybody who might ask, each standing in one relation to the cases of the matrix. */
export const relations = [
  'nobody',
  'disabled',
  'roleless',
  'member',
  'editor',
  'viewer',
  'formerMember',
  'askedMember',
  'otherMember',
  'secretariat',
  'secretariatElsewhere',
  'reviewer',
  'reviewerNotAsked',
  'reviewerElsewhere',
  'decisionMaker',
  'decisionMakerElsewhere',
  'adviser',
  'adviserElsewhere',
  'finance',
  'financeElsewhere',
  'contributor',
  'contributorElsewhere',
  'administrator',
  'administratorElsewhere',
  'cityAdministrator',
  'excluded',
] as const
export type Relation = (typeof relations)[number]

/** The roles that each holds somewhere; the excluded official holds them all. */
export const rolesOf: Record<Relation, readonly Role[]> = {
  nobody: [],
  disabled: [],
  roleless: [],
  member: [],
  editor: [],
  viewer: [],
  formerMember: [],
  askedMember: [],
  otherMember: [],
  secretariat: ['secretariat'],
  secretariatElsewhere: ['secretariat'],
  reviewer: ['reviewer'],
  reviewerNotAsked: ['reviewer'],
  reviewerElsewhere: ['reviewer'],
  decisionMaker: ['decisionMaker'],
  decisionMakerElsewhere: ['decisionMaker'],
  adviser: ['adviser'],
  adviserElsewhere: ['adviser'],
  finance: ['finance'],
  financeElsewhere: ['finance'],
  contributor: ['contributor'],
  contributorElsewhere: ['contributor'],
  administrator: ['administrator'],
  administratorElsewhere: ['administrator'],
  cityAdministrator: ['administrator'],
  excluded: ['secretariat', 'reviewer', 'decisionMaker', 'adviser', 'finance'],
}

/** The states of a case that change who may know of it. */
export const stages = ['draft', 'submitted', 'reviewed', 'running', 'closed'] as const
export type Stage = (typeof stages)[number]

const caseOfficials = ['secretariat', 'decisionMaker', 'adviser', 'finance'] as const
const members = ['member', 'editor', 'viewer'] as const
const writers = ['member', 'editor'] as const
const everyone = relations.filter((r) => r !== 'nobody' && r !== 'disabled')

const administrators: readonly Relation[] = ['administrator', 'cityAdministrator']

/** Who may know that a thing exists. For everybody else it is a page that does not exist: 404. */
export const knowers = {
  case: (stage: Stage): readonly Relation[] =>
    stage === 'draft' ? members : [...members, ...caseOfficials],
  /** A page of the form: only its own people have it, and only while it can be changed. */
  form: (stage: Stage): readonly Relation[] => (stage === 'draft' ? members : []),
  /** What is typed in the form: who writes it is told when it can be changed no more. */
  typedForm: (stage: Stage): readonly Relation[] =>
    stage === 'draft' ? members : [...writers, 'secretariat'],
  /** What is there once the case was sent. */
  receipt: (stage: Stage): readonly Relation[] =>
    stage === 'draft' ? [] : [...members, ...caseOfficials],
  ownReview: (): readonly Relation[] => ['reviewer'],
  review: (): readonly Relation[] => ['reviewer', 'secretariat'],
  instalment: (): readonly Relation[] => [...members, ...caseOfficials],
  report: (stage: Stage): readonly Relation[] =>
    stage === 'running' || stage === 'closed' ? [...members, ...caseOfficials] : [],
  contribution: (): readonly Relation[] => ['contributor', 'secretariat', 'finance', 'excluded'],
  contributor: (): readonly Relation[] => [
    'contributor',
    'secretariat',
    'finance',
    'excluded',
    ...administrators,
  ],
  /** What an administrator of the pool sets up: not there for one of another pool. */
  setting: (): readonly Relation[] => administrators,
  organisation: (): readonly Relation[] => members,
  invitation: (): readonly Relation[] => ['roleless'],
  mail: (): readonly Relation[] => [...administrators, 'secretariat'],
  keptForm: (): readonly Relation[] => ['member'],
  mailbox: (): readonly Relation[] => ['member'],
  round: (): readonly Relation[] => ['secretariat', 'excluded'],
  leave: (): readonly Relation[] => ['secretariat'],
  bulkRun: (): readonly Relation[] => ['secretariat'],
  pool: (): readonly Relation[] => everyone,
} as const
export type Thing = keyof typeof knowers

export type Rule = {
  /** Whose function it is: everybody else gets 403, and the signed out the sign-in page. */
  of: 'anyone' | 'signedIn' | readonly Role[]
  /** What the address names; those who may not know of it get 404. */
  thing?: Thing
  /** Of those who may know of it, the only ones who may do this; the others get 403. */
  hands?: readonly Relation[]
  /** Which step is asked for decides too: test/web/buttons and its kind hold that to the machine. */
  byEvent?: true
}

const anyone: Rule = { of: 'anyone' }
const signedIn: Rule = { of: 'signedIn' }
const mails = ['administrator', 'secretariat'] as const
const ofWriters: Rule = { of: 'signedIn', thing: 'organisation', hands: writers }
const ofBinders: Rule = { of: 'signedIn', thing: 'organisation', hands: ['member'] }
const ofForm: Rule = { of: 'signedIn', thing: 'form', hands: writers }
const keepers = ['contributor', 'secretariat', 'finance'] as const

/** A pool is known to all; what it says is changed by those who administer this very pool. */
const poolSettings: Rule = { of: ['administrator'], thing: 'pool', hands: administrators }
const setting: Rule = { of: ['administrator'], thing: 'setting' }
/** Who shuts people out and lets them in again answers for the whole city. */
const ofCity: Rule = { of: ['administrator'], hands: ['cityAdministrator'] }

/** Every route of the program and who it is for. A route that is not here fails the build. */
export const declared: Record<string, Rule> = {
  'get /': anyone,
  'get /puljer/:code': anyone,
  'get /puljer/:code/spoergsmaal': anyone,
  'get /livscyklus': anyone,
  'get /privatliv': anyone,
  'get /was': anyone,
  'post /sprog': anyone,

  'get /log-ind': anyone,
  'post /log-ind': anyone,
  'get /log-ind/kode': anyone,
  'post /log-ind/kode': anyone,
  'get /log-ind/link/:token': anyone,
  'post /log-ind/link/:token': anyone,
  'post /log-ind/demo': anyone,
  'post /log-ud': anyone,
  'get /gemt/:id': { of: 'signedIn', thing: 'keptForm' },
  'get /profil': signedIn,
  'post /profil': signedIn,
  'get /profil/data': signedIn,
  'get /profil/data.json': signedIn,
  'get /profil/slet': signedIn,
  'post /profil/slet': signedIn,

  'get /organisationer': signedIn,
  'get /organisationer/ny': signedIn,
  'post /organisationer/ny': signedIn,
  'get /organisationer/:id': { of: 'signedIn', thing: 'organisation' },
  'post /organisationer/:id/medlemmer/:membership/godkend': ofWriters,
  'get /organisationer/:id/medlemmer/:membership/rolle': ofBinders,
  'post /organisationer/:id/medlemmer/:membership/rolle': ofBinders,
  'get /organisationer/:id/medlemmer/:membership/fjern': ofWriters,
  'post /organisationer/:id/medlemmer/:membership/fjern': ofWriters,
  'get /organisationer/:id/inviter': ofWriters,
  'post /organisationer/:id/inviter': ofWriters,
  'post /organisationer/:id/invitationer/:invitation/traek-tilbage': ofWriters,
  'get /organisationer/:id/mails': { of: 'signedIn', thing: 'organisation' },
  'post /organisationer/:id/mails': { of: 'signedIn', thing: 'organisation' },
  'get /organisationer/:id/paamindelser': ofWriters,
  'post /organisationer/:id/paamindelser': ofWriters,
  'get /invitationer/:id': { of: 'signedIn', thing: 'invitation' },
  'post /invitationer/:id': { of: 'signedIn', thing: 'invitation' },
  'post /invitationer/:id/afvis': { of: 'signedIn', thing: 'invitation' },

  'get /mine-sager': signedIn,
  'get /puljer/:code/ansoeg': signedIn,
  'post /puljer/:code/ansoeg': signedIn,
  'get /ansoegninger/:reference': { of: 'signedIn', thing: 'case' },
  'get /ansoegninger/:reference/skema/:step': ofForm,
  'post /ansoegninger/:reference/skema/:step': {
    of: 'signedIn',
    thing: 'typedForm',
    hands: [...writers, 'secretariat'],
  },
  'get /ansoegninger/:reference/tjek': ofForm,
  'get /ansoegninger/:reference/kvittering': { of: 'signedIn', thing: 'receipt' },
  'get /ansoegninger/:reference/udskrift': { of: 'signedIn', thing: 'case' },
  'get /ansoegninger/:reference/udskrift.pdf': { of: 'signedIn', thing: 'case' },
  'get /ansoegninger/:reference/afgoerelser/:id.pdf': { of: 'signedIn', thing: 'case' },
  'get /ansoegninger/:reference/beskeder': {
    of: 'signedIn',
    thing: 'case',
    hands: [...writers, ...caseOfficials],
  },
  'post /ansoegninger/:reference/eksport': { of: ['secretariat'], thing: 'receipt' },
  'get /ansoegninger/:reference/eksport/:id': { of: ['secretariat'], thing: 'case' },
  'get /ansoegninger/:reference/aktindsigt': {
    of: 'signedIn',
    thing: 'receipt',
    hands: [...writers, 'secretariat'],
  },
  'post /ansoegninger/:reference/aktindsigt': {
    of: 'signedIn',
    thing: 'receipt',
    hands: [...writers, 'secretariat'],
  },
  'get /ansoegninger/:reference/aktindsigt/:number': {
    of: 'signedIn',
    thing: 'receipt',
    hands: [...members, 'secretariat'],
  },
  'get /ansoegninger/:reference/aktindsigt/:number/svar.pdf': {
    of: 'signedIn',
    thing: 'receipt',
    hands: [...members, 'secretariat'],
  },
  'post /ansoegninger/:reference/aktindsigt/:number': { of: ['secretariat'], thing: 'receipt' },
  'post /ansoegninger/:reference/beskeder': {
    of: 'signedIn',
    thing: 'case',
    hands: [...writers, ...caseOfficials],
  },
  'get /ansoegninger/:reference/kontakt': {
    of: 'signedIn',
    thing: 'case',
    hands: [...writers, 'secretariat'],
  },
  'post /ansoegninger/:reference/kontakt': {
    of: 'signedIn',
    thing: 'case',
    hands: [...writers, 'secretariat'],
  },
  'post /ansoegninger/:reference/slet': ofForm,
  'get /ansoegninger/:reference/filer/:id': { of: 'signedIn', thing: 'case' },
  'get /ansoegninger/:reference/trin/:event': { of: 'signedIn', thing: 'case', byEvent: true },
  'post /ansoegninger/:reference/trin/:event': { of: 'signedIn', thing: 'case', byEvent: true },

  'get /indbakke': { of: ['secretariat'] },
  'get /ansoegninger/:reference/notater': { of: caseOfficials, thing: 'case' },
  'post /ansoegninger/:reference/notater': { of: caseOfficials, thing: 'case' },
  'get /ansoegninger/:reference/frister/:id': { of: ['secretariat'], thing: 'case' },
  'post /ansoegninger/:reference/frister/:id': { of: ['secretariat'], thing: 'case' },
  'get /sager': { of: caseOfficials },
  'get /sager.csv': { of: caseOfficials },
  'get /sager.xlsx': { of: caseOfficials },
  'get /sager/samlet': { of: ['secretariat'] },
  'post /sager/samlet': { of: ['secretariat'] },
  'get /sager/samlet/:id': { of: ['secretariat'], thing: 'bulkRun' },
  'post /sager/samlet/:id': { of: ['secretariat'], thing: 'bulkRun' },
  'get /indtast': { of: ['secretariat'] },
  'post /indtast': { of: ['secretariat'] },
  'get /runder': { of: ['secretariat'] },
  'get /runder/:id/forlaeng': { of: ['secretariat'], thing: 'round' },
  'post /runder/:id/forlaeng': { of: ['secretariat'], thing: 'round' },
  'get /fravaer': { of: ['secretariat'] },
  'post /fravaer': { of: ['secretariat'] },
  'post /fravaer/:id/slut': { of: ['secretariat'], thing: 'leave' },
  'get /ansoegninger/:reference/sagsbehandler': { of: ['secretariat'], thing: 'case' },
  'post /ansoegninger/:reference/sagsbehandler': { of: ['secretariat'], thing: 'case' },
  'post /ansoegninger/:reference/opgaver/:id': { of: ['secretariat'], thing: 'case' },
  'get /ansoegninger/:reference/indstilling': { of: ['secretariat'], thing: 'case' },
  'post /ansoegninger/:reference/indstilling': { of: ['secretariat'], thing: 'case' },
  'post /ansoegninger/:reference/bedoemmere': { of: ['secretariat'], thing: 'case' },

  'get /bedoemmelser': { of: ['reviewer'] },
  'get /bedoemmelser/:id': { of: ['reviewer'], thing: 'ownReview' },
  'get /bedoemmelser/:id/trin/:event': {
    of: ['reviewer', 'secretariat'],
    thing: 'review',
    byEvent: true,
  },
  'post /bedoemmelser/:id/trin/:event': {
    of: ['reviewer', 'secretariat'],
    thing: 'review',
    byEvent: true,
  },
  'get /afgoerelser': { of: ['decisionMaker'] },

  'get /udbetalinger': { of: ['finance'] },
  'get /udbetalinger/:id/trin/:event': {
    of: ['finance', 'secretariat'],
    thing: 'instalment',
    byEvent: true,
  },
  'post /udbetalinger/:id/trin/:event': {
    of: ['finance', 'secretariat'],
    thing: 'instalment',
    byEvent: true,
  },
  'get /ansoegninger/:reference/rapporter/:number': { of: 'signedIn', thing: 'report' },
  'get /ansoegninger/:reference/rapporter/:number/trin/:event': {
    of: 'signedIn',
    thing: 'report',
    byEvent: true,
  },
  'post /ansoegninger/:reference/rapporter/:number/trin/:event': {
    of: 'signedIn',
    thing: 'report',
    byEvent: true,
  },

  'get /raadgivning': { of: ['adviser'] },
  'get /ansoegninger/:reference/videre': { of: 'signedIn', thing: 'case' },
  'post /ansoegninger/:reference/videre': { of: ['adviser'], thing: 'case' },
  'post /ansoegninger/:reference/videre/paamind': { of: ['adviser'], thing: 'case' },
  'post /ansoegninger/:reference/videre/:id': { of: 'signedIn', thing: 'case', byEvent: true },

  'get /bidragydere': { of: [...keepers, 'administrator'] },
  'get /bidragydere/:code': { of: [...keepers, 'administrator'], thing: 'contributor' },
  'get /bidrag/:id/trin/:event': { of: keepers, thing: 'contribution', byEvent: true },
  'post /bidrag/:id/trin/:event': { of: keepers, thing: 'contribution', byEvent: true },

  'get /postkasse': anyone,
  'get /postkasse/:id': { of: 'anyone', thing: 'mailbox' },
  'get /postkasse/:id/html': { of: 'anyone', thing: 'mailbox' },
  'get /administration': { of: ['administrator'] },
  'get /administration/runder': { of: ['administrator'] },
  'get /administration/runder/:code/ny': poolSettings,
  'post /administration/runder/:code/ny': poolSettings,
  'get /administration/runder/:code/aar': poolSettings,
  'post /administration/runder/:code/aar': poolSettings,
  'get /administration/runder/:id/ret': setting,
  'post /administration/runder/:id/ret': setting,
  'get /administration/runder/:id/aflys': setting,
  'post /administration/runder/:id/aflys': setting,
  'get /administration/historik': { of: ['administrator'] },
  'get /administration/historik.csv': { of: ['administrator'] },
  'get /administration/historik.xlsx': { of: ['administrator'] },
  'get /administration/bidragydere': { of: ['administrator'] },
  'get /administration/bidragydere/:pool/ny': poolSettings,
  'post /administration/bidragydere/:pool/ny': poolSettings,
  'get /administration/bidragydere/:code': setting,
  'get /administration/bidragydere/:code/navn': setting,
  'post /administration/bidragydere/:code/navn': setting,
  'get /administration/bidragydere/:code/slut': setting,
  'post /administration/bidragydere/:code/slut': setting,
  'get /administration/bidragydere/:code/bidrag': setting,
  'post /administration/bidragydere/:code/bidrag': setting,
  'get /administration/personer': { of: ['administrator'] },
  'get /administration/personer/inviter': { of: ['administrator'] },
  'post /administration/personer/inviter': { of: ['administrator'] },
  'get /administration/personer/:id': { of: ['administrator'] },
  'get /administration/personer/:id/roller': { of: ['administrator'] },
  'post /administration/personer/:id/roller': { of: ['administrator'] },
  'post /administration/personer/:id/roller/:role/slut': { of: ['administrator'] },
  'get /administration/personer/:id/luk': ofCity,
  'post /administration/personer/:id/luk': ofCity,
  'post /administration/personer/:id/aabn': ofCity,
  'get /administration/puljer': { of: ['administrator'] },
  'get /administration/puljer/:code': poolSettings,
  'get /administration/puljer/:code/rediger/:section': poolSettings,
  'post /administration/puljer/:code/rediger/:section': poolSettings,
  'get /administration/puljer/:code/udbetaling/:band': poolSettings,
  'post /administration/puljer/:code/udbetaling/:band': poolSettings,
  'post /administration/puljer/:code/udbetaling/:band/fjern': poolSettings,
  'get /administration/puljer/:code/delegationer/ny': poolSettings,
  'post /administration/puljer/:code/delegationer/ny': poolSettings,
  'get /administration/puljer/:code/delegationer/:delegation/slut': poolSettings,
  'post /administration/puljer/:code/delegationer/:delegation/slut': poolSettings,
  'get /administration/puljer/:code/kriterier': poolSettings,
  'get /administration/puljer/:code/kriterier/ny': poolSettings,
  'post /administration/puljer/:code/kriterier/ny': poolSettings,
  'get /administration/puljer/:code/kriterier/vaegte': poolSettings,
  'post /administration/puljer/:code/kriterier/vaegte': poolSettings,
  'get /administration/puljer/:code/kriterier/:criterion': poolSettings,
  'post /administration/puljer/:code/kriterier/:criterion': poolSettings,
  'get /administration/puljer/:code/kriterier/:criterion/slut': poolSettings,
  'post /administration/puljer/:code/kriterier/:criterion/slut': poolSettings,
  'get /mails': { of: mails },
  'get /mails/skabeloner': { of: mails },
  'get /mails/skabeloner/:lang/:template': { of: mails },
  'get /mails/skabeloner/:lang/:template/html': { of: mails },
  'get /mails/:id': { of: mails, thing: 'mail' },
  'get /mails/:id/html': { of: mails, thing: 'mail' },
  'get /mails/:id/trin/:event': { of: mails, thing: 'mail', byEvent: true },
  'post /mails/:id/trin/:event': { of: mails, thing: 'mail', byEvent: true },
}
