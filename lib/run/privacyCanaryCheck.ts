import {readFile} from "node:fs/promises";
import {canaryExposure, exposureBound, type Exposures} from "../curate/membership/canaryExposure.js";
import {createCanarySearch} from "../curate/membership/canarySearch.js";
import {expectSpace, fill} from "../curate/membership/canarySpace.js";
import type {ProxyScorer} from "../curate/membership/proxyScorer.js";
import {CanaryFile} from "../schema/canaryFile.js";
import {createRandom} from "../text/random.js";
import {findingOf, type PrivacyFinding} from "./privacyFindings.js";
import type {PlacedText} from "./privacyTexts.js";

/** What the samples have of the canaries. */
export interface CanaryFindings {
  canaries: number;
  /** bits of a secret */
  bits: number;
  /** places where a secret stands, and how many canaries they are of */
  hits: number;
  verbatim: number;
  /** hits that random letters and digits would give at most: windows × canaries / |R| */
  expectedByChance: number;
  /** exposure in bits under the proxy trained on the samples, from which it rings */
  bound: number;
  exposures: Exposures;
  /** ids of canaries at or above the bound */
  exposed: string[];
}

/** Looks at sample after sample, then asks a model. */
interface CanaryCheck {
  look(sample: PlacedText): Generator<PrivacyFinding>;
  result(proxy: ProxyScorer, seed: string | number): Promise<CanaryFindings>;
}

/**
 * The check for the secrets of a file; null where there is none.
 *
 * @throws TypeError naming file and field where it does not hold canaries
 */
export async function createCanaryCheck(path: string | null): Promise<CanaryCheck | null> {
  if (path === null) return null;
  const {space, canaries} = await readCanaries(path);
  const search = createCanarySearch(canaries.map(({secret}) => secret));
  const there = new Set<number>();
  let hits = 0;
  return {
    *look({at, text}) {
      for (const {canary, start, end} of search(text)) {
        hits++;
        there.add(canary);
        yield findingOf("canary", at, {type: canaries[canary].id, start, end, rule: "normalised search"});
      }
    },
    async result(proxy, seed) {
      const bound = exposureBound(canaries.length);
      // So many that the four favourites of a sample are beyond the bound.
      const most = 2 ** (Math.ceil(bound) + 2);
      const exposures = await canaryExposure(space, canaries, (text) => proxy.total(text), {
        random: createRandom(seed, "exposure"),
        most
      });
      return {
        ...{canaries: canaries.length, bits: exposures.bits, hits, verbatim: there.size},
        expectedByChance: search.windows * canaries.length * 2 ** -exposures.bits,
        ...{bound, exposures},
        exposed: exposures.canaries.filter(({exposure}) => exposure >= bound).map(({id}) => id)
      };
    }
  };
}

async function readCanaries(path: string): Promise<CanaryFile> {
  const bytes = await readFile(path, "utf8").catch(() => null);
  if (bytes === null) throw new TypeError(`${path}: expected a file of canaries, got nothing there`);
  let value: unknown;
  try {
    value = JSON.parse(bytes);
  } catch (error) {
    throw new TypeError(`${path}: expected JSON: ${(error as Error).message}`, {cause: error});
  }
  const {data, error} = CanaryFile.safeParse(value);
  // The message of the issue alone: the file holds secrets.
  if (data === undefined) throw new TypeError(`${path}: ${error.issues[0].path.join(".")}: ${error.issues[0].message}`);
  try {
    expectSpace(data.space);
  } catch (error) {
    throw new TypeError(`${path}: space: ${(error as Error).message}`, {cause: error});
  }
  for (const [i, {secret, text}] of data.canaries.entries())
    if (secret.length !== data.space.length || text !== fill(data.space, secret))
      throw new TypeError(`${path}: canaries.${i}: expected a secret of the space in its template, got another`);
  return data;
}
