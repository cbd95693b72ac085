import type {Random} from "../../text/random.js";
import {expectSpace, fill, secretAt, type CanarySpace} from "./canarySpace.js";

/** A random secret and the sentence that holds it. */
export interface Canary {
  /** e.g. "c007" */
  id: string;
  secret: string;
  text: string;
}

/**
 * Draws different secrets, uniformly. They depend on the seed alone, so who knows the seed knows them: keep it as
 * they are kept. Not cryptographic: it must surprise a language model, no adversary.
 *
 * @throws RangeError where the space has fewer than twice as many secrets
 * Source: Carlini et al. (2019), arXiv:1802.08232, section 4.1.
 */
export function makeCanaries(space: CanarySpace, count: number, random: Random): Canary[] {
  expectSpace(space);
  if (!Number.isInteger(count) || count < 1 || 2 * count > space.alphabet.length ** space.length)
    throw new RangeError(
      `expected 1 to ${Math.floor(space.alphabet.length ** space.length / 2)} canaries of this space, got ${count}`
    );
  const secrets = new Set<string>();
  while (secrets.size < count) secrets.add(drawSecret(space, random));
  const digits = String(count).length;
  return Array.from(secrets, (secret, i) => ({
    id: `c${String(i + 1).padStart(digits, "0")}`,
    secret,
    text: fill(space, secret)
  }));
}

/** One secret, each of the space as likely as another. */
export function drawSecret(space: CanarySpace, random: Random): string {
  let secret = "";
  for (let i = 0; i < space.length; i++) secret += secretAt({...space, length: 1}, random.int(space.alphabet.length));
  return secret;
}
