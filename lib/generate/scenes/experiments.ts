import {bounce} from "./bounce.js";
import {collision} from "./collision.js";
import type {Kind} from "./experiment.js";
import {fall} from "./fall.js";
import {slide} from "./slide.js";
import {throwing} from "./throwing.js";

/** Every kind of scene, sorted by id. */
export const experiments: readonly Kind[] = [bounce, collision, fall, slide, throwing];
