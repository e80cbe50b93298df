import type { Cast } from './stages.ts'
import type { Story } from './stories.ts'
import type { PostOffice } from './post-office.ts'
import type { Person } from './person.ts'
import { signIn } from './person.ts'

export type Town = {
  castFor: (story: Story) => Cast
  contributors: Record<'TVAER' | 'LOKAL', { code: string; person: Person }>
}

/** Everybody signs in by mail, some by the code and some by the link, all at the same time. */
export async function gather(
  site: { url: string; post: PostOffice },
  stories: Story[],
): Promise<Town> {
  const official = (key: string, by: 'code' | 'link' = 'code') =>
    signIn(site, `${key}@example.org`, { by })
  const [secretariat, finance, adviser, council, steering, amv, buf, r1, r2, r3, r4] =
    await Promise.all([
      official('sagsbehandler'),
      official('oekonomi', 'link'),
      official('raadgiver'),
      official('puljeudvalg', 'link'),
      official('styregruppe'),
      official('bidrag-amv', 'link'),
      official('bidrag-buf'),
      official('bedoemmer-buf', 'link'),
      official('bedoemmer-sof'),
      official('bedoemmer-valby', 'link'),
      official('bedoemmer-noerrebro'),
    ])
  const applicants = new Map(
    await Promise.all(
      stories.map(
        async ({ email, lang }, i) =>
          [email, await signIn(site, email, { by: i % 2 === 0 ? 'code' : 'link', lang })] as const,
      ),
    ),
  )
  return {
    contributors: {
      TVAER: { code: 'BUF', person: buf },
      LOKAL: { code: 'AMV', person: amv },
    },
    castFor: ({ email, idea }) => {
      const applicant = applicants.get(email)
      if (!applicant) throw new Error(`${email} has not signed in`)
      const isLocal = idea.pool === 'LOKAL'
      return {
        applicant,
        secretariat,
        finance,
        adviser,
        decisionMaker: isLocal ? council : steering,
        reviewers: isLocal ? [r3, r4] : [r1, r2],
      }
    },
  }
}
