import {closing} from "./lex.js";

/** A final answer as it stands in a text, and how it was found. */
interface ExtractedAnswer {
  answer: string;
  found: "boxed" | "hashes" | "said" | "formula" | "number";
}

const maxBoxes = 12;
const maxMarks = 30;
const maxLine = 2000;
const number =
  /(?<![\w.^_])[-−]?[$€£]?\s?(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:\s*\/\s*\d+(?:\.\d+)?)?(?:\s?\\?%)?/g;
const said =
  /(?:answers?|(?:option|choice))(?:\*\*)?(?:\s+(?:to|of|for)\s[^\n.:=$]{1,80}?)?\s*(?:(?:is|are|was|would be|should be|must be|will be|equals|comes to)\b(?:\s+(?:therefore|thus|then|simply|just))?\s*[:=]?|[:=])(?:\*\*)?\s*/iy;

/**
 * The final answer of a text, by the first of these that it has: the last \boxed or \fbox (several joined by "and", "or",
 * a comma are one list; where all are empty or cut off there is no answer); the last line "#### …"; the last "A: …" line or phrase such as "the answer is …", "Final answer:
 * …"; a formula that ends the text; the last number. Null where it has none.
 *
 * It does not understand the text: a box around a remark is an answer, and so is the last number of a list.
 */
export function extractAnswer(text: string): ExtractedAnswer | null {
  const boxed = lastBoxed(text);
  if (boxed !== null) return boxed === "" ? null : {answer: boxed, found: "boxed"};
  const hashes = lastHashes(text);
  if (hashes !== null) return {answer: hashes, found: "hashes"};
  const phrase = lastSaid(text);
  if (phrase !== null) return {answer: phrase, found: "said"};
  const formula = lastFormula(text);
  if (formula !== null) return {answer: formula, found: "formula"};
  const last = lastNumber(text);
  return last === null ? null : {answer: last, found: "number"};
}

/** The last number of a text, with its sign, currency and percent sign, a plain fraction whole. */
export function lastNumber(text: string): string | null {
  let end = text.length;
  while (end > 0 && (text.charCodeAt(end - 1) < 48 || text.charCodeAt(end - 1) > 57)) end--;
  if (end === 0) return null;
  const from = Math.max(0, end - 60);
  const matches = text.slice(from, end + 3).match(number);
  return matches === null ? null : matches.at(-1)!.trim();
}

function lastBoxed(text: string): string | null {
  const boxes: string[] = [];
  let end = text.length;
  for (let i = 0; i < maxBoxes; i++) {
    const at = Math.max(text.lastIndexOf("\\boxed", end - 1), text.lastIndexOf("\\fbox", end - 1));
    if (at < 0 || end === 0) break;
    const box = boxAt(text, at + (text.startsWith("\\boxed", at) ? 6 : 5));
    // Boxes further up belong to it where nothing but a connective stands between.
    const joined =
      box !== null &&
      (boxes.length === 0 ||
        /^[\s$,;.]*(?:\\?\(|\\?\))?[\s$]*(?:and|or|,|;|\\text\s*\{\s*,?\s*(?:and|or)\s*\})?[\s$,]*(?:\\?\()?[\s$]*$/.test(
          text.slice(box.end, end)
        ));
    if (boxes.length > 0 && !joined) break;
    if (box !== null && box.body.trim() !== "") boxes.unshift(box.body);
    end = at;
    if (box !== null && boxes.length > 0 && text.length - end > 20_000) break;
  }
  if (boxes.length > 0) return boxes.join(", ");
  // A box that is empty or was cut off says no answer.
  return end < text.length ? "" : null;
}

function boxAt(text: string, from: number): {body: string; end: number} | null {
  const window = text.slice(from, from + 2 * maxLine + 200);
  const open = /^\s*\{/.exec(window);
  if (open !== null) {
    const end = closing(window, open[0].length - 1);
    return end < 0 ? null : {body: window.slice(open[0].length, end), end: from + end + 1};
  }
  const bare = /^\s+([^\s$\\{}]+|\\[A-Za-z]+(?:\{[^{}]*\})*)/.exec(window);
  return bare === null ? null : {body: bare[1], end: from + bare[0].length};
}

function lineAt(text: string, from: number): string {
  const end = text.indexOf("\n", from);
  return text.slice(from, end < 0 ? text.length : Math.min(end, from + maxLine));
}

function lastHashes(text: string): string | null {
  let at = text.lastIndexOf("####");
  for (let i = 0; at >= 0 && i < maxMarks; i++) {
    const line = lineAt(text, at + 4).trim();
    // A heading of Markdown is none: "#### Step 2: …", "#### Solution"
    if (line !== "" && !/:|^#|^\*\*|^[A-Za-z][a-z]+ |^(?:Solution|Conclusion|Answer|Result|Verification)$/.test(line))
      return line;
    at = at === 0 ? -1 : text.lastIndexOf("####", at - 1);
  }
  return null;
}

function lastSaid(text: string): string | null {
  const lower = text.length <= 20_000 ? text : text.slice(-20_000);
  const line = lastLineStarting(lower);
  let best: {at: number; answer: string} | null = line;
  const search = lower.toLowerCase();
  const places = [...search.matchAll(/answer|(?<=(?:correct|right) )(?:option|choice)/g)].map(({index}) => index);
  for (const at of places.slice(-maxMarks).reverse()) {
    if (at <= (best?.at ?? -1)) break;
    said.lastIndex = at;
    const match = said.exec(lower);
    if (match !== null) {
      const answer = sentence(lower, at + match[0].length);
      if (answer !== "") {
        best = {at, answer};
        break;
      }
    }
  }
  return best === null ? null : brief(best.answer);
}

/** The last line "A: …", as GSM8K's model solutions end. */
function lastLineStarting(text: string): {at: number; answer: string} | null {
  let at = text.lastIndexOf("A: ");
  while (at > 0 && text[at - 1] !== "\n") at = text.lastIndexOf("A: ", at - 1);
  if (at < 0) return null;
  const answer = lineAt(text, at + 3).trim();
  return answer === "" ? null : {at, answer};
}

/** What is said from a place on: a formula in its marks with what follows up to the sentence's end, or that sentence. */
function sentence(text: string, from: number): string {
  let start = from;
  while (start < text.length && /[\s*]/.test(text[start])) start++;
  const line = lineAt(text, start);
  const display = /^(?:\$\$|\\\[)/.exec(line);
  if (display !== null) {
    const close = display[0] === "$$" ? "$$" : "\\]";
    const end = text.indexOf(close, start + 2);
    if (end > 0 && end - start < maxLine) return text.slice(start + 2, end).trim();
  }
  const end = /[.!?](?=\s+[A-Z("\\$]|\s*(?:\*\*)?\s*$)|\*\*/.exec(line);
  return (end === null ? line : line.slice(0, end.index)).trim();
}

/** An answer that is a whole sentence says less than the number in it. */
function brief(answer: string): string {
  if (answer.split(/\s+/).length <= 6 || /\\|\$[^$]*\$/.test(answer) || !/\d/.test(answer)) return answer;
  // "18 dollars for all of the eggs" begins with what was asked
  const first = /^(?:about |approximately )?(-?[$€£]?\d[\d,]*(?:\.\d+)?(?:\/\d+)?%?(?: [a-z]+)?)(?![\d^])/.exec(answer);
  return first === null || /\d.*[-+*/=×]\s*\d/.test(answer)
    ? (lastNumber(answer) ?? answer)
    : first[1].replace(/,$/, "");
}

function lastFormula(text: string): string | null {
  const tail = text.slice(-maxLine).trimEnd();
  // $x = 5$ and $y = 3$
  const [, several] =
    /((?:\$[^$\n]*=[^$\n]*\$(?:,| and| or|, and)\s){1,5}\$[^$\n]*=[^$\n]*\$)[\s.]*$/.exec(tail.slice(-400)) ?? [];
  if (several !== undefined) return several;
  const match =
    /(?:\$([^$\n]{1,400})\$|\\\(([^\n]{1,400}?)\\\)|\\\[([^]{1,800}?)\\\]|\$\$([^]{1,800}?)\$\$)[\s.,;]*$/.exec(
      tail.slice(-1000)
    );
  if (match === null) return null;
  const body = (match[1] ?? match[2] ?? match[3] ?? match[4]).trim();
  // Money, as in "$3 and then $", ends with no bracket and holds words.
  if (/[a-z]{3,} [a-z]{2,}/.test(body.replace(/\\text\{[^}]*\}/g, ""))) return null;
  return body.includes("=") && !/\\le|\\ge|<|>/.test(body)
    ? body.slice(body.lastIndexOf("=") + 1).trim() || null
    : body;
}
