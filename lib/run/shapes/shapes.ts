import {dbbench} from "./dbbench.js";
import {gsm8k} from "./gsm8k.js";
import {humaneval} from "./humaneval.js";
import {mbpp} from "./mbpp.js";
import {motion} from "./motion.js";
import type {Shape} from "./shape.js";
import {sweagent} from "./sweagent.js";

/** Every public data set's way to write rows that is known, in the order in which a row is held against them. */
export const shapes: readonly Shape[] = [dbbench, gsm8k, humaneval, mbpp, motion, sweagent];
