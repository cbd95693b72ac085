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
  for (const [i, message] of messages.entries()) {
    const found = inMessage(message, heldOut);
    if (found !== null) return `message ${i + 1} (${message.role}), ${found.reason}: ${found.detail}`.slice(0, 300);
  }
  return null;
}

type Found = ReturnType<HeldOut>;

/** What was found in messages that cannot change: one that several judges get, or that begins each prompt, is looked at once. */
const looked = new WeakMap<HeldOut, WeakMap<ChatMessage, Found>>();

function inMessage(message: ChatMessage, heldOut: HeldOut): Found {
  let known = looked.get(heldOut);
  if (known === undefined) looked.set(heldOut, (known = new WeakMap()));
  const before = known.get(message);
  if (before !== undefined) return before;
  const {content} = message;
  const plain = unescaped(content);
  const found = heldOut(content) ?? (plain === content ? null : heldOut(plain));
  if (Object.isFrozen(message)) known.set(message, found);
  return found;
}

const controls: Readonly<Record<string, string>> = {b: "\b", f: "\f", n: "\n", r: "\r", t: "\t"};

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g, (_, code: string | undefined, one: string) =>
    code === undefined ? (controls[one] ?? one) : String.fromCharCode(parseInt(code, 16))
  );
}
