import {expect, test} from "vitest";
import {createRandom, type Random} from "../../lib/text/random.js";
import {agentTrace} from "../../lib/verify/agentTrace.js";
import type {Evidence} from "../../lib/verify/verifier.js";
import {judge} from "./evidence.js";
import {plantErrors, samples} from "./planted.js";

interface Step {
  tool?: string;
  args?: unknown;
  action?: string;
  observation: unknown;
  folder?: string;
}
interface Made {
  environment: unknown;
  steps: Step[];
  final?: Record<string, unknown>;
}

const text = (trace: Made) => `Do it.\n@trace json\n${JSON.stringify(trace)}`;
const evidence = (trace: Made): Evidence => ({
  text: text(trace),
  kind: "trace",
  domain: "agent",
  generator: "test",
  family: "test"
});
const reasonOf = async (trace: Made) => (await judge(agentTrace, text(trace), "trace")).reason;

// Keeps its own account of what files hold, without the verifier's shell.
function made(random: Random): Made {
  if (random() < 0.3) {
    const data: Record<string, number> = {a: random.int(90), b: random.int(90)};
    const environment = {kind: "store", data: {...data}};
    const steps = Array.from({length: 4 + random.int(4)}, (): Step => {
      const key = random.pick(["a", "b", "c"]);
      const value = random.int(90);
      if (random() < 0.4) {
        data[key] = value;
        return {tool: "set", args: {key, value}, observation: "ok"};
      }
      return random() < 0.5
        ? {tool: "list", args: {}, observation: Object.keys(data).sort()}
        : {tool: "get", args: {key}, observation: data[key] ?? null};
    });
    return {environment, steps, final: {...data}};
  }
  const files: Record<string, string[]> = {"/w/one.txt": ["alpha", "beta", "gamma"], "/w/two.txt": ["delta"]};
  const content = (path: string) => files[path].map((line) => `${line}\n`).join("");
  const environment = {
    kind: "files",
    files: Object.fromEntries(Object.keys(files).map((path) => [path, content(path)])),
    cwd: "/w"
  };
  const names = () =>
    Object.keys(files)
      .map((path) => path.slice(3))
      .sort();
  const steps = Array.from({length: 5 + random.int(5)}, (): Step => {
    const path = random.pick(Object.keys(files));
    const name = path.slice(3);
    const word = `${random.pick(["iota", "kappa", "omega"])}${random.int(100)}`;
    switch (random.int(8)) {
      case 0:
        return {
          action: "ls",
          observation: names()
            .map((n) => `${n}\n`)
            .join("")
        };
      case 1:
        return {action: `cat ${name}`, observation: content(path)};
      case 2:
        files[path] = [...files[path], word];
        return {action: `echo ${word} >> ${name}`, observation: ""};
      case 3:
        files[`/w/${word}.txt`] = [word];
        return {
          tool: "bash",
          args: {command: `echo '${word}' > ${word}.txt && cat ${word}.txt`},
          observation: `${word}\n`
        };
      case 4:
        return {action: `wc -l ${name}`, observation: `${files[path].length} ${name}\n`};
      case 5:
        return {action: `head -n 1 ${name} | cat`, observation: `${files[path][0]}\n`};
      case 6:
        return {
          action: `sed -n '1,2p' ${name}`,
          observation: files[path]
            .slice(0, 2)
            .map((line) => `${line}\n`)
            .join("")
        };
      default:
        return {
          action: `open ${name}`,
          observation: [
            `[File: ${path} (${files[path].length} lines total)]`,
            ...files[path].map((line, i) => `${i + 1}:${line}`)
          ].join("\n")
        };
    }
  });
  return {environment, steps, final: Object.fromEntries(Object.keys(files).map((path) => [path, content(path)]))};
}

test(`${samples} traces pass; with an observation or the final state bent, none does`, async () => {
  const random = createRandom("agent traces");
  function* cases() {
    for (let i = 0; i < samples; i++) {
      const clean = made(random);
      const bent = structuredClone(clean);
      const step = random.pick(bent.steps);
      if (random() < 0.2) {
        const key = random.pick(Object.keys(bent.final!));
        bent.final![key] = `${JSON.stringify(bent.final![key])}?`;
      } else if (typeof step.observation === "string") {
        const at = random.int(step.observation.length + 1);
        step.observation =
          random() < 0.5
            ? `${step.observation.slice(0, at)}x${step.observation.slice(at)}`
            : `${step.observation}extra`;
      } else
        step.observation = Array.isArray(step.observation)
          ? [...(step.observation as unknown[]), "zz"]
          : Number(step.observation) + 1;
      yield {clean: evidence(clean), corrupt: evidence(bent)};
    }
  }
  const {refused, missed, caught} = await plantErrors(agentTrace, cases());
  expect(refused).toEqual([]);
  expect(missed).toEqual([]);
  expect(caught).toBe(samples);
});

const files = (steps: Step[], final?: Record<string, unknown>): Made => ({
  environment: {kind: "files", files: {"/a/x.txt": "b\na\n", "/a/deep/y.md": "one two\nTwo\n"}, cwd: "/a"},
  steps,
  ...(final === undefined ? {} : {final})
});

// Each as GNU coreutils, grep and find print it in the C locale.
test.each([
  ["pwd && cd deep && pwd", "/a\n/a/deep\n"],
  ["ls -a", ".\n..\ndeep\nx.txt\n"],
  ["cat -n x.txt", "     1\tb\n     2\ta\n"],
  ["cat none.txt", "cat: none.txt: No such file or directory\n"],
  ["cat none.txt || echo no", "cat: none.txt: No such file or directory\nno\n"],
  ["sort x.txt | head -1", "a\n"],
  ["grep -rn Two .", "./deep/y.md:2:Two\n"],
  ["grep -ic two deep/y.md", "2\n"],
  ["wc -w < x.txt", null],
  ["find . -name '*.md'", "./deep/y.md\n"],
  ["mkdir deep", "mkdir: cannot create directory 'deep': File exists\n"],
  ["rm deep", "rm: cannot remove 'deep': Is a directory\n"],
  ["mv x.txt deep && ls deep", "x.txt\ny.md\n"],
  ["cp -r deep other; cat other/y.md | tail -n 1", "Two\n"],
  ["echo $HOME", null],
  ["python x.py", null],
  ["ls *.txt", null],
  ["grep 'a.*b' x.txt", null],
  ["grep '[ab]' x.txt", null],
  ["grep -n '^.$' x.txt", "1:b\n2:a\n"],
  ["grep 'wo$' deep/y.md", "one two\nTwo\n"],
  ["grep -F 'T.o' deep/y.md", ""],
  ["grep 'a+' x.txt", ""],
  ["cat <<EOF > z\nhello\nEOF", ""]
])("%s shows what a shell shows, or is not simulated", async (action, observation) => {
  expect(await reasonOf(files([{action, observation: observation ?? ""}]))).toBe(
    observation === null ? "unsupported-tool" : ""
  );
});

test("an editor's window follows what is written", async () => {
  const trace = files(
    [
      {action: "create new.py", observation: "[File: /a/new.py (1 lines total)]\n1:"},
      {
        action: "edit 1:1\nprint(1)\nprint(2)\nend_of_edit",
        observation: "[File: /a/new.py (2 lines total)]\n1:print(1)\n2:print(2)"
      },
      {action: "cat new.py", observation: "print(1)\nprint(2)\n"}
    ],
    {"/a/new.py": "print(1)\nprint(2)\n", "/a/gone": null}
  );
  expect(await reasonOf(trace)).toBe("");
  trace.steps[1].observation = "[File: /a/new.py (2 lines total)]\n1:print(1)\n2:print(3)";
  expect(await judge(agentTrace, text(trace), "trace")).toMatchObject({
    reason: "diverged",
    detail: expect.stringMatching(/^step 2: expected .* got /) as string
  });
});

test("sums are held to their digits, and a reference's final state is held too", async () => {
  const sum = (observation: unknown): Made => ({
    environment: {kind: "calculator"},
    steps: [{tool: "calculator", args: {expression: "(2 + 3) / 3 ^ 2"}, observation}]
  });
  expect(await reasonOf(sum("0.56"))).toBe("");
  expect(await reasonOf(sum("0.55"))).toBe("diverged");
  const trace = files([{action: "rm x.txt", observation: ""}]);
  const ask = (final: unknown) =>
    agentTrace.verify({...evidence(trace), reference: JSON.stringify({final})}, {corpus: () => []});
  expect(await ask({"/a/x.txt": null})).toMatchObject({ok: true});
  expect(await ask({"/a/x.txt": "b\na\n"})).toMatchObject({reason: "wrong-state"});
});

const window = (lines: string[]) =>
  [`[File: /r/f.py (${lines.length} lines total)]`, ...lines.map((line, i) => `${i + 1}:${line}`)].join("\n");
const recorded = (...steps: [string, string][]): Made => ({
  environment: {kind: "recorded"},
  steps: steps.map(([action, observation]) => ({action, observation, folder: "/r"}))
});

test.each([
  [recorded(["open f.py", window(["a", "b"])], ["open f.py", window(["a", "b"])]), "not-reproducible"],
  [recorded(["open f.py", window(["a", "b"])], ["open f.py", window(["a", "c"])]), "inconsistent"],
  [
    recorded(["open f.py", window(["a", "b"])], ["python x.py", ""], ["open f.py", window(["a", "c"])]),
    "not-reproducible"
  ],
  [recorded(["open f.py", window(["a", "b"])], ["edit 2:2\nc\nend_of_edit", window(["a", "c"])]), "not-reproducible"],
  [recorded(["open f.py", window(["a", "b"])], ["edit 2:2\nc\nend_of_edit", window(["a", "b"])]), "inconsistent"],
  [recorded(["open f.py", window(["a", "b"])], ["edit 2:2\nc\nend_of_edit", window(["a", "c", "d"])]), "inconsistent"],
  [recorded(["ls", "a b"], ["ls", "a b c"]), "inconsistent"],
  [recorded(["pwd", "/elsewhere"]), "inconsistent"],
  [recorded(["open f.py", "[File: /r/f.py (3 lines total)]\n1:a\n3:c"]), "inconsistent"]
])("recording %# is held against itself", async (trace, reason) => {
  expect(await reasonOf(trace)).toBe(reason);
});

test.each(["", "@trace json\n{", '@trace json\n{"steps": []}', text(files([])), text(files([{observation: ""}]))])(
  "broken trace %# is refused",
  async (broken) => {
    expect(await judge(agentTrace, broken, "trace")).toMatchObject({reason: "unreadable"});
  }
);

const run = recorded(["ls", "a b"], ["cat a", "one"], ["cat b", "two"]);
test.each([
  [run, ""],
  [recorded(["ls", "a b"], ["cat a", "one"]), ""],
  [recorded(["ls", "a b"], ["cat a", "uno"], ["cat b", "two"]), "diverged"],
  [recorded(["ls", "a b"], ["cat b", "two"]), "not-reproducible"],
  [recorded(["ls", "a b"], ["cat a", "one"], ["cat b", "two"], ["cat c", "three"]), "not-reproducible"],
  [{...run, final: {"/a": "one"}}, "not-reproducible"]
])("trace %# is held against the run that a reference recorded", async (trace, reason) => {
  const reference = JSON.stringify({steps: run.steps});
  const got = await agentTrace.verify({...evidence(trace), reference}, {corpus: () => []});
  expect(got).toMatchObject({reason});
  if (reason === "diverged") expect(got.detail).toMatch(/^step 2: /);
});

const chat = (...answers: string[]) => [
  {role: "user", content: "Count."},
  {
    role: "assistant",
    content: null,
    tool_calls: [
      {id: "c1", type: "function", function: {name: "set", arguments: '{"key": "n", "value": {"a": 1}}'}},
      {id: "c2", type: "function", function: {name: "get", arguments: '{"key": "n"}'}}
    ]
  },
  ...answers.map((content, i) => ({role: "tool", tool_call_id: `c${i + 1}`, content})),
  {role: "assistant", content: "Done."}
];
test.each([
  [{environment: {kind: "store"}, messages: chat("ok", '{"a": 1}')}, ""],
  [{environment: {kind: "store"}, messages: chat("ok", '{"a": 2}')}, "diverged"],
  [{environment: {kind: "store"}, messages: chat("ok", "none")}, "diverged"],
  [{environment: {kind: "store"}, messages: chat("ok")}, "unreadable"],
  [{environment: {kind: "store"}, messages: chat("ok", "1", "2")}, "unreadable"],
  [{environment: {kind: "store"}, messages: [{role: "tool", tool_call_id: "c1", content: "ok"}]}, "unreadable"],
  [{environment: {kind: "store"}, messages: chat("ok", '{"a": 1}'), steps: []}, "unreadable"],
  [chat("ok", '{"a": 1}'), "not-reproducible"],
  [[], "unreadable"]
])("conversation %# is read call by call", async (trace, reason) => {
  expect(await judge(agentTrace, `@trace json\n${JSON.stringify(trace)}`, "trace")).toMatchObject({reason});
});

// As SWE-agent's search commands print them.
test.each([
  [
    'search_dir "wo" deep',
    'Found 2 matches for "wo" in /a/deep:\n/a/deep/y.md (2 matches)\nEnd of matches for "wo" in /a/deep'
  ],
  ["search_dir zebra", 'No matches found for "zebra" in /a'],
  [
    "search_file T.o deep/y.md",
    'Found 1 matches for "T.o" in /a/deep/y.md:\nLine 2:Two\nEnd of matches for "T.o" in /a/deep/y.md'
  ],
  ["search_file 'b()' x.txt", 'No matches found for "b()" in /a/x.txt'],
  ["find_file y.md", 'Found 1 matches for "y.md" in /a:\n/a/deep/y.md'],
  ["find_file z.md deep", 'No matches found for "z.md" in /a/deep'],
  ["find_file '*'", null],
  ["search_dir 'a.*b'", null],
  ["search_file b", null],
  ["search_dir b none", null]
])("%s finds what SWE-agent finds, or is not simulated", async (action, observation) => {
  expect(await reasonOf(files([{action, observation: observation ?? ""}]))).toBe(
    observation === null ? "unsupported-tool" : ""
  );
  if (observation !== null)
    expect(await reasonOf(files([{action, observation: observation.replace("for", "of")}]))).toBe("diverged");
});
