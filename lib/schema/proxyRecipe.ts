import {z} from "zod";

const tokens = z.int().min(1000);
const order = z.int().min(1).max(8).default(4);
const seeds = z.int().min(1).max(100).describe("corpus draws; arms with the same draw are compared in pairs");
const share = z.number().min(0).max(1);
const temperature = z.number().min(0).max(4);
const unit = <T extends z.ZodType>(item: T) => z.array(item).min(1);
const slug = z.string().regex(/^[a-z][a-z0-9-]*$/, "expected a lowercase slug such as moby-dick");

/** A: what a fixed budget is worth as human text gives way to generated text, at several supplies of human text. */
export const ShareOptions = z.strictObject({
  order,
  seeds,
  budget: tokens.describe("training tokens of a run, repeats included"),
  supplies: unit(tokens).describe("human tokens at hand before repeating"),
  shares: unit(share).describe("shares of generated tokens"),
  generators: unit(z.enum(["teacher", "self"])),
  teacher: z.strictObject({order, tokens: tokens.describe("human tokens that it alone has seen")}),
  temperature: temperature.default(1)
});

/** B: models trained on the text of the models before them. */
export const GenerationsOptions = z.strictObject({
  order,
  seeds,
  budget: tokens.describe("human tokens of generation 0, and generated tokens of each one after"),
  generations: z.int().min(1).max(50),
  anchor: share.describe("least share of human tokens in the anchored arms"),
  temperature: temperature.default(0.8),
  arms: unit(z.enum(["replace", "replace+anchor", "accumulate", "accumulate+anchor", "anchor-only"]))
});

/** C, prose: whether choosing generated passages by a critic beats taking any. */
export const ProseOptions = z.strictObject({
  order,
  seeds,
  budget: tokens,
  supply: tokens,
  shares: unit(share),
  keep: z.number().gt(0).max(1).describe("share of the drafts that random choice and critic keep"),
  teacher: z.strictObject({order, tokens}),
  critic: z.strictObject({tokens: tokens.describe("human tokens that the critic alone has seen")}),
  temperature: temperature.default(1)
});

const facts = z.int().min(10).max(10_000);

/** C, arithmetic: verified, leaky and unverified facts beside human ones. */
export const ArithmeticOptions = z.strictObject({
  order: order.default(5),
  seeds,
  budget: z.int().min(100).describe("facts of a run, repeats included"),
  supply: facts.describe("human facts"),
  heldOut: facts.describe("questions that no training text states"),
  shares: unit(share),
  drafts: z.int().min(100).describe("facts that the generator writes, right or wrong"),
  generator: z.strictObject({order: order.default(5), temperature: temperature.default(1)}).prefault({}),
  leak: share.describe("share of wrong drafts that the leaky verifier lets through")
});

/** C, rounds: a model trained on what it wrote itself, round after round. */
export const RoundsOptions = z.strictObject({
  order: order.default(5),
  seeds,
  supply: facts,
  heldOut: facts,
  drafts: z.int().min(100).describe("facts written each round"),
  rounds: z.int().min(1).max(50),
  temperature: temperature.default(1),
  leak: share
});

/** D: weights of the data set's own tiers. */
export const TiersOptions = z.strictObject({
  order,
  seeds,
  budget: tokens,
  supply: tokens.describe("tokens of T0 that are taken: fewer than the budget, so that repeating them competes"),
  steps: z.int().min(1).max(20).describe("every mix whose shares are multiples of 1 / steps"),
  draw: z.number().gt(0).max(1).default(0.8).describe("share of each tier's passages that a seed draws")
});

/** The proxy's experiments as data: those that are left out are not run. */
export const ProxyRecipe = z.strictObject({
  name: slug,
  seed: z.int().min(0).default(1),
  domain: slug.default("prose"),
  passage: z.int().min(16).max(4096).default(128).describe("tokens a passage"),
  heldOut: z
    .strictObject({
      tokens: tokens.default(24_000).describe("tokens of the test set, and of the dev set"),
      outside: z
        .strictObject({source: slug, benchmark: z.string().regex(/^[a-z][a-z0-9_]*$/), tokens: tokens.default(12_000)})
        .optional()
        .describe("held-out text of another source, measured beside them")
    })
    .prefault({}),
  share: ShareOptions.optional(),
  generations: GenerationsOptions.optional(),
  prose: ProseOptions.optional(),
  arithmetic: ArithmeticOptions.optional(),
  rounds: RoundsOptions.optional(),
  tiers: TiersOptions.optional()
});

export type ProxyRecipe = z.infer<typeof ProxyRecipe>;
export type ShareOptions = z.infer<typeof ShareOptions>;
export type GenerationsOptions = z.infer<typeof GenerationsOptions>;
export type ProseOptions = z.infer<typeof ProseOptions>;
export type ArithmeticOptions = z.infer<typeof ArithmeticOptions>;
export type RoundsOptions = z.infer<typeof RoundsOptions>;
export type TiersOptions = z.infer<typeof TiersOptions>;
