import {powerLaw} from "./powerLaw.js";

/** E + sign A / D^alpha: the target by training tokens alone, at one model size. */
export const powerD = powerLaw("d", {id: "power-d", title: "Power law in tokens", unit: "tokens"});
