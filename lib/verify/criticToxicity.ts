import {Reply} from "./critics/ask.js";
import {textCritic} from "./critics/textCritic.js";

/** Refuses texts that insult, threaten, demean, sexualise or incite, by a panel of models. Reasons: toxic, disagreement, no-quorum. */
export const criticToxicity = textCritic({
  id: "critic-toxicity",
  version: "1",
  failed: "toxic",
  values: ({text}) => ({text}),
  reply: () => Reply
});
