import type {ChatMessage} from "../schema/chat.js";

/** Says why a text may not be shown to a model, null where it may. */
export type HeldOut = (text: string) => {reason: string; detail: string} | null;

/**
 * Why messages may not be sent, null where they may: each is looked at as it is and with its JSON escapes undone, which
 * gives the words of every document back that was put into it.
 *
 * Finds what `heldOut` finds: held-out text told in other words, translated or encoded passes.
 */
export function heldOutIn(messages: readonly ChatMessage[], heldOut: HeldOut): string | null {
  for (const [i, {role, content}] of messages.entries()) {
    const plain = unescaped(content);
    const found = heldOut(content) ?? (plain === content ? null : heldOut(plain));
    if (found !== null) return `message ${i + 1} (${role}), ${found.reason}: ${found.detail}`.slice(0, 300);
  }
  return null;
}

const controls: Readonly<Record<string, string>> = {b: "\b", f: "\f", n: "\n", r: "\r", t: "\t"};

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g, (_, code: string | undefined, one: string) =>
    code === undefined ? (controls[one] ?? one) : String.fromCharCode(parseInt(code, 16))
  );
}
