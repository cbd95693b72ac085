/** A piece of an answer. */
export interface Token {
  /** "number", a run of letters, a LaTeX command (without its backslash), one other character, or the words of \text{…} */
  type: "number" | "word" | "command" | "symbol" | "text";
  text: string;
  /** whether white space comes before */
  spaced: boolean;
}

const maxTokens = 1500;
const piece = /\d+(?:\.\d+)?(?:[eE][-+]?\d+(?![\w]))?|\.\d+|[A-Za-z]+|\\[A-Za-z]+|\\[^A-Za-z]|\S/y;
const textual = new Set(
  "text textbf textit textrm textnormal mbox hbox mathrm mathbf mathit mathsf operatorname".split(" ")
);
const dropped = new Set(
  (
    "left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr displaystyle textstyle limits nolimits rm bf it mathop " +
    "large Large LARGE huge Huge small tiny normalsize bm boldsymbol vec hat underline nonumber"
  ).split(" ")
);
const spaces = new Set(["quad", "qquad", ",", ";", ":", "!", " ", ">", "space", "thinspace", "enspace", "hspace"]);
const same: Readonly<Record<string, string>> = {
  dfrac: "frac",
  tfrac: "frac",
  cfrac: "frac",
  dbinom: "binom",
  tbinom: "binom",
  leq: "le",
  leqslant: "le",
  geq: "ge",
  geqslant: "ge",
  neq: "ne",
  lt: "<",
  gt: ">",
  to: "rightarrow",
  longrightarrow: "rightarrow",
  iint: "int",
  lbrace: "{",
  rbrace: "}",
  lbrack: "[",
  rbrack: "]",
  lvert: "vert",
  rvert: "vert",
  "|": "vert",
  mid: "vert",
  infin: "infty",
  backslash: "setminus",
  smallsetminus: "setminus",
  varnothing: "emptyset",
  ldots: "dots",
  cdots: "dots",
  dotsc: "dots",
  bar: "overline",
  ast: "*",
  colon: "colon",
  sim: "approx",
  lor: "vee",
  arcsinh: "arsinh",
  degree: "°",
  textdegree: "°",
  R: "reals",
  Vert: "vert",
  pounds: "£",
  imath: "i",
  jmath: "j"
};

const signs: Readonly<Record<string, string>> = {
  "−": "-",
  "–": "-",
  "—": "-",
  "×": "\\times ",
  "·": "\\cdot ",
  "⋅": "\\cdot ",
  "∙": "\\cdot ",
  "÷": "\\div ",
  "√": "\\sqrt ",
  π: "\\pi ",
  "∞": "\\infty ",
  "≤": "\\le ",
  "≥": "\\ge ",
  "≠": "\\ne ",
  "≈": "\\approx ",
  "∈": "\\in ",
  "∪": "\\cup ",
  "∩": "\\cap ",
  "∅": "\\emptyset ",
  "±": "\\pm ",
  "∓": "\\mp ",
  ℝ: "\\reals ",
  "∖": "\\setminus ",
  "⌊": "\\lfloor ",
  "⌋": "\\rfloor ",
  "⌈": "\\lceil ",
  "⌉": "\\rceil ",
  θ: "\\theta ",
  º: "°",
  "˚": "°",
  "’": "'",
  "′": "'",
  "…": "\\dots ",
  "½": "\\frac{1}{2}",
  "⅓": "\\frac{1}{3}",
  "⅔": "\\frac{2}{3}",
  "¼": "\\frac{1}{4}",
  "¾": "\\frac{3}{4}",
  "⅕": "\\frac{1}{5}",
  "⅛": "\\frac{1}{8}",
  "\u00a0": " ",
  "\u202f": " ",
  "\u2009": " "
};
const powers = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const indices = "₀₁₂₃₄₅₆₇₈₉";

/**
 * The tokens of an answer in LaTeX or plain writing, with spacing, sizes of brackets and fonts taken away, and other
 * writings of one thing made one (\dfrac, ≤, ², ½, {,}). Null where it is too long or \text{…} does not end.
 */
export function lex(answer: string): Token[] | null {
  // eslint-disable-next-line no-control-regex -- anything beyond ASCII has to be looked up
  let source = /^[\x00-\x7f]*$/.test(answer) ? answer : plain(answer);
  if (source.includes(",")) source = source.replaceAll("{,}", ",").replace(/,\\! ?/g, ",");
  source = source.replace(/\^\s*(?:\\circ|\{\s*\\circ\s*\})/g, "°").replace(/(\d)\\[,!](?=\d{3}(?!\d))/g, "$1");
  if (/[\\^_]|\d[snrt]/.test(source)) source = rewritten(source);
  const tokens: Token[] = [];
  let spaced = false;
  let at = 0;
  while (at < source.length) {
    if (/\s/.test(source[at]) || source[at] === "~") {
      spaced = true;
      at++;
      continue;
    }
    piece.lastIndex = at;
    const text = piece.exec(source)![0];
    at += text.length;
    const first = text[0];
    if (first === "\\") {
      const bare = text.slice(1);
      const name = same[bare] ?? bare;
      if (spaces.has(bare)) {
        spaced = spaced || bare !== "!";
        continue;
      }
      if (dropped.has(bare)) {
        // \left. stands for no bracket
        if (/^(left|right)$/.test(bare) && source[at] === ".") at++;
        continue;
      }
      if (textual.has(bare) && source[at] === "{") {
        const end = closing(source, at);
        if (end < 0) return null;
        const words = source.slice(at + 1, end);
        // Bold is a font, and words in it are words.
        if (/^math(?:bf|it|sf)$/.test(bare) && !/[A-Za-z]{2}/.test(words)) continue;
        at = end + 1;
        tokens.push({type: "text", text: words.trim(), spaced: spaced || words !== words.trimStart()});
      } else if (bare === "mathbb" || bare === "mathcal") {
        const [letter] = /^\s*(?:\{\s*[A-Z]\s*\}|[A-Z])/.exec(source.slice(at, at + 12)) ?? [];
        if (letter === undefined) return null;
        at += letter.length;
        const name = letter.replace(/[{}\s]/g, "");
        if (bare === "mathcal") tokens.push({type: "word", text: name, spaced});
        else tokens.push({type: "command", text: name === "R" ? "reals" : `numbers ${name}`, spaced});
      } else if (/^[A-Za-z]/.test(name)) tokens.push({type: "command", text: name, spaced});
      // \{ and \} are brackets of a set, { and } group
      else if (name === "{" || name === "}") tokens.push({type: "command", text: name, spaced});
      else if (bare === "\\") tokens.push({type: "command", text: "\\", spaced});
      else tokens.push({type: "symbol", text: name, spaced});
    } else if (/[0-9.]/.test(first) && text.length >= 1 && /\d/.test(text)) tokens.push({type: "number", text, spaced});
    else if (/[A-Za-z]/.test(first)) tokens.push({type: "word", text, spaced});
    else tokens.push({type: "symbol", text: first, spaced});
    spaced = false;
    if (tokens.length > maxTokens) return null;
  }
  return tokens;
}

/** LaTeX that stands for other LaTeX. */
function rewritten(source: string): string {
  return source
    .replace(/(?<![A-Za-z\d])(?:\{\s*\})?[_^]\{?(\d+)\}?\s*C\s*_\{?(\d+)\}?/g, "\\binom{$1}{$2}")
    .replace(/\\pmod\s*\{?(\d+)\}?|\(\s*\\b?mod\s*\{?(\d+)\}?\s*\)/g, "\\text{mod $1$2}")
    .replace(/\\(?:text)?color\s*\{[^{}]*\}/g, "")
    .replace(/\\(?:text|mathrm|textrm|mbox)\s*\{\s*(\\?[$%°])\s*\}/g, "$1")
    .replace(
      /\^\s*(?:\{\s*\\(?:text|mathrm|textrm|mbox)\s*\{(?:st|nd|rd|th)\}\s*\}|\\(?:text|mathrm)\s*\{(?:st|nd|rd|th)\})/g,
      ""
    )
    .replace(/(\d)(?:st|nd|rd|th)\b/g, "$1")
    .replace(
      /\\frac\s*\{\s*\\(?:text|mathrm)\s*\{([^{}]*)\}\s*\}\s*\{\s*\\(?:text|mathrm)\s*\{([^{}]*)\}\s*(\^\d)?\s*\}/g,
      "\\text{$1/$2}$3"
    )
    .replace(/(\.\d*)\\dot\{?(\d)\}?(?:(\d*)\\dot\{?(\d)\}?)?/g, "$1\\overline{$2$3$4}");
}

function plain(answer: string): string {
  return answer
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (run) => `^{${[...run].map((c) => powers.indexOf(c)).join("")}}`)
    .replace(/[₀₁₂₃₄₅₆₇₈₉]+/g, (run) => `_{${[...run].map((c) => indices.indexOf(c)).join("")}}`)
    .replace(/√\(/g, "\\sqrt(")
    .replace(/[^\x20-\x7e]/g, (c) => signs[c] ?? c);
}

/** Index of the brace that closes the one at `at`; negative where there is none. */
export function closing(source: string, at: number): number {
  let depth = 0;
  for (let i = at; i < source.length; i++) {
    if (source[i] === "\\") i++;
    else if (source[i] === "{") depth++;
    else if (source[i] === "}" && --depth === 0) return i;
  }
  return -1;
}
