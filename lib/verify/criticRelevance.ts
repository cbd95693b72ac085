import {Reply} from "./critics/ask.js";
import {textCritic} from "./critics/textCritic.js";

/**
 * Refuses texts that are not about what their source is about, or whose answers do not answer their questions, by a panel
 * of models. Without a source the text is held against itself alone. Reasons: irrelevant, disagreement, no-quorum.
 */
export const criticRelevance = textCritic({
  id: "critic-relevance",
  version: "1",
  failed: "irrelevant",
  values: ({text, source = ""}) => ({text, source}),
  reply: () => Reply
});
