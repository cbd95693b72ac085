import {add, rational, type Rational} from "../../text/rational.js";
import {call, type BoundExpression, type CallName, type Expression} from "./expression.js";
import type {Token} from "./lex.js";
import {parseNumeral, parseRepeating, repeatedBlock} from "./numeral.js";
import {isUnit} from "./units.js";

const maxDepth = 60;
const functions: Readonly<Record<string, CallName>> = {
  sin: "sin",
  cos: "cos",
  tan: "tan",
  cot: "cot",
  sec: "sec",
  csc: "csc",
  cosec: "csc",
  arcsin: "arcsin",
  arccos: "arccos",
  arctan: "arctan",
  asin: "arcsin",
  acos: "arccos",
  atan: "arctan",
  tg: "tan",
  sinh: "sinh",
  cosh: "cosh",
  tanh: "tanh",
  ln: "ln",
  log: "log",
  lg: "log",
  exp: "exp",
  sqrt: "sqrt",
  abs: "abs",
  floor: "floor",
  ceil: "ceil",
  max: "max",
  min: "min",
  gcd: "gcd",
  lcm: "lcm",
  Re: "Re",
  Im: "Im"
};
const inverses: Partial<Record<CallName, CallName>> = {sin: "arcsin", cos: "arccos", tan: "arctan"};
const greek = new Set(
  (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi rho sigma tau " +
    "upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Sigma Phi Psi Omega ell hbar"
  ).split(" ")
);
const plainGreek = new Set(["alpha", "beta", "gamma", "delta", "theta", "lambda", "sigma", "omega", "phi", "mu"]);
const products = new Set(["cdot", "times"]);
const infinities = new Set(["infinity", "inf", "oo", "Infinity"]);
const bounds: Readonly<Record<string, BoundExpression["name"]>> = {
  int: "integral",
  sum: "sum",
  prod: "product",
  lim: "limit"
};
const starters = new Set([
  ..."pi infty frac sqrt binom lfloor lceil overline dot ddot tilde i j".split(" "),
  ...Object.keys(bounds)
]);
const closers: Readonly<Record<string, string>> = {"(": ")", "[": "]", "{": "}"};

/** What was read of some tokens. */
export interface Reading {
  expression: Expression;
  /** index of the first token that is no part of it, such as a unit's */
  next: number;
}

/**
 * Reads a formula off the front of tokens, in LaTeX or plain writing, as far as it goes.
 *
 * "1/2x" is (1/2)x, "2\frac{1}{2}" a mixed number, "\sin 2x y" is sin(2xy), "\log" without a base keeps none, letters
 * side by side are a product up to three of them.
 *
 * C(5, 2) and C_5^2 are 10, A_5^2 is 20; the body of a sum, product or limit is the product that follows it, that of an
 * integral ends at its dx.
 *
 * @param sign what ± stands for; ∓ is its opposite
 * @param units whether "5 m" ends at its unit, where no letter came before
 * @throws SyntaxError where no formula begins, or it nests deeper than 60
 */
export function parseFormula(
  tokens: readonly Token[],
  {sign = 1, from = 0, units = true}: {sign?: 1 | -1; from?: number; units?: boolean} = {}
): Reading {
  const parser = new Parser([...tokens], sign, from, units);
  const expression = parser.whole();
  return {expression, next: parser.at};
}

class Parser {
  private depth = 0;
  private bars = 0;
  private names = 0;
  constructor(
    private readonly tokens: Token[],
    private readonly sign: 1 | -1,
    public at: number,
    private readonly units: boolean
  ) {}

  private get token(): Token | undefined {
    return this.tokens[this.at];
  }

  private is(type: Token["type"], text?: string): boolean {
    const token = this.token;
    return token !== undefined && token.type === type && (text === undefined || token.text === text);
  }

  private take(type: Token["type"], text: string): boolean {
    if (!this.is(type, text)) return false;
    this.at++;
    return true;
  }

  private expect(text: string): void {
    if (this.token === undefined || this.token.text !== text)
      throw new SyntaxError(`expected ${text}, got ${this.token?.text ?? "the end"}`);
    this.at++;
  }

  /** A sum, or two with \choose between. */
  whole(): Expression {
    const value = this.sum();
    return this.take("command", "choose") ? call("binomial", value, this.sum()) : value;
  }

  sum(): Expression {
    if (++this.depth > maxDepth) throw new SyntaxError(`nested deeper than ${maxDepth}`);
    let left = this.signed(() => this.product());
    for (;;) {
      const sign = this.takeSign();
      if (sign === 0) break;
      const right = this.signed(() => this.product());
      left = call(sign > 0 ? "+" : "-", left, right);
    }
    this.depth--;
    return left;
  }

  private takeSign(): -1 | 0 | 1 {
    const token = this.token;
    if (token === undefined) return 0;
    if (token.type === "symbol" && (token.text === "+" || token.text === "-")) {
      this.at++;
      return token.text === "+" ? 1 : -1;
    }
    if (token.type === "command" && (token.text === "pm" || token.text === "mp")) {
      this.at++;
      return token.text === "pm" ? this.sign : (-this.sign as 1 | -1);
    }
    return 0;
  }

  private signed(read: () => Expression): Expression {
    let sign = 1;
    for (let next = this.takeSign(); next !== 0; next = this.takeSign()) sign *= next;
    const value = read();
    return sign < 0 ? call("negate", value) : value;
  }

  private product(): Expression {
    let left = this.power();
    for (;;) {
      if (this.is("symbol", "*") || (this.token?.type === "command" && products.has(this.token.text))) {
        this.at++;
        left = call(
          "*",
          left,
          this.signed(() => this.power())
        );
      } else if (this.is("symbol", "/") || this.is("command", "div")) {
        this.at++;
        left = call(
          "/",
          left,
          this.signed(() => this.power())
        );
      } else if (this.is("command", "bmod") || this.is("command", "mod")) {
        this.at++;
        left = call("mod", left, this.power());
      } else if (this.startsFactor()) left = call("*", left, this.power());
      else return left;
    }
  }

  private startsFactor(): boolean {
    const token = this.token;
    if (token === undefined) return false;
    const before = this.tokens[this.at - 1];
    if (token.type === "number") return before.type !== "number";
    if (token.type === "symbol") return "([{".includes(token.text) || (token.text === "|" && this.bars === 0);
    if (token.type === "text") return false;
    if (token.type === "word") {
      if (this.units && this.names === 0 && isUnit(token.text) && (token.spaced || token.text.length > 1)) return false;
      return (
        token.text.length <= 3 || token.text in functions || plainGreek.has(token.text) || infinities.has(token.text)
      );
    }
    if (token.text === "vert") return this.bars === 0;
    return token.text in functions || greek.has(token.text) || starters.has(token.text);
  }

  private power(): Expression {
    const base = this.postfix();
    const stars = this.is("symbol", "*") && this.tokens[this.at + 1]?.text === "*" && !this.tokens[this.at + 1].spaced;
    if (!stars && !this.is("symbol", "^")) return base;
    this.at += stars ? 2 : 1;
    return this.postfixes(call("^", base, this.exponent()));
  }

  private exponent(): Expression {
    if (++this.depth > maxDepth) throw new SyntaxError(`nested deeper than ${maxDepth}`);
    const value = this.signed(() => this.power());
    this.depth--;
    return value;
  }

  private postfix(): Expression {
    return this.postfixes(this.atom());
  }

  private postfixes(start: Expression): Expression {
    let value = start;
    for (;;) {
      if (this.is("symbol", "!") && this.tokens[this.at + 1]?.text !== "=") {
        this.at++;
        value = call("factorial", value);
      } else if (this.is("symbol", "°") && !/^[CF]$/.test(this.tokens[this.at + 1]?.text ?? "")) {
        this.at++;
        value = call("/", call("*", value, {op: "constant", name: "pi"}), whole(180));
      } else if (this.is("symbol", "%")) {
        this.at++;
        value = call("/", value, whole(100));
      } else return value;
    }
  }

  private group(open: string): Expression {
    this.expect(open);
    const bars = this.bars;
    this.bars = 0;
    const value = this.whole();
    this.bars = bars;
    this.expect(closers[open]);
    return value;
  }

  /** An argument of a LaTeX command: a group, or one digit, letter or command. */
  private argument(): Expression {
    if (this.is("symbol", "{")) return this.group("{");
    const token = this.token;
    if (token === undefined) throw new SyntaxError("expected an argument, got the end");
    if (token.type === "number" || (token.type === "word" && token.text.length > 1)) {
      const {text} = token;
      if (text.length > 1) this.tokens[this.at] = {...token, text: text.slice(1), spaced: false};
      else this.at++;
      return token.type === "number" ? number(text[0]) : this.letter(text[0]);
    }
    return this.atom();
  }

  private letter(text: string): Expression {
    if (text === "e" || text === "i") return {op: "constant", name: text};
    this.names++;
    return {op: "name", name: text};
  }

  private atom(): Expression {
    const token = this.token;
    if (token === undefined) throw new SyntaxError("expected a formula, got the end");
    if (++this.depth > maxDepth) throw new SyntaxError(`nested deeper than ${maxDepth}`);
    const value = this.atomOf(token);
    this.depth--;
    return value;
  }

  private atomOf(token: Token): Expression {
    if (token.type === "number") return this.numberAtom();
    if (token.type === "word") return this.word(token);
    if (token.type === "text") {
      if (!/^(?:[A-Za-z]|\([A-J]\))$/.test(token.text) && !(token.text in functions))
        throw new SyntaxError(`words: ${token.text}`);
      this.tokens[this.at] = {...token, type: "word", text: token.text.replace(/[()]/g, "")};
      return this.word(this.tokens[this.at]);
    }
    if (token.type === "symbol") {
      if (token.text === "(" || token.text === "[" || token.text === "{") return this.group(token.text);
      if (token.text === "|") return this.between("|", "|", "abs");
      throw new SyntaxError(`expected a formula, got ${token.text}`);
    }
    return this.command(token.text);
  }

  private between(open: string, close: string, name: CallName): Expression {
    this.expect(open);
    this.bars++;
    const value = this.sum();
    this.bars--;
    this.expect(close);
    return call(name, value);
  }

  private command(name: string): Expression {
    if (name === "vert") return this.between("vert", "vert", "abs");
    if (name === "lfloor") return this.between("lfloor", "rfloor", "floor");
    if (name === "lceil") return this.between("lceil", "rceil", "ceil");
    this.at++;
    if (name === "pi") return {op: "constant", name: "pi"};
    if (name === "infty") return {op: "constant", name: "infinity"};
    if (name === "frac") {
      const top = this.argument();
      return call("/", top, this.argument());
    }
    if (name === "binom") {
      const top = this.argument();
      return call("binomial", top, this.argument());
    }
    if (name === "sqrt") return this.root();
    if (name in functions) return this.application(functions[name]);
    if (name === "overline") return call("conjugate", this.argument());
    if (greek.has(name)) return this.name(name);
    if (name in bounds) return this.bound(bounds[name]);
    if (name === "i" || name === "j") return this.letter(name);
    if (name === "dot" || name === "ddot" || name === "tilde") {
      const inner = this.argument();
      if (inner.op !== "name") throw new SyntaxError(`expected a letter under \\${name}`);
      return {op: "name", name: `${name} ${inner.name}`};
    }
    throw new SyntaxError(`expected a formula, got \\${name}`);
  }

  /** \int_a^b … dx, \sum_{k=a}^b …, \prod_{k=a}^b …, \lim_{x \to a} … */
  private bound(name: BoundExpression["name"]): Expression {
    if (!this.take("symbol", "_")) throw new SyntaxError(`expected the ends of ${name}`);
    if (name === "integral") {
      const from = this.end();
      this.expect("^");
      const to = this.end();
      const variable = this.markDifferential();
      const body = this.is("command", "d") ? whole(1) : this.sum();
      this.expect("d");
      return {op: "bound", name, variable, body, from, to};
    }
    this.expect("{");
    const {type, text: variable} = this.token ?? {type: "", text: ""};
    if (type !== "word" || variable.length !== 1) throw new SyntaxError(`expected the variable of ${name}`);
    this.at++;
    this.expect(name === "limit" ? "rightarrow" : "=");
    const from = this.sum();
    // From one side: SymPy is asked for both, and says nothing where they differ.
    if (name === "limit" && this.is("symbol", "^")) throw new SyntaxError("a limit from one side");
    this.expect("}");
    let to = from;
    if (name !== "limit") {
      this.expect("^");
      to = this.end();
    }
    return {op: "bound", name, variable, body: this.signed(() => this.product()), from, to};
  }

  private end(): Expression {
    if (this.is("symbol", "-")) {
      this.at++;
      return call("negate", this.argument());
    }
    return this.argument();
  }

  /** Finds the dx that ends the integral begun here and makes one token of it; the letter that it names. */
  private markDifferential(): string {
    let [level, inner] = [0, 0];
    for (let i = this.at; i < this.tokens.length; i++) {
      const {type, text, spaced} = this.tokens[i];
      if (type === "symbol" && "([{".includes(text)) level++;
      if (type === "symbol" && ")]}".includes(text) && --level < 0) break;
      if (type === "command" && text === "int") inner++;
      if (level > 0) continue;
      const [, before, joined] = (type === "word" && /^([a-z]{0,3})d([a-z])$/.exec(text)) || [];
      const apart = (type === "text" || type === "word") && text === "d" ? this.tokens[i + 1]?.text : undefined;
      const letter = joined ?? apart;
      if (letter === undefined || !/^[a-z]$/.test(letter) || inner-- > 0) continue;
      const rest: Token[] = before ? [{type: "word", text: before, spaced}] : [];
      this.tokens.splice(i, joined === undefined ? 2 : 1, ...rest, {type: "command", text: "d", spaced: true});
      return letter;
    }
    throw new SyntaxError("an integral without its dx");
  }

  private root(): Expression {
    if (!this.take("symbol", "[")) {
      if (this.is("symbol", "(")) return call("sqrt", this.group("("));
      return call("sqrt", this.is("number") ? this.numberAtom() : this.argument());
    }
    const degree = this.sum();
    this.expect("]");
    return call("root", this.argument(), degree);
  }

  /** A function's index, exponent and argument: \log_2 8, \sin^2 x, \sin(x), \sin 2x. */
  private application(name: CallName): Expression {
    if (name === "sqrt") return this.is("symbol", "(") ? call("sqrt", this.group("(")) : call("sqrt", this.argument());
    let base: Expression | undefined;
    let exponent: Expression | undefined;
    for (;;) {
      if (name === "log" && base === undefined && this.take("symbol", "_"))
        base = this.is("number") ? this.numberAtom() : this.argument();
      else if (exponent === undefined && this.take("symbol", "^")) exponent = this.exponent();
      else break;
    }
    const minusOne = exponent?.op === "call" && exponent.name === "negate" && isOne(exponent.args[0]);
    const inverse = inverses[name];
    if (minusOne && inverse !== undefined) {
      name = inverse;
      exponent = undefined;
    }
    const args = this.functionArguments(name);
    const value =
      name === "log" && base !== undefined ? call("/", call("ln", args[0]), call("ln", base)) : call(name, ...args);
    return exponent === undefined ? value : call("^", value, exponent);
  }

  private functionArguments(name: CallName): Expression[] {
    const several = ["max", "min", "gcd", "lcm"].includes(name);
    for (const open of ["(", "[", "{"]) {
      if (!this.is("symbol", open)) continue;
      if (!several) return [this.group(open)];
      this.at++;
      const args = [this.sum()];
      while (this.take("symbol", ",")) args.push(this.sum());
      this.expect(closers[open]);
      return args;
    }
    if (several) throw new SyntaxError(`expected arguments of ${name}`);
    let value = this.power();
    // What follows belongs to the argument as long as nothing but side by side joins it.
    while (this.startsFactor() && !this.isFunction() && !this.is("symbol", "(")) value = call("*", value, this.power());
    while (this.is("symbol", "/")) {
      this.at++;
      value = call("/", value, this.power());
    }
    return [value];
  }

  private isFunction(): boolean {
    const token = this.token!;
    return (token.type === "command" || token.type === "word") && token.text in functions && token.text !== "sqrt";
  }

  private name(name: string): Expression {
    this.names++;
    if (this.is("symbol", "_")) {
      this.at++;
      if (this.take("symbol", "{")) {
        let text = "";
        while (this.token !== undefined && !this.is("symbol", "}")) text += this.tokens[this.at++].text;
        this.expect("}");
        name += `_${text}`;
      } else if (this.token !== undefined) name += `_${this.tokens[this.at++].text}`;
    }
    while (this.take("symbol", "'")) name += "'";
    return {op: "name", name};
  }

  private word(token: Token): Expression {
    const {text} = token;
    if (text === "pi" || infinities.has(text)) {
      this.at++;
      return {op: "constant", name: text === "pi" ? "pi" : "infinity"};
    }
    if (text in functions && (text !== "Re" || this.tokens[this.at + 1]?.text === "(")) {
      this.at++;
      return this.application(functions[text]);
    }
    if (plainGreek.has(text)) {
      this.at++;
      return this.name(text);
    }
    const counted = this.combinations(text);
    if (counted !== null) return counted;
    if (text.length > 3) throw new SyntaxError(`a word: ${text}`);
    // Letter by letter, so that an exponent or an index belongs to the last one.
    if (text.length > 1) {
      this.tokens[this.at] = {...token, text: text.slice(1), spaced: false};
      return this.letter(text[0]);
    }
    this.at++;
    if (text === "e" || text === "i") return {op: "constant", name: text};
    return this.name(text);
  }

  /** C(5, 2), C_5^2 and A_5^2; null where the letter is but a letter. */
  private combinations(letter: string): Expression | null {
    if (letter !== "C" && letter !== "A") return null;
    const texts = this.tokens.slice(this.at + 1, this.at + 9).map(({text}) => text);
    const read =
      /^(?:_(\d+)\^(\d+)|_\{(\d+)\}\^\{(\d+)\})/.exec(texts.join("")) ??
      (letter === "C" ? /^\((\d+),(\d+)\)/.exec(texts.join("")) : null);
    if (read === null) return null;
    const [n, k] = [number(read[1] ?? read[3]), number(read[2] ?? read[4])];
    for (let left = read[0].length; left > 0; left -= this.tokens[this.at].text.length) this.at++;
    this.at++;
    return letter === "C"
      ? call("binomial", n, k)
      : call("/", call("factorial", n), call("factorial", call("-", n, k)));
  }

  private numberAtom(): Expression {
    const {text} = this.tokens[this.at++];
    const repeating = this.repeating(text);
    if (repeating !== null) return {op: "number", value: repeating};
    const value = exact(text);
    if (!/^\d+$/.test(text)) return {op: "number", value};
    const fraction = this.mixedPart();
    return {op: "number", value: fraction === null ? value : add(value, fraction)};
  }

  /** 0.\overline{3}, 0.1\overline{6}, 0.(3), 0.333… */
  private repeating(start: string): Rational | null {
    const from = this.at;
    const dot = !start.includes(".") && this.take("symbol", ".");
    if (dot || start.includes(".")) {
      const digits = dot ? `${start}.` : start;
      const open = this.is("command", "overline") ? "{" : "(";
      if (this.is("command", "overline") || (dot && this.is("symbol", "("))) {
        const block = this.tokens.slice(this.at + (open === "{" ? 1 : 0), this.at + (open === "{" ? 4 : 3));
        if (
          block.length === 3 &&
          block[0].text === open &&
          /^\d+$/.test(block[1].text) &&
          block[2].text === closers[open]
        ) {
          this.at += open === "{" ? 4 : 3;
          return parseRepeating(digits, block[1].text);
        }
      }
      if (!dot && this.takeDots()) {
        const [whole, decimals] = start.split(".");
        const found = repeatedBlock(decimals);
        if (found !== null) return parseRepeating(`${whole}.${found.start}`, found.block);
        throw new SyntaxError("dots after digits that do not repeat");
      }
    }
    this.at = from;
    return null;
  }

  private takeDots(): boolean {
    if (this.take("command", "dots")) return true;
    if (![0, 1, 2].every((i) => this.tokens[this.at + i]?.text === ".")) return false;
    this.at += 3;
    return true;
  }

  /** The fraction of a mixed number, after its whole part. */
  private mixedPart(): Rational | null {
    const [a, b, c, d, e, f, g] = this.tokens
      .slice(this.at, this.at + 7)
      .map(({type, text}) => (type === "text" ? "" : text));
    const whole = (text: string | undefined) => text !== undefined && /^\d{1,18}$/.test(text);
    const proper = (n: string, m: string) => Number(n) > 0 && Number(n) < Number(m);
    if (a === "frac" && this.token!.type === "command") {
      if (b === "{" && whole(c) && d === "}" && e === "{" && whole(f) && g === "}" && proper(c, f)) {
        this.at += 7;
        return rational(BigInt(c), BigInt(f));
      }
      if (whole(b) && b.length === 2 && proper(b[0], b[1])) {
        this.at += 2;
        return rational(BigInt(b[0]), BigInt(b[1]));
      }
      return null;
    }
    if (whole(a) && this.token!.spaced && b === "/" && whole(c) && proper(a, c)) {
      this.at += 3;
      return rational(BigInt(a), BigInt(c));
    }
    return null;
  }
}

function exact(text: string): Rational {
  const value = parseNumeral(text);
  if (value === null) throw new SyntaxError("a number with too many digits");
  return value;
}

function number(text: string): Expression {
  return {op: "number", value: exact(text)};
}

function whole(n: number): Expression {
  return {op: "number", value: rational(n)};
}

function isOne(expression: Expression): boolean {
  return expression.op === "number" && expression.value.n === 1n && expression.value.d === 1n;
}
