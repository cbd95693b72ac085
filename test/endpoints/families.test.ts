import {describe, expect, it} from "vitest";
import {endpointFamily, familyOf, sameFamily} from "../../lib/endpoints/families.js";

describe("familyOf", () => {
  it.each([
    ["gpt-4o-mini-2024-07-18", "gpt"],
    ["gpt-4.1", "gpt"],
    ["gpt-5", "gpt"],
    ["gpt-35-turbo", "gpt"],
    ["openai/gpt-oss-120b", "gpt"],
    ["chatgpt-4o-latest", "gpt"],
    ["o1", "gpt"],
    ["openai/o3-mini", "gpt"],
    ["o4-mini-2025-04-16", "gpt"],
    ["ft:gpt-4o-mini-2024-07-18:acme::AbC123", "gpt"],
    ["gpt-image-1", "gpt"],
    ["dall-e-3", "gpt"],
    ["dalle3", "gpt"],
    ["black-forest-labs/FLUX.1-schnell", "flux"],
    ["imagen-4.0-generate-001", "imagen"],
    ["gemini-2.5-flash-image", "gemini"],
    ["Qwen/Qwen-Image", "qwen"],
    ["stabilityai/stable-diffusion-3.5-large", "stable-diffusion"],
    ["stabilityai/sdxl-turbo", "stable-diffusion"],
    ["influxdata/writer", null],
    ["EleutherAI/gpt-neox-20b", "gpt-neox"],
    ["claude-3-5-sonnet-20241022", "claude"],
    ["us.anthropic.claude-sonnet-4-20250514-v1:0", "claude"],
    ["models/gemini-2.5-pro", "gemini"],
    ["google/gemma-3-27b-it", "gemma"],
    ["gemma3:4b-it-qat", "gemma"],
    ["google/flan-t5-xxl", "t5"],
    ["meta-llama/Llama-3.3-70B-Instruct", "llama"],
    ["accounts/fireworks/models/llama-v3p1-405b-instruct", "llama"],
    ["@cf/meta/llama-3-8b-instruct", "llama"],
    ["llama3.2:3b", "llama"],
    ["codellama:34b", "llama"],
    ["phind-codellama:34b", "llama"],
    ["TinyLlama/TinyLlama-1.1B-Chat-v1.0", "tinyllama"],
    ["Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf", "llama"],
    ["NousResearch/Hermes-3-Llama-3.1-8B", "llama"],
    ["allenai/Llama-3.1-Tulu-3-70B", "llama"],
    ["qwen3:32b", "qwen"],
    ["ollama/qwen3:32b", "qwen"],
    ["Qwen/QwQ-32B-AWQ", "qwen"],
    ["hf.co/unsloth/Qwen3-30B-A3B-GGUF:Q4_K_M", "qwen"],
    ["allenai/olmOCR-7B-0225-preview", "qwen"],
    ["mistralai/Mixtral-8x22B-Instruct-v0.1", "mistral"],
    ["mistral-nemo:12b", "mistral"],
    ["magistral-medium-2506", "mistral"],
    ["teknium/OpenHermes-2.5-Mistral-7B", "mistral"],
    ["deepseek-chat", "deepseek"],
    ["deepseek-ai/DeepSeek-R1", "deepseek"],
    ["deepseek-ai/DeepSeek-V3.1", "deepseek"],
    ["deepseek-r1:671b", "deepseek"],
    ["deepseek-ai/DeepSeek-R1-Distill-Qwen-32B", "deepseek+qwen"],
    ["deepseek-r1:14b", "deepseek+qwen"],
    ["deepseek-r1:70b", "deepseek+llama"],
    ["deepseek-ai/DeepSeek-R1-0528-Qwen3-8B", "deepseek+qwen"],
    ["microsoft/Phi-4-mini-instruct", "phi"],
    ["phi3:14b", "phi"],
    ["CohereForAI/c4ai-command-r-plus-08-2024", "command"],
    ["command-a-03-2025", "command"],
    ["ibm-granite/granite-3.3-8b-instruct", "granite"],
    ["nvidia/Llama-3.1-Nemotron-70B-Instruct-HF", "llama+nemotron"],
    ["nvidia/Llama-3_3-Nemotron-Super-49B-v1_5", "llama+nemotron"],
    ["nvidia/NVIDIA-Nemotron-Nano-9B-v2", "nemotron"],
    ["nvidia/AceReason-Nemotron-14B", "deepseek+nemotron+qwen"],
    ["nvidia/OpenReasoning-Nemotron-32B", "nemotron+qwen"],
    ["zai-org/GLM-4.5-Air", "glm"],
    ["THUDM/chatglm3-6b", "glm"],
    ["THUDM/GLM-Z1-32B-0414", "glm"],
    ["01-ai/Yi-1.5-34B-Chat", "yi"],
    ["yi:34b", "yi"],
    ["tiiuae/Falcon3-10B-Instruct", "falcon"],
    ["allenai/OLMo-2-1124-13B-Instruct", "olmo"],
    ["HuggingFaceTB/SmolLM2-135M-Instruct", "smollm"],
    ["SmolLM2-135M-Instruct.Q4_1.gguf", "smollm"],
    ["internlm/internlm3-8b-instruct", "internlm"],
    ["moonshotai/Kimi-K2-Instruct", "kimi"],
    ["moonshotai/Kimi-Dev-72B", "kimi+qwen"],
    ["MiniMaxAI/MiniMax-M1-80k", "minimax"],
    ["grok-4", "grok"],
    ["amazon.nova-pro-v1:0", "nova"]
  ])("%s is %s", (model, family) => {
    expect(familyOf(model)).toBe(family);
  });

  it.each([
    ["a name that says nothing", "my-model"],
    ["a fine-tune without its base", "NousResearch/Hermes-4-405B"],
    ["a tag that has stood for several", "deepseek-r1:8b"],
    ["a tag that has stood for several, by default", "deepseek-r1"],
    ["an Ollama tag of a Llama that does not say so", "nemotron:70b"],
    ["unrelated families in one name", "gpt4-x-llama-13b"],
    ["a distillation of strangers", "Qwen3-30B-A3B-Claude-4.5-Distill"],
    ["a model named after a program", "ollama/solar"],
    ["a program that serves it", "llama.cpp"],
    ["a name that merely ends like one", "dolphin-2.9"],
    ["another company's use of three letters", "cerebras/Cerebras-GPT-13B"],
    ["a number that is a size", "marco-o1"]
  ])("does not know %s: %s", (_, model) => {
    expect(familyOf(model)).toBeNull();
  });
});

describe("endpointFamily", () => {
  it("takes the table's word, or what is declared where it has none", () => {
    expect(endpointFamily({id: "a", model: "qwen3:32b"})).toBe("qwen");
    expect(endpointFamily({id: "a", model: "our-model", family: "ours"})).toBe("ours");
    expect(endpointFamily({id: "a", model: "qwen3-ours", family: "qwen+gpt"})).toBe("gpt+qwen");
  });

  it("refuses an unknown family until it is declared", () => {
    expect(() => endpointFamily({id: "teacher-a", model: "our-model"})).toThrow(
      'endpoint teacher-a: the table of families does not know "our-model"; expected its family to be declared'
    );
  });

  it("refuses a declared family that contradicts the table, naming both", () => {
    expect(() => endpointFamily({id: "teacher-a", model: "qwen3:32b", family: "llama"})).toThrow(
      'endpoint teacher-a: declared as llama, but by the table of families "qwen3:32b" is qwen'
    );
    expect(() => endpointFamily({id: "a", model: "DeepSeek-R1-Distill-Qwen-32B", family: "qwen"})).toThrow(
      'declared as qwen, but by the table of families "DeepSeek-R1-Distill-Qwen-32B" is deepseek+qwen'
    );
  });
});

describe("sameFamily", () => {
  it("looks at every part of a joined name", () => {
    expect(sameFamily("deepseek+qwen", "qwen")).toBe(true);
    expect(sameFamily("llama", "llama+nemotron")).toBe(true);
    expect(sameFamily("gpt", "gpt-neox")).toBe(false);
    expect(sameFamily("deepseek+qwen", "gemma+llama")).toBe(false);
  });
});
