import {sameFamily} from "../../endpoints/families.js";
import type {LanguageModel} from "../../endpoints/languageModel.js";

/** Judges that a critic asks at least; two that differ would leave nobody to decide. */
export const leastJudges = 3;

/**
 * The judges that may judge a text, sorted by id: models of families that had no part in writing it, each model once.
 *
 * @param critic id of the critic, for the error
 * @param family of what wrote the text; "a+b" where models of two families did
 * @throws RangeError naming the families at hand and what to declare, where they are fewer than three
 */
export function panelFor(critic: string, family: string, judges: readonly LanguageModel[] = []): LanguageModel[] {
  const able = judges.filter((judge) => !sameFamily(judge.family, family));
  // The same model behind two endpoints gives one opinion twice.
  const once = new Map(
    able.toSorted((a, b) => (a.id < b.id ? 1 : -1)).map((judge) => [`${judge.model}\n${judge.weights}`, judge])
  );
  const panel = [...once.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (panel.length < leastJudges) {
    const given = judges.map(({id, model, family: own}) => `${id} (${model}, ${own})`).join(", ");
    throw new RangeError(
      `${critic}: expected at least ${leastJudges} judges of different models, none of the family ${JSON.stringify(family)} that wrote the text, got ${panel.length} of ${given === "" ? "none at all" : given}; declare endpoints of other families and name them in critics.judges`
    );
  }
  return panel;
}
