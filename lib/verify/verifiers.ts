import {arithmetic} from "./arithmetic.js";
import {chessRules} from "./chessRules.js";
import {cloze} from "./cloze.js";
import {javascriptTests} from "./javascriptTests.js";
import {proseCritic} from "./proseCritic.js";
import {quality} from "./quality.js";
import {trajectoryPhysics} from "./trajectoryPhysics.js";
import type {Verifier} from "./verifier.js";

/** Every verifier, sorted by id. */
export const verifiers: readonly Verifier[] = [
  arithmetic,
  chessRules,
  cloze,
  javascriptTests,
  proseCritic,
  quality,
  trajectoryPhysics
];
