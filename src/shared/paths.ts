/** Every address in the program. Danish words in ASCII: they are read aloud and typed. */
export const paths = {
  front: () => '/',
  pool: (code: string) => `/puljer/${code.toLowerCase()}`,
  poolQuestions: (code: string) => `/puljer/${code.toLowerCase()}/spoergsmaal`,
  lifecycle: () => '/livscyklus',
  privacy: () => '/privatliv',
  accessibility: () => '/was',
  language: () => '/sprog',

  signIn: (next?: string) => (next ? `/log-ind?videre=${encodeURIComponent(next)}` : '/log-ind'),
  signInCode: () => '/log-ind/kode',
  signInLink: (token: string) => `/log-ind/link/${token}`,
  signInDemo: () => '/log-ind/demo',
  signOut: () => '/log-ud',
  keptForm: (id: string) => `/gemt/${id}`,
  profile: () => '/profil',
  ownData: () => '/profil/data',
  ownDataFile: () => '/profil/data.json',
  eraseAccount: () => '/profil/slet',

  organisations: () => '/organisationer',
  newOrganisation: () => '/organisationer/ny',
  organisation: (id: number) => `/organisationer/${id}`,
  approveMembership: (organisationId: number, membershipId: number) =>
    `/organisationer/${organisationId}/medlemmer/${membershipId}/godkend`,
  memberRole: (organisationId: number, membershipId: number) =>
    `/organisationer/${organisationId}/medlemmer/${membershipId}/rolle`,
  removeMember: (organisationId: number, membershipId: number) =>
    `/organisationer/${organisationId}/medlemmer/${membershipId}/fjern`,
  inviteMember: (organisationId: number) => `/organisationer/${organisationId}/inviter`,
  withdrawInvitation: (organisationId: number, invitationId: number) =>
    `/organisationer/${organisationId}/invitationer/${invitationId}/traek-tilbage`,
  organisationMails: (organisationId: number) => `/organisationer/${organisationId}/mails`,
  secondContact: (organisationId: number) => `/organisationer/${organisationId}/paamindelser`,
  invitation: (id: number) => `/invitationer/${id}`,
  declineInvitation: (id: number) => `/invitationer/${id}/afvis`,

  myPages: () => '/mine-sager',
  newApplication: (poolCode: string) => `/puljer/${poolCode.toLowerCase()}/ansoeg`,
  application: (reference: string) => `/ansoegninger/${reference}`,
  applicationStep: (reference: string, step: string) => `/ansoegninger/${reference}/skema/${step}`,
  applicationReview: (reference: string) => `/ansoegninger/${reference}/tjek`,
  applicationReceipt: (reference: string) => `/ansoegninger/${reference}/kvittering`,
  applicationPrint: (reference: string) => `/ansoegninger/${reference}/udskrift`,
  applicationPdf: (reference: string) => `/ansoegninger/${reference}/udskrift.pdf`,
  decisionPdf: (reference: string, id: number) =>
    `/ansoegninger/${reference}/afgoerelser/${id}.pdf`,
  fileRequests: (reference: string) => `/ansoegninger/${reference}/aktindsigt`,
  fileRequest: (reference: string, number: number) =>
    `/ansoegninger/${reference}/aktindsigt/${number}`,
  fileRequestPdf: (reference: string, number: number) =>
    `/ansoegninger/${reference}/aktindsigt/${number}/svar.pdf`,
  exportCase: (reference: string) => `/ansoegninger/${reference}/eksport`,
  caseExport: (reference: string, id: number) => `/ansoegninger/${reference}/eksport/${id}`,
  applicationEvent: (reference: string, event: string) =>
    `/ansoegninger/${reference}/trin/${event}`,
  applicationMessages: (reference: string) => `/ansoegninger/${reference}/beskeder`,
  caseContact: (reference: string) => `/ansoegninger/${reference}/kontakt`,
  caseFile: (reference: string, id: number) => `/ansoegninger/${reference}/filer/${id}`,
  deleteDraft: (reference: string) => `/ansoegninger/${reference}/slet`,

  inbox: () => '/indbakke',
  cases: () => '/sager',
  bulk: () => '/sager/samlet',
  bulkRun: (id: number) => `/sager/samlet/${id}`,
  caseNotes: (reference: string) => `/ansoegninger/${reference}/notater`,
  caseDeadline: (reference: string, id: number) => `/ansoegninger/${reference}/frister/${id}`,
  round: (id: number) => `/runder/${id}/forlaeng`,
  rounds: () => '/runder',
  leave: () => '/fravaer',
  endLeave: (id: number) => `/fravaer/${id}/slut`,
  enterApplication: () => '/indtast',
  assignHandler: (reference: string) => `/ansoegninger/${reference}/sagsbehandler`,
  inviteReviewer: (reference: string) => `/ansoegninger/${reference}/bedoemmere`,
  recommendation: (reference: string) => `/ansoegninger/${reference}/indstilling`,
  task: (reference: string, id: number) => `/ansoegninger/${reference}/opgaver/${id}`,

  reviews: () => '/bedoemmelser',
  review: (id: number) => `/bedoemmelser/${id}`,
  reviewEvent: (id: number, event: string) => `/bedoemmelser/${id}/trin/${event}`,

  decisions: () => '/afgoerelser',

  payments: () => '/udbetalinger',
  instalmentEvent: (id: number, event: string) => `/udbetalinger/${id}/trin/${event}`,

  report: (reference: string, number: number) => `/ansoegninger/${reference}/rapporter/${number}`,
  reportEvent: (reference: string, number: number, event: string) =>
    `/ansoegninger/${reference}/rapporter/${number}/trin/${event}`,

  advice: () => '/raadgivning',
  onwardPlan: (reference: string) => `/ansoegninger/${reference}/videre`,
  onwardItem: (reference: string, id: number) => `/ansoegninger/${reference}/videre/${id}`,
  adviceNotice: (reference: string) => `/ansoegninger/${reference}/videre/paamind`,

  contributors: () => '/bidragydere',
  contributor: (code: string) => `/bidragydere/${encodeURIComponent(code)}`,
  contributionEvent: (id: number, event: string) => `/bidrag/${id}/trin/${event}`,

  administration: () => '/administration',
  plannedRounds: (year?: number) =>
    year === undefined ? '/administration/runder' : `/administration/runder?aar=${year}`,
  planRound: (pool: string) => `/administration/runder/${pool.toLowerCase()}/ny`,
  planYear: (pool: string) => `/administration/runder/${pool.toLowerCase()}/aar`,
  changeRound: (id: number) => `/administration/runder/${id}/ret`,
  cancelRound: (id: number) => `/administration/runder/${id}/aflys`,

  contributorsSettings: () => '/administration/bidragydere',
  addContributor: (pool: string) => `/administration/bidragydere/${pool.toLowerCase()}/ny`,
  contributorSettings: (code: string) => `/administration/bidragydere/${encodeURIComponent(code)}`,
  renameContributor: (code: string) =>
    `/administration/bidragydere/${encodeURIComponent(code)}/navn`,
  endContributor: (code: string) => `/administration/bidragydere/${encodeURIComponent(code)}/slut`,
  proposeContribution: (code: string) =>
    `/administration/bidragydere/${encodeURIComponent(code)}/bidrag`,

  history: () => '/administration/historik',

  people: () => '/administration/personer',
  invitePerson: () => '/administration/personer/inviter',
  person: (id: number) => `/administration/personer/${id}`,
  giveRole: (id: number) => `/administration/personer/${id}/roller`,
  endRole: (id: number, role: number) => `/administration/personer/${id}/roller/${role}/slut`,
  disablePerson: (id: number) => `/administration/personer/${id}/luk`,
  enablePerson: (id: number) => `/administration/personer/${id}/aabn`,

  pools: () => '/administration/puljer',
  poolSettings: (code: string) => `/administration/puljer/${code.toLowerCase()}`,
  poolSection: (code: string, section: string) =>
    `/administration/puljer/${code.toLowerCase()}/rediger/${section}`,
  payoutBand: (code: string, band: string) =>
    `/administration/puljer/${code.toLowerCase()}/udbetaling/${band}`,
  removePayoutBand: (code: string, band: string) =>
    `/administration/puljer/${code.toLowerCase()}/udbetaling/${band}/fjern`,
  newDelegation: (code: string) => `/administration/puljer/${code.toLowerCase()}/delegationer/ny`,
  endDelegation: (code: string, id: number) =>
    `/administration/puljer/${code.toLowerCase()}/delegationer/${id}/slut`,
  criteria: (code: string) => `/administration/puljer/${code.toLowerCase()}/kriterier`,
  newCriterion: (code: string) => `/administration/puljer/${code.toLowerCase()}/kriterier/ny`,
  weights: (code: string) => `/administration/puljer/${code.toLowerCase()}/kriterier/vaegte`,
  criterion: (code: string, criterion: string) =>
    `/administration/puljer/${code.toLowerCase()}/kriterier/${criterion}`,
  endCriterion: (code: string, criterion: string) =>
    `/administration/puljer/${code.toLowerCase()}/kriterier/${criterion}/slut`,

  mails: () => '/mails',
  mailTemplates: () => '/mails/skabeloner',
  mailTemplate: (lang: string, name: string) => `/mails/skabeloner/${lang}/${name}`,
  mailTemplateHtml: (lang: string, name: string) => `/mails/skabeloner/${lang}/${name}/html`,
  mail: (id: number) => `/mails/${id}`,
  mailHtml: (id: number) => `/mails/${id}/html`,
  mailEvent: (id: number, event: string) => `/mails/${id}/trin/${event}`,
  mailbox: () => '/postkasse',
  mailboxMail: (id: number) => `/postkasse/${id}`,
  mailboxHtml: (id: number) => `/postkasse/${id}/html`,
} as const
