import type { PlanBand } from '../src/instalments/plan-instalments.ts'

/* Numbers marked as examples in the pages are placeholders, never facts about the city. */

const kr = (kroner: number) => kroner * 100

type PoolSeed = {
  code: string
  instalment_plan: PlanBand[]
  rounds: { time: string; dates: (year: number) => string[] }
  delegations: {
    role: 'secretariat' | 'decisionMaker'
    body_da: string
    body_en: string
    case_number: string
    limit_ore: number
  }[]
} & Record<string, unknown>

const two = (n: number) => String(n).padStart(2, '0')

const complaint = {
  complaint_da:
    'Afgørelsen kan ikke påklages til en anden myndighed. Mener I, at der er sket en fejl, så skriv eller ring til os. I kan også klage over sagsbehandlingen til Borgerrådgiveren.',
  complaint_en:
    "The decision cannot be appealed to another authority. If you think there is a mistake, write or call us. You can also complain about how the case was handled to the Citizens' Adviser.",
}

export const pools: PoolSeed[] = [
  {
    code: 'TVAER',
    name_da: 'Tværgående pulje for socialt iværksætteri',
    name_en: 'Cross-department pool for social entrepreneurship',
    short_da: 'Den tværgående pulje',
    short_en: 'The cross-department pool',
    purpose_da:
      'Let tilgængelige midler til løsninger fra sociale iværksættere på tværs af forvaltningernes grænser.',
    purpose_en:
      "Easily accessible funds for social entrepreneurs' solutions across administrative boundaries.",
    legal_basis_da: 'Hjemmel: udfyldes af kommunen (demo)',
    legal_basis_en: 'Legal basis: to be filled in by the city (demo)',
    ...complaint,
    min_ore: kr(50_000),
    max_ore: kr(1_000_000),
    quick_lane_ore: 0,
    max_share_ppm: 750_000,
    wage_cap_ppm: null,
    instalment_plan: [
      {
        upToOre: null,
        parts: [
          { stage: 'proofOfConcept', ppm: 400_000, afterMonths: 0 },
          { stage: 'tapering', ppm: 300_000, afterMonths: 6 },
          { stage: 'tapering', ppm: 200_000, afterMonths: 12 },
          { stage: 'tapering', ppm: 100_000, afterMonths: 18 },
        ],
      },
    ],
    reviewers_required: 2,
    decision_weeks: 8,
    quick_weeks: 8,
    accept_days: 14,
    concept_months: 6,
    advice_clips: 6,
    de_minimis_ore: kr(2_238_114),
    four_eyes_ore: kr(100_000),
    contact_name: 'Puljesekretariatet',
    contact_phone: '12345678',
    contact_email: 'puljer@example.org',
    rounds: { time: '12:00', dates: (year) => [`${year}-03-15`, `${year}-09-15`] },
    delegations: [
      {
        role: 'decisionMaker',
        body_da: 'Styregruppen for den tværgående pulje',
        body_en: 'The steering group of the cross-department pool',
        case_number: '2025-0101001',
        limit_ore: kr(1_000_000),
      },
    ],
  },
  {
    code: 'LOKAL',
    name_da: 'Lokaludvalgenes fælles pulje – proof of concept',
    name_en: "Local councils' joint pool – proof of concept",
    short_da: 'Lokaludvalgenes pulje',
    short_en: "The local councils' pool",
    purpose_da:
      'Hurtig vej til proof of concept for lokale løsninger på tværs af bydele – og videre derfra.',
    purpose_en:
      'A fast route to proof of concept for local solutions across districts – and onward from there.',
    legal_basis_da:
      'Hjemmel: udfyldes af kommunen (demo); regulativ § 1 og lov om kommunernes styrelse § 65 d',
    legal_basis_en:
      'Legal basis: to be filled in by the city (demo); regulations § 1 and the Local Government Act § 65 d',
    ...complaint,
    min_ore: kr(10_000),
    max_ore: kr(150_000),
    quick_lane_ore: kr(25_000),
    max_share_ppm: 1_000_000,
    wage_cap_ppm: 600_000,
    instalment_plan: [
      {
        upToOre: kr(50_000),
        parts: [
          { stage: 'proofOfConcept', ppm: 500_000, afterMonths: 0 },
          { stage: 'proofOfConcept', ppm: 500_000, afterMonths: 4 },
        ],
      },
      {
        upToOre: null,
        parts: [
          { stage: 'proofOfConcept', ppm: 700_000, afterMonths: 0 },
          { stage: 'tapering', ppm: 300_000, afterMonths: 6 },
        ],
      },
    ],
    reviewers_required: 2,
    decision_weeks: 4,
    quick_weeks: 3,
    accept_days: 14,
    concept_months: 6,
    advice_clips: 3,
    de_minimis_ore: kr(2_238_114),
    four_eyes_ore: kr(100_000),
    contact_name: 'Puljesekretariatet',
    contact_phone: '12345678',
    contact_email: 'puljer@example.org',
    rounds: {
      time: '23:59:59',
      dates: (year) =>
        [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12].map((month) => `${year}-${two(month)}-01`),
    },
    delegations: [
      {
        role: 'decisionMaker',
        body_da: 'Puljeudvalget for lokaludvalgenes fælles pulje',
        body_en: "The committee of the local councils' joint pool",
        case_number: '2025-0101002',
        limit_ore: kr(150_000),
      },
      {
        role: 'secretariat',
        body_da: 'Puljesekretariatet',
        body_en: 'The pool secretariat',
        case_number: '2025-0101003',
        limit_ore: kr(25_000),
      },
    ],
  },
]
