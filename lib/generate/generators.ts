import {backTranslation} from "./backTranslation.js";
import {captionedImage} from "./captionedImage.js";
import {chainOfThought} from "./chainOfThought.js";
import {chessGames} from "./chessGames.js";
import {clinicalNote} from "./clinicalNote.js";
import {cloze} from "./cloze.js";
import {codeTaskJavascript, codeTaskPython, codeTaskTypescript} from "./codeTask.js";
import {evolve} from "./evolve.js";
import type {Generator} from "./generator.js";
import {human} from "./human.js";
import {lodashTasks} from "./lodashTasks.js";
import {noisyProblems} from "./noisyProblems.js";
import {persona} from "./persona.js";
import {preferencePairs} from "./preferencePairs.js";
import {questionAnswer} from "./questionAnswer.js";
import {redactedFacts} from "./redactedFacts.js";
import {rephrase} from "./rephrase.js";
import {selfPlay} from "./selfPlay.js";
import {simulatorCaption} from "./simulatorCaption.js";
import {teacher3, teacher4} from "./teacher.js";
import {trajectories} from "./trajectories.js";
import {wordProblems} from "./wordProblems.js";

/** Every generator, sorted by id. */
export const generators: readonly Generator[] = [
  backTranslation,
  captionedImage,
  chainOfThought,
  chessGames,
  clinicalNote,
  cloze,
  codeTaskJavascript,
  codeTaskPython,
  codeTaskTypescript,
  evolve,
  human,
  lodashTasks,
  noisyProblems,
  persona,
  preferencePairs,
  questionAnswer,
  redactedFacts,
  rephrase,
  selfPlay,
  simulatorCaption,
  teacher3,
  teacher4,
  trajectories,
  wordProblems
];
