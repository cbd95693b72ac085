import {agentTrace} from "./agentTrace.js";
import {arithmetic} from "./arithmetic.js";
import {cadSolid} from "./cadSolid.js";
import {chessRules} from "./chessRules.js";
import {cloze} from "./cloze.js";
import {criticCaption} from "./criticCaption.js";
import {criticConstitution} from "./criticConstitution.js";
import {criticPreference} from "./criticPreference.js";
import {criticRelevance} from "./criticRelevance.js";
import {criticSelfContained} from "./criticSelfContained.js";
import {criticSupport} from "./criticSupport.js";
import {criticToxicity} from "./criticToxicity.js";
import {finalAnswer} from "./finalAnswer.js";
import {javascriptTests} from "./javascriptTests.js";
import {ledger} from "./ledger.js";
import {mutation} from "./mutation.js";
import {proof} from "./proof.js";
import {proseCritic} from "./proseCritic.js";
import {pythonTests} from "./pythonTests.js";
import {quality} from "./quality.js";
import {robotMotion} from "./robotMotion.js";
import {smt} from "./smt.js";
import {sqlAnswer} from "./sqlAnswer.js";
import {terminology} from "./terminology.js";
import {trajectoryPhysics} from "./trajectoryPhysics.js";
import type {Verifier} from "./verifier.js";

/** Every verifier, sorted by id. */
export const verifiers: readonly Verifier[] = [
  agentTrace,
  arithmetic,
  cadSolid,
  chessRules,
  cloze,
  criticCaption,
  criticConstitution,
  criticPreference,
  criticRelevance,
  criticSelfContained,
  criticSupport,
  criticToxicity,
  finalAnswer,
  javascriptTests,
  ledger,
  mutation,
  proof,
  proseCritic,
  pythonTests,
  quality,
  robotMotion,
  smt,
  sqlAnswer,
  terminology,
  trajectoryPhysics
];
