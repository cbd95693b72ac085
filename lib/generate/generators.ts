import {chessGames} from "./chessGames.js";
import {cloze} from "./cloze.js";
import type {Generator} from "./generator.js";
import {human} from "./human.js";
import {noisyProblems} from "./noisyProblems.js";
import {wordProblems} from "./wordProblems.js";

/** Every generator, sorted by id. */
export const generators: readonly Generator[] = [chessGames, cloze, human, noisyProblems, wordProblems];
