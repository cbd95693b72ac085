import {resolve} from "node:path";
import {asset} from "../../io/assets.js";
import {sha256File} from "../../io/sha256.js";
import type {Critics} from "../../schema/critics.js";

/** What gold sets say of the judges that a critic asks. */
export interface PanelRates {
  /** share of right texts before any vote is heard, in (0, 1) */
  prior: number;
  /** by judge how often it passes what is right, and fails what is wrong, in (0, 1) */
  judges: Readonly<Record<string, {sensitivity: number; specificity: number}>>;
}

/** How critics judge: what a recipe says, its paths made absolute. */
export interface CriticOptions extends Omit<Critics, "judges" | "calibration" | "prior"> {
  /** by critic; what "dawid-skene" weighs votes by */
  rates?: Readonly<Record<string, PanelRates>>;
  /** folder of prompt files that take the place of ours */
  prompts?: string;
  /** folder in which indexes of terminologies are kept */
  cache?: string;
}

/** A recipe's critics with absolute paths, for `VerifyContext.critics`. */
export function criticOptions(
  {judges: _, calibration: _calibration, prior: _prior, constitution, terminology, ...rest}: Critics,
  {folder, ...own}: {folder: string} & Pick<CriticOptions, "prompts" | "cache" | "rates">
): CriticOptions {
  return {
    ...rest,
    ...(constitution === undefined ? {} : {constitution: resolve(folder, constitution)}),
    terminology: terminology.map((path) => resolve(folder, path)),
    ...own
  };
}

/** sha256 of each file that shapes what critics say, beside their prompts: the constitution, then the terminologies. */
export async function criticFileHashes({
  constitution = builtinConstitution,
  terminology
}: Pick<CriticOptions, "constitution" | "terminology">): Promise<string[]> {
  return Promise.all([constitution, ...terminology].map(sha256File));
}

/** The rules that the project ships. */
export const builtinConstitution = asset("constitution.txt");
