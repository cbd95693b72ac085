import {chooseBands, type BandChoice} from "./bandParameters.js";
import type {NormalisationName} from "./normalise.js";
import type {ShingleUnit} from "./shingles.js";

/** A setting of near-duplicate search: what is compared, how it is read, and how candidates are found. */
export interface Preset {
  unit: ShingleUnit;
  /** units a shingle */
  size: number;
  normalisation: NormalisationName;
  /** exact Jaccard similarity at which a candidate is a near duplicate */
  threshold: number;
  /** bands and rows as somebody publishes them, or what they are chosen by */
  banding: {bands: number; rows: number} | Required<BandChoice>;
}

const words = {unit: "words", size: 5} as const;

/**
 * Settings by name. `ballast`, the default, is chosen for recall: candidates are verified, so that a false positive costs
 * a comparison (1/100 of a lost duplicate); with 160 hashes that is 20 × 8, which finds .975 of pairs at the threshold
 * itself and .998 at J = .85. The others have the numbers of their publishers, except that every candidate is verified
 * here at the threshold, which most of them do not do; their tokens are those of other tokenizers.
 *
 * `records` is for short structured records full of typing errors, names with addresses, all fields in one text: they share
 * few words, but most runs of three characters. Rows of 4: at J = .1, where most pairs of records are, 1 in 100 becomes a
 * candidate, and 92 in 100 at the threshold. Measured on febrl's data sets 1 to 4, ten fields and 78 characters a record:
 * .987 to .998 of the surplus removed, no removal wrong of 9,432; with 3 more typing errors a copy .886 to .983, with 6
 * more .643 to .927, none wrong. It does not fit shorter records, for people share names and places: without birth date and
 * number (62 characters) none is wrong, of name, birth date and suburb (32) up to .007 are, of name and birth date (22)
 * .15, of names alone .61. Nor does it weigh fields: a shared suburb counts as much as a shared name.
 *
 * Sources: FineWeb: Penedo et al. (2024), arXiv:2406.17557; datasketch and BigCode: 256 hashes at .7, 5-word shingles;
 * NeMo Curator: fuzzy deduplication, 20 × 13 over 24 characters; OLMo: duplodocus, 26 × 11 over 5 tokens; text-dedup:
 * 240 hashes at .7.
 */
export const presets = {
  ballast: {
    ...{...words, normalisation: "precise", threshold: 0.8},
    banding: {hashes: 160, falsePositives: 0.01, falseNegatives: 0.99}
  },
  fineweb: {...words, normalisation: "fineweb", threshold: 0.75, banding: {bands: 14, rows: 8}},
  datasketch: {
    ...{...words, normalisation: "plain", threshold: 0.8},
    banding: {hashes: 128, falsePositives: 0.5, falseNegatives: 0.5}
  },
  bigcode: {...words, normalisation: "plain", threshold: 0.7, banding: {bands: 25, rows: 10}},
  nemo: {unit: "characters", size: 24, normalisation: "plain", threshold: 0.8, banding: {bands: 20, rows: 13}},
  olmo: {unit: "tokens", size: 5, normalisation: "plain", threshold: 0.8, banding: {bands: 26, rows: 11}},
  records: {unit: "characters", size: 3, normalisation: "plain", threshold: 0.4, banding: {bands: 96, rows: 4}},
  "text-dedup": {...words, normalisation: "plain", threshold: 0.7, banding: {bands: 24, rows: 10}}
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof presets;

/** A preset's options, its bands and rows chosen for `threshold` where the preset does not fix them. */
export function presetOptions(
  name: PresetName,
  {threshold}: {threshold?: number} = {}
): Omit<Preset, "banding"> & {bands: number; rows: number} {
  const {banding, ...preset}: Preset = presets[name];
  const least = threshold ?? preset.threshold;
  return {...preset, threshold: least, ...("bands" in banding ? banding : chooseBands(least, banding))};
}
