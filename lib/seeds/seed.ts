import type {SeedSource} from "../schema/recipe.js";
import type {Seed} from "../schema/seed.js";
import {sha256} from "../io/sha256.js";
import {canonical, malformed} from "../text/canonical.js";
import type {SourceContext} from "./source.js";
import {splitOf} from "./split.js";

/**
 * A seed from a piece of a source: canonical text, its hash, and the split of its document. null where the text cannot be
 * one (empty, too long, NUL, lone surrogate): that is counted by `context.skip`.
 *
 * @param where names the piece for a person, e.g. "notes.jsonl:12"
 */
export function seedOf(
  spec: SeedSource,
  document: string,
  text: string,
  {skip}: Pick<SourceContext, "skip"> = {},
  where = document
): Seed | null {
  const reason = malformed(text);
  if (reason !== null) {
    skip?.(reason, where);
    return null;
  }
  const clean = canonical(text);
  return {
    sha256: sha256(clean),
    source: spec.id,
    document,
    kind: spec.kind,
    domain: spec.domain,
    license: spec.license,
    split: splitOf(spec.source, document, spec.heldOut),
    text: clean
  };
}
