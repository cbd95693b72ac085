/** Whether a string of digits ends in its Luhn check digit (ISO/IEC 7812-1, annex B). */
export function luhn(digits: string): boolean {
  return luhnDigit(digits.slice(0, -1)) === Number(digits.at(-1));
}

/** The digit that makes a string of digits pass Luhn's check when it is put behind it. */
export function luhnDigit(digits: string): number {
  let sum = 0;
  for (let i = digits.length - 1, double = true; i >= 0; i--, double = !double) {
    const twice = Number(digits[i]) * (double ? 2 : 1);
    sum += twice > 9 ? twice - 9 : twice;
  }
  return (10 - (sum % 10)) % 10;
}

/** The rest of an alphanumeric string modulo 97, letters as 10 to 35 (ISO/IEC 7064). */
export function mod97(value: string): number {
  let rest = 0;
  for (const c of value.toUpperCase()) {
    const n = c >= "A" ? c.charCodeAt(0) - 55 : Number(c);
    rest = (rest * (n > 9 ? 100 : 10) + n) % 97;
  }
  return rest;
}

/** Digits times weights, summed. */
export function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0);
}

/** Whether twelve digits pass Verhoeff's check, as Aadhaar numbers do. Source: Verhoeff (1969), Math. Centre Tracts 29. */
export function verhoeff(digits: string): boolean {
  let c = 0;
  for (let i = 0; i < digits.length; i++) c = dihedral(c, turned(i % 8, Number(digits[digits.length - 1 - i])));
  return c === 0;
}

/** The product of two elements of the dihedral group of ten. */
function dihedral(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : ((a + b - 5) % 5) + 5;
  return b < 5 ? ((a - 5 - b + 5) % 5) + 5 : (a - b + 5) % 5;
}

function turned(times: number, digit: number): number {
  for (let i = 0; i < times; i++) digit = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4][digit];
  return digit;
}
