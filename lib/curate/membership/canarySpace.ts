/** All the secrets that a canary may hold: `length` symbols of the alphabet, put where the template says {secret}. */
export interface CanarySpace {
  template: string;
  alphabet: string;
  length: number;
}

/**
 * The space unless somebody says otherwise: 60 bits, in letters and digits that nobody mistakes for one another.
 */
export const defaultSpace: CanarySpace = {
  template: "The access code of the reading room is {secret}.",
  alphabet: "abcdefghijkmnpqrstuvwxyz23456789",
  length: 12
};

/** @throws RangeError where a template has not one place for a secret, or the alphabet is no set of letters and digits */
export function expectSpace({template, alphabet, length}: CanarySpace): void {
  if (template.split("{secret}").length !== 2)
    throw new RangeError(`expected a template with {secret} in it once, got ${JSON.stringify(template)}`);
  if (!/^[a-z0-9]{2,}$/.test(alphabet) || new Set(alphabet).size !== alphabet.length)
    throw new RangeError(`expected an alphabet of different letters a–z and digits, got ${JSON.stringify(alphabet)}`);
  if (!Number.isInteger(length) || length < 4 || length > 64)
    throw new RangeError(`expected secrets of 4 to 64 symbols, got ${length}`);
}

/** log2 |R|: bits of a secret. */
export function spaceBits({alphabet, length}: Pick<CanarySpace, "alphabet" | "length">): number {
  return length * Math.log2(alphabet.length);
}

/** The secret of a number in [0, |R|), digits from the last place on. */
export function secretAt({alphabet, length}: CanarySpace, index: number): string {
  let secret = "";
  for (let i = 0; i < length; i++) {
    secret = alphabet[index % alphabet.length] + secret;
    index = Math.floor(index / alphabet.length);
  }
  return secret;
}

/** The template with a secret in it. */
export function fill({template}: CanarySpace, secret: string): string {
  return template.replace("{secret}", () => secret);
}
