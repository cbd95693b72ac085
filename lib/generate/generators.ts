import {backTranslation} from "./backTranslation.js";
import {chainOfThought} from "./chainOfThought.js";
import {chessGames} from "./chessGames.js";
import {clinicalNote} from "./clinicalNote.js";
import {cloze} from "./cloze.js";
import {codeTaskJavascript, codeTaskPython, codeTaskTypescript} from "./codeTask.js";
import type {Generator} from "./generator.js";
import {human} from "./human.js";
import {lodashTasks} from "./lodashTasks.js";
import {noisyProblems} from "./noisyProblems.js";
import {preferencePairs} from "./preferencePairs.js";
import {questionAnswer} from "./questionAnswer.js";
import {rephrase} from "./rephrase.js";
import {selfPlay} from "./selfPlay.js";
import {teacher3, teacher4} from "./teacher.js";
import {trajectories} from "./trajectories.js";
import {wordProblems} from "./wordProblems.js";

/** Every generator, sorted by id. */
export const generators: readonly Generator[] = [
  backTranslation,
  chainOfThought,
  chessGames,
  clinicalNote,
  cloze,
  codeTaskJavascript,
  codeTaskPython,
  codeTaskTypescript,
  human,
  lodashTasks,
  noisyProblems,
  preferencePairs,
  questionAnswer,
  rephrase,
  selfPlay,
  teacher3,
  teacher4,
  trajectories,
  wordProblems
];
