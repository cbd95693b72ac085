import {audit} from "./auditActions.js";
import {Misuse, type Command} from "./command.js";

/** `ballast audit`: samples drawn for people, and what they say of them. */
export const command: Command = {
  usage: Object.entries(audit)
    .map(([name, {usage}]) => `${name} ${usage}`)
    .join(" | "),
  summary:
    "Draws kept samples of T2 and T3 for people to look at, and scores their labels: exit code 0 where the plan accepts, 1 where it refuses or is still open. Tasks and labels go to Label Studio and Argilla and back.",
  async run([action, ...args]) {
    if (action === undefined || !Object.hasOwn(audit, action))
      throw new Misuse(`expected one of ${Object.keys(audit).join(", ")}, got ${action ?? "nothing"}`);
    return audit[action].run(args);
  }
};
