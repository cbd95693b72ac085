import {powerLaw} from "./powerLaw.js";

/** E + sign A / N^alpha: the target by model size alone, at one number of tokens. */
export const powerN = powerLaw("n", {id: "power-n", title: "Power law in model size", unit: "parameters"});
