import {bounce} from "./bounce.js";
import {collision} from "./collision.js";
import {fall} from "./fall.js";
import type {Given, Integration, Motion} from "./motion.js";
import {slide} from "./slide.js";
import {throwing} from "./throwing.js";

/** The closed form of each scene; null where its conditions are impossible. */
export const motions: Readonly<Record<string, (given: Given, integration: Integration) => Motion | null>> = {
  bounce,
  collision,
  fall,
  slide,
  throw: throwing
};
