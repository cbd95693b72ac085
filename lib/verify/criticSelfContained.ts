import {Reply} from "./critics/ask.js";
import {textCritic} from "./critics/textCritic.js";

/**
 * Refuses texts that lean on something their reader cannot see ("according to the passage", "as shown above"), by a panel
 * of models that see the text alone. Reasons: not-self-contained, disagreement, no-quorum.
 */
export const criticSelfContained = textCritic({
  id: "critic-self-contained",
  version: "1",
  failed: "not-self-contained",
  values: ({text}) => ({text}),
  reply: () => Reply
});
