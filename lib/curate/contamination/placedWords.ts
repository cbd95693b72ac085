import {alone, foldingTable, passedOver, separator} from "../../dedup/normalise.js";

/** The words of a text as they are compared, and where each stands in it, in UTF-16 units, end exclusive. */
export interface PlacedWords {
  words: string[];
  starts: number[];
  ends: number[];
}

/** The words that `words(text, "plain")` gives, with their places. */
export function placedWords(text: string): PlacedWords {
  const table = foldingTable("plain");
  const out: PlacedWords = {words: [], starts: [], ends: []};
  let current = "";
  let start = 0;
  const end = (at: number): void => {
    if (current === "") return;
    out.words.push(current);
    out.starts.push(start);
    out.ends.push(at);
    current = "";
  };
  for (let i = 0; i < text.length; i++) {
    const code = table[text.charCodeAt(i)];
    if (code === passedOver) continue;
    if (code === separator || code >= alone) {
      end(i);
      if (code < alone) continue;
      [current, start] = [String.fromCharCode(code & 0xffff), i];
      end(i + 1);
    } else {
      if (current === "") start = i;
      current += String.fromCharCode(code);
    }
  }
  end(text.length);
  return out;
}
