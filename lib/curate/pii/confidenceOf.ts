/**
 * How likely a find of a rule is right, in (0, 1).
 *
 * Of rules that were measured: (right + 1) / (finds + 2), Laplace's rule of succession, over the 300 texts of Presidio's
 * synthetic set, so that few finds mean little confidence; for rules with a check digit on its own one minus the share of
 * numbers of that form that pass it by chance; 0.5 for what neither says anything of. On texts of another kind (poetry,
 * source code, other languages) names and years are right less often than this.
 */
export function confidenceOf(rule: string): number {
  if (rule in counts) return (counts[rule][0] + 1) / (counts[rule][1] + 2);
  return chances[rule] ?? 0.5;
}

// Right and all finds.
const counts: Readonly<Record<string, readonly [number, number]>> = {
  box: [9, 9],
  card: [23, 23],
  corner: [5, 5],
  "date-iso": [4, 4],
  "date-numbers": [5, 5],
  email: [8, 8],
  iban: [4, 4],
  ipv4: [1, 1],
  "name-after": [5, 5],
  "name-again": [2, 2],
  "name-called": [1, 2],
  "name-does": [2, 2],
  "name-full": [5, 5],
  "name-given": [72, 72],
  "name-has": [9, 9],
  "name-initial": [9, 9],
  "name-pronoun": [1, 1],
  "name-said": [28, 28],
  "name-series": [6, 6],
  "name-shape": [2, 2],
  "name-speaker": [2, 2],
  "name-title": [17, 19],
  "named-id": [1, 1],
  "number-street": [52, 52],
  "phone-international": [2, 2],
  "phone-named": [13, 13],
  ssn: [4, 4],
  "street-number": [5, 5],
  url: [10, 10],
  weekday: [4, 4],
  year: [12, 12]
};

const chances: Readonly<Record<string, number>> = {
  "card-bare": 0.9,
  ipv6: 0.99,
  nino: 0.9,
  nhs: 10 / 11,
  sin: 0.9,
  dni: 22 / 23,
  "codice-fiscale": 25 / 26,
  nir: 96 / 97,
  pesel: 0.9,
  cpf: 0.99,
  aadhaar: 0.9,
  personnummer: 0.9,
  hetu: 30 / 31,
  "resident-id": 10 / 11,
  bsn: 10 / 11,
  "steuer-id": 0.9,
  "rrn-be": 96 / 97,
  rut: 10 / 11
};
