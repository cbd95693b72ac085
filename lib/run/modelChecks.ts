import {endpointFamily, sameFamily} from "../endpoints/families.js";
import type {Generator} from "../generate/generator.js";
import type {Recipe} from "../schema/recipe.js";
import type {Verifier} from "../verify/verifier.js";
import type {Problem} from "./recipe.js";

/** What recipes may name that asks models. */
export interface AskingParts {
  generators: readonly Pick<Generator, "id" | "kinds" | "asks">[];
  verifiers: readonly Pick<Verifier, "id" | "asks">[];
}

/**
 * What a recipe gets wrong about models: families that nobody knows, terms that nobody declared or that forbid training,
 * teachers where none is asked or too few, panels that are too small once the writer's family is left out.
 */
export function checkModels(
  {
    endpoints,
    generate,
    policy,
    critics,
    budget
  }: Pick<Recipe, "endpoints" | "generate" | "policy" | "critics" | "budget">,
  {generators, verifiers}: AskingParts
): Problem[] {
  const problems: Problem[] = [];
  const add = (path: Problem["path"], message: string) => void problems.push({path, message});
  const families = new Map<string, string>();

  endpoints.forEach((endpoint, i) => {
    const {id, output, price} = endpoint;
    if (endpoints.findIndex((one) => one.id === id) < i)
      add(["endpoints", i, "id"], `expected a name that no other endpoint has, got ${JSON.stringify(id)}`);
    try {
      families.set(id, endpointFamily(endpoint));
    } catch (error) {
      add(["endpoints", i, "family"], (error as Error).message);
    }
    if (output === undefined)
      add(
        ["endpoints", i, "output"],
        "expected the terms of use of what the model writes (train, jurisdictions, terms), got none"
      );
    const currencies = Object.keys(budget.money);
    if (currencies.length > 0 && (price === undefined || !currencies.includes(price.currency)))
      add(
        ["endpoints", i, "price"],
        `expected a price in ${currencies.join(" or ")}, as the budget has it, got ${price?.currency ?? "none"}`
      );
  });
  const known = (path: Problem["path"], id: string) => {
    const there = endpoints.some((one) => one.id === id);
    const ids = endpoints.map((one) => one.id).join(", ");
    if (!there) add(path, `expected one of the endpoints ${ids || "(there are none)"}, got ${JSON.stringify(id)}`);
    return there;
  };
  const judges = critics.judges.filter((id, i) => known(["critics", "judges", i], id));

  const weighed = critics.aggregate === "dawid-skene";
  if (weighed && critics.calibration === undefined)
    add(
      ["critics", "aggregate"],
      "dawid-skene weighs votes by how judges did on gold sets: expected reports of ballast verify --calibrate in critics.calibration, got none"
    );
  if (!weighed && critics.prior !== undefined)
    add(["critics", "prior"], `expected it beside the aggregate dawid-skene alone, got ${critics.aggregate}`);

  generate.forEach((step, i) => {
    const generator = generators.find(({id}) => id === step.generator);
    if (generator === undefined) return;
    const {asks} = generator;
    const teachers = step.teachers.filter((id, j) => known(["generate", i, "teachers", j], id));
    for (const [j, id] of step.teachers.entries())
      if (endpoints.find((one) => one.id === id)?.output?.train === false)
        add(["generate", i, "teachers", j], `expected a model whose terms allow training on what it writes, got ${id}`);
    checkImage(["generate", i, "image"], step, asks?.image ?? false);
    const least = asks?.models ?? 0;
    if (least === 0 && step.teachers.length > 0)
      add(
        ["generate", i, "teachers"],
        `expected none: ${step.generator} asks no model, got ${step.teachers.join(", ")}`
      );
    if (step.teachers.length < least)
      add(["generate", i, "teachers"], `expected ${least} or more for ${step.generator}, got ${step.teachers.length}`);
    const of = teachers.flatMap((id) => families.get(id) ?? []);
    // Whoever drew a picture has written of what is judged, too.
    const drew = families.get(step.image ?? "");
    const apart = new Set(of).size;
    if (asks?.families !== undefined && apart < asks.families)
      add(
        ["generate", i, "teachers"],
        `expected models of ${asks.families} families or more for ${step.generator}, got ${apart}`
      );

    const named = new Set(
      generator.kinds.flatMap((kind) => [...(policy[kind]?.require ?? []), ...(policy[kind]?.promote ?? [])])
    );
    // Several models may write one text: then a judge must be of none of their families.
    const wrote = least > 1 ? [of.join("+")] : [...new Set(of)];
    const writers = drew === undefined ? wrote : wrote.map((one) => `${one}+${drew}`);
    for (const {id, asks: asked} of verifiers) {
      if (asked === undefined || !named.has(id)) continue;
      for (const writer of writers.length === 0 ? [""] : writers) {
        const fit = judges.filter((judge) => writer === "" || !sameFamily(families.get(judge) ?? writer, writer));
        if (fit.length < asked.judges)
          add(
            ["generate", i, "generator"],
            `${id} asks ${asked.judges} judges, none of the family of the writer${writer === "" ? "" : ` (${writer})`}: expected as many in critics.judges, got ${fit.length} of ${judges.length}`
          );
      }
    }
  });
  return problems;

  function checkImage(path: Problem["path"], {generator, image}: Recipe["generate"][number], wanted: boolean): void {
    if (image === undefined) {
      if (wanted) add(path, `expected the endpoint that draws for ${generator}, got none`);
      return;
    }
    if (!wanted) return add(path, `expected none: ${generator} has nothing drawn, got ${image}`);
    if (!known(path, image)) return;
    const {output, price} = endpoints.find((one) => one.id === image)!;
    if (output?.train === false)
      add(path, `expected a model whose terms allow training on what it draws, got ${image}`);
    if (Object.keys(budget.money).length > 0 && price !== undefined && price.image === undefined)
      add(path, `expected the price of a picture (price.image) of ${image}, as the budget is in money, got none`);
  }
}
