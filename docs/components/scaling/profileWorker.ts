import {profileOf} from "../../lib/scaling/profileOf.js";
import type {Observations} from "../../lib/scaling/observations.js";
import type {Fit} from "../../lib/schema/fit.js";
import {answerWith} from "../asker.js";

/** Which profile the page asks for. */
export interface ProfileQuestion {
  readonly fit: Fit;
  readonly columns: Observations;
  readonly name: string;
}

answerWith(({fit, columns, name}: ProfileQuestion) => profileOf(fit, columns, name));
