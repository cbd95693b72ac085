import type {Context, Parameter} from "./law.js";

/** 1 where a smaller target is better and the law falls, −1 where it rises. */
export function signOf({lowerIsBetter}: Context): number {
  return lowerIsBetter ? 1 : -1;
}

/** The parameter of a law that falls or rises: known from the direction of the target, never estimated. */
export function signParameter(context: Context): Parameter {
  return {name: "sign", unit: "1", bounds: [-1, 1], fixed: signOf(context)};
}
