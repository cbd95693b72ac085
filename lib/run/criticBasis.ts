import {readPrompt} from "../io/prompts.js";
import {sha256, sha256File} from "../io/sha256.js";
import type {CriticBasis} from "../schema/calibration.js";
import {canonicalJson} from "../text/json.js";
import type {CriticOptions} from "../verify/critics/options.js";
import type {Verifier} from "../verify/verifier.js";

/** What shapes the word of a critic's judges and of its panel: what a calibration must have in common with a run. */
export async function criticBasis(
  {id, version, prompts = [], files}: Pick<Verifier, "id" | "version" | "prompts" | "files">,
  {prompts: folder, aggregate = "median", least = 3, pass = 0, rates, ...rest}: Partial<CriticOptions>
): Promise<CriticBasis> {
  const weighed = aggregate === "dawid-skene" ? rates?.[id] : undefined;
  return {
    critic: id,
    asked: {
      version,
      prompts: Object.fromEntries(["repair", ...prompts].map((name) => [name, readPrompt(name, {folder}).sha256])),
      files: await Promise.all((files?.(rest) ?? []).map(sha256File))
    },
    aggregation: {aggregate, least, pass, rates: weighed === undefined ? null : sha256(canonicalJson(weighed))}
  };
}
