import { paths } from '../shared/paths.ts'

/** The places where the city sets up what it runs; each with a line in `administration.place`. */
export const hubPage = () => ({
  places: [
    { name: 'people', href: paths.people() },
    { name: 'pools', href: paths.pools() },
    { name: 'rounds', href: paths.plannedRounds() },
    { name: 'contributors', href: paths.contributorsSettings() },
    { name: 'mails', href: paths.mails() },
    { name: 'templates', href: paths.mailTemplates() },
    { name: 'history', href: paths.history() },
  ],
})
