/** Version of the table: raise it with every change, it is written to the card. */
export const familiesVersion = "2";

/**
 * Who trained the weights from nothing, and how their ids show it. Ids come in lower case with - for _ and without the
 * names of programs that serve models. Where an id is used for models of several origins, no pattern takes it.
 */
const families: readonly (readonly [family: string, pattern: RegExp])[] = [
  ["gpt", /(?<![a-z])(?:chatgpt|gpt-?(?:2|3|3\.5|35|4|4o|4\.\d|5|5\.\d)(?![0-9a-z])|gpt-oss|text-davinci)/],
  ["gpt", /(?:^|[/:.])o[134](?:-|$)/],
  ["gpt", /(?<![a-z])(?:gpt-image|dall-?e)(?![a-z])/],
  ["flux", /(?<![a-z])flux(?![a-z])/],
  ["imagen", /(?<![a-z])imagen(?![a-z])/],
  ["stable-diffusion", /stable-diffusion|(?<![a-z])(?:sdxl|sd3(?:\.5)?|sd-turbo)(?![a-z0-9])/],
  ["gpt-neox", /gpt-neox|gpt-j(?![a-z])|pythia/],
  ["claude", /claude/],
  ["gemini", /gemini/],
  ["gemma", /gemma/],
  ["t5", /(?<![a-z])(?:flan-)?(?:m|u)?t5(?![a-z])/],
  ["llama", /codellama|(?<![a-z])m?llama(?![a-z])/],
  ["openllama", /open-?llama/],
  ["tinyllama", /tiny-?llama/],
  ["qwen", /qwen|qwq|qvq|olmocr|kimi-dev|openreasoning-nemotron|opencodereasoning-nemotron|openmath-nemotron/],
  ["qwen", /deepseek-r1:(?:1\.5|7|14|32)b|acereason-nemotron/],
  ["llama", /deepseek-r1:70b/],
  ["mistral", /mistral|mixtral|ministral|codestral|devstral|magistral|pixtral|mathstral|voxtral/],
  ["deepseek", /deepseek(?!-r1:(?:8b|latest)|-r1$)|acereason-nemotron/],
  ["deepseek", /deepseek-ai\/deepseek-r1$|\/models\/deepseek-r1$/],
  ["phi", /(?<![a-z])phi-?[1-4](?![0-9])/],
  ["command", /(?<![a-z])command-(?:r|r7b|a|light|nightly|text)(?![a-z])|c4ai-|(?<![a-z])aya-(?:expanse|vision|23)/],
  ["granite", /granite/],
  ["nemotron", /nemotron(?!(?::\d+b)?$)|minitron/],
  ["glm", /(?<![a-z])(?:chat|visual)?glm-?(?:z?\d|edge|4v)|codegeex4/],
  ["yi", /(?<![a-z])yi-?(?:1\.5(?![0-9])|v1|v?l(?![a-z])|coder|large|medium|lightning|\d+b(?![a-z]))|(?:^|\/)yi:/],
  ["falcon", /falcon/],
  ["olmo", /olmo(?!cr)/],
  ["smollm", /smollm/],
  ["internlm", /internlm/],
  ["kimi", /kimi|moonshot|moonlight/],
  ["minimax", /minimax|(?<![a-z])abab\d/],
  ["grok", /grok/],
  ["nova", /(?:^|[/.])nova-(?:micro|lite|pro|premier|2)(?![a-z])/],
  ["jamba", /jamba/],
  ["dbrx", /dbrx/],
  ["stablelm", /stablelm/],
  ["exaone", /exaone/],
  ["starcoder", /starcoder/],
  ["bloom", /(?<![a-z])bloomz?(?![a-z])/],
  ["mpt", /(?<![a-z])mpt-\d+b/],
  ["opt", /(?<![a-z])opt-(?:\d+m|[\d.]+b)(?![a-z])/],
  ["rwkv", /rwkv/],
  ["ernie", /(?<![a-z])ernie/],
  ["hunyuan", /hunyuan/],
  ["seed", /(?<![a-z])(?:doubao|seed-oss)/],
  ["baichuan", /baichuan/],
  ["minicpm", /minicpm-?\d/],
  ["apertus", /apertus/],
  ["lfm", /(?<![a-z])lfm-?\d/],
  ["arctic", /snowflake-arctic-(?:base|instruct)/]
];

/** Families whose owners train on, or distil into, the weights of others and say so in the name. */
const derived: Readonly<Record<string, readonly string[]>> = {
  deepseek: ["llama", "qwen"],
  nemotron: ["llama", "mistral", "qwen", "deepseek"],
  kimi: ["qwen"],
  olmo: ["qwen"]
};

/**
 * The family of a model by its id: hosted names, Hugging Face ids, Ollama tags, GGUF files. Two joined by + (sorted) where
 * one was taught into the weights of another, "deepseek+qwen" for a distilled model. Null where the table knows none, or
 * unrelated ones: then the endpoint has to declare it.
 *
 * Goes by names alone: it cannot see what a server really serves under a name, nor what a fine-tune was taught on.
 */
export function familyOf(model: string): string | null {
  const id = model
    .toLowerCase()
    .replaceAll("_", "-")
    .replace(/llama[.-]?cpp|llamafile|ollama/g, "");
  const found = [...new Set(families.filter(([, pattern]) => pattern.test(id)).map(([family]) => family))];
  const related = found.some((top) => found.every((other) => other === top || derived[top]?.includes(other)));
  return related ? found.sort().join("+") : null;
}

/** Whether two families, each perhaps several joined by +, share one. */
export function sameFamily(a: string, b: string): boolean {
  const parts = b.split("+");
  return a.split("+").some((part) => parts.includes(part));
}

/**
 * The family that an endpoint's model counts as: by the table, or as declared, which may add to the table's but not
 * contradict it.
 *
 * @throws Error where neither says one, or they disagree, naming both
 */
export function endpointFamily({id, model, family}: {id: string; model: string; family?: string}): string {
  const known = familyOf(model);
  if (family === undefined && known !== null) return known;
  const name = JSON.stringify(model);
  if (family === undefined)
    throw new Error(`endpoint ${id}: the table of families does not know ${name}; expected its family to be declared`);
  const parts = family.split("+");
  const missing = known?.split("+").filter((part) => !parts.includes(part)) ?? [];
  if (missing.length > 0)
    throw new Error(`endpoint ${id}: declared as ${family}, but by the table of families ${name} is ${known}`);
  return [...new Set(parts)].sort().join("+");
}
