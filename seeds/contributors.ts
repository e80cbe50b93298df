/* Bases and percentages: published figures where there are any, examples (marked so) where not. */

const kr = (kroner: number) => kroner * 100

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
