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
        body_da: 'Puljesekretariatet efter bemyndigelse',
        body_en: 'The pool secretariat under delegation',
        case_number: '2025-0101003',
        limit_ore: kr(25_000),
      },
    ],
  },
]

const criterion = (
  code: string,
  weight: number,
  name_da: string,
  name_en: string,
  help_da: string,
  help_en: string,
) => ({ code, weight, name_da, name_en, help_da, help_en })

export const criteria: Record<string, ReturnType<typeof criterion>[]> = {
  TVAER: [
    criterion(
      'effect',
      25,
      'Social effekt for målgruppen',
      'Social effect for the target group',
      '0: uklart, hvem det hjælper. 5: tydelig og målbar forskel for en gruppe, der har brug for det.',
      '0: unclear whom it helps. 5: a clear, measurable difference for people who need it.',
    ),
    criterion(
      'economy',
      25,
      'Fremtidig økonomisk bæredygtighed og forretningspotentiale',
      'Future economic sustainability and business potential',
      '0: slutter, når pengene slutter. 5: troværdig vej til egne indtægter.',
      '0: ends when the money ends. 5: a credible path to own income.',
    ),
    criterion(
      'across',
      20,
      'Løser en udfordring på tværs af forvaltninger',
      'Solves a challenge across administrations',
      '0: hører til ét sted. 5: kan kun løses på tværs.',
      '0: belongs in one place. 5: can only be solved across.',
    ),
    criterion(
      'novelty',
      10,
      'Nytænkning og vilje til at afprøve',
      'New thinking and will to test',
      '0: velkendt. 5: ny løsning med en klar afprøvning. Risiko trækker ikke ned.',
      '0: well known. 5: a new solution with a clear test. Risk does not count against it.',
    ),
    criterion(
      'partners',
      10,
      'Partnerskaber og inddragelse',
      'Partnerships and involvement',
      '0: alene. 5: målgruppe og partnere er med fra start.',
      '0: alone. 5: target group and partners are in from the start.',
    ),
    criterion(
      'budget',
      10,
      'Realistisk budget og aftrapningsplan',
      'Realistic budget and tapering plan',
      '0: hænger ikke sammen. 5: gennemskueligt, også når støtten falder.',
      '0: does not add up. 5: clear, also as the support falls.',
    ),
  ],
  LOKAL: [
    criterion(
      'concept',
      30,
      'Kan konceptet bevises på kort tid?',
      'Can the concept be proved in a short time?',
      '0: uklart, hvad der afprøves. 5: klar hypotese, mål og frist.',
      '0: unclear what is tested. 5: a clear hypothesis, measures and deadline.',
    ),
    criterion(
      'local',
      25,
      'Lokal forankring og værdi for bydelen',
      'Local roots and value for the district',
      '0: kunne ligge hvor som helst. 5: stærkt forankret og til gavn lokalt.',
      '0: could be anywhere. 5: strongly rooted and useful locally.',
    ),
    criterion(
      'economy',
      20,
      'Fremtidig økonomisk bæredygtighed',
      'Future economic sustainability',
      '0: slutter, når pengene slutter. 5: troværdig vej videre.',
      '0: ends when the money ends. 5: a credible way onward.',
    ),
    criterion(
      'newcomers',
      10,
      'Synlighed for nye og små aktører',
      'Visibility for new and small actors',
      '0: velkendt aktør. 5: ny eller lille aktør får en chance.',
      '0: well-known actor. 5: a new or small actor gets a chance.',
    ),
    criterion(
      'across',
      10,
      'Samarbejde på tværs af bydele',
      'Cooperation across districts',
      '0: ingen. 5: flere bydele er med.',
      '0: none. 5: several districts are in.',
    ),
    criterion(
      'budget',
      5,
      'Realistisk budget',
      'Realistic budget',
      '0: hænger ikke sammen. 5: gennemskueligt.',
      '0: does not add up. 5: clear.',
    ),
  ],
}

export type BaseSeed = {
  code: string
  da: string
  en: string
  ore: number
  percentPpm: number
  year: string
  placeholder: boolean
}

const administration = (
  code: string,
  da: string,
  en: string,
  millions: number,
  placeholder = true,
): BaseSeed => ({
  code,
  da,
  en,
  ore: kr(millions * 1_000_000),
  percentPpm: 300,
  year: placeholder ? '' : 'udateret',
  placeholder,
})

const council = (
  code: string,
  da: string,
  kroner: number,
  year: string,
  placeholder = false,
): BaseSeed => ({
  code,
  da: `${da} Lokaludvalg`,
  en: `${da} Local Council`,
  ore: kr(kroner),
  percentPpm: 50_000,
  year,
  placeholder,
})

export const bases: Record<string, BaseSeed[]> = {
  TVAER: [
    administration('ØKF', 'Økonomiforvaltningen', 'The Finance Administration', 2200),
    administration(
      'KFF',
      'Kultur- og Fritidsforvaltningen',
      'The Culture and Leisure Administration',
      1900,
    ),
    administration(
      'BUF',
      'Børne- og Ungdomsforvaltningen',
      'The Children and Youth Administration',
      12500,
    ),
    administration(
      'SUF',
      'Sundheds- og Omsorgsforvaltningen',
      'The Health and Care Administration',
      5800,
    ),
    administration('SOF', 'Socialforvaltningen', 'The Social Services Administration', 7500),
    administration(
      'TMF',
      'Teknik- og Miljøforvaltningen',
      'The Technical and Environmental Administration',
      1800,
      false,
    ),
    administration(
      'BIF',
      'Beskæftigelses- og Integrationsforvaltningen',
      'The Employment and Integration Administration',
      1100,
    ),
  ],
  LOKAL: [
    council('AMV', 'Amager Vest', 3_945_500, '2023'),
    council('NØR', 'Nørrebro', 3_177_000, '2020'),
    council('AMØ', 'Amager Øst', 3_030_500, '2025'),
    council('ØST', 'Østerbro', 3_500_000, 'ældre, udateret'),
    council('VAL', 'Valby', 2_276_000, '2020'),
    council('BIS', 'Bispebjerg', 2_000_000, 'ældre, udateret'),
    council('VES', 'Vesterbro', 1_966_000, '2024'),
    council('IND', 'Indre By', 1_900_000, '', true),
    council('BRH', 'Brønshøj-Husum', 1_657_900, '2024'),
    council('KGS', 'Kongens Enghave', 1_470_400, '2025'),
    council('VAN', 'Vanløse', 1_414_500, '2021'),
    council('CHR', 'Christianshavn', 700_000, '', true),
  ],
}

const route = (kind: string, name_da: string, name_en: string) => ({ kind, name_da, name_en })

export const onwardRoutes = [
  route('customer', 'Kommunen som kunde (små indkøb)', 'The city as a customer (small purchases)'),
  route('customer', 'Andre kommuner', 'Other municipalities'),
  route('customer', 'Virksomheder', 'Companies'),
  route('customer', 'Borgere', 'Citizens'),
  route('finance', 'Private fonde', 'Private foundations'),
  route('finance', 'Den Sociale Investeringsfond', 'The Danish Social Investment Fund'),
  route('finance', 'Den Sociale Kapitalfond', 'The Social Capital Fund'),
  route('finance', 'Merkur Andelskasse', 'Merkur Cooperative Bank'),
  route('finance', 'Crowdfunding', 'Crowdfunding'),
  route('finance', 'Optagelse på forvaltningens drift', "A place in an administration's budget"),
  route('finance', '§ 18-midler', '§ 18 funds'),
  route(
    'finance',
    'Ny ansøgning i den tværgående pulje',
    'A new application to the cross-department pool',
  ),
  route('network', 'Kooperationen', 'Kooperationen (cooperative employers)'),
  route('network', 'KPH', 'KPH'),
  route('network', 'Community manager', 'Community manager'),
  route('network', 'Mentor', 'Mentor'),
  route('premises', 'Lokaler', 'Rooms'),
  route('premises', 'Værksted', 'Workshop'),
  route('premises', 'Køkken', 'Kitchen'),
]
