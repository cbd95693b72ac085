import type {Answered, LanguageModel, Question} from "../endpoints/languageModel.js";

/** Requests of one prompt to one endpoint, on the way to one draft. */
export interface RequestCount {
  role: "generate" | "judge";
  endpoint: string;
  model: string;
  /** id and version of the prompt file */
  prompt: string;
  version: string;
  requests: number;
  /** tokens */
  input: number;
  output: number;
}

/** The same model, which also adds what its answers took to `counts`; the same whether they were paid for now or before. */
export function counting(model: LanguageModel, role: RequestCount["role"], counts: RequestCount[]): LanguageModel {
  const add = <T>({prompt}: Question, answered: Answered<T>): Answered<T> => {
    const {requests, input, output} = answered.took;
    const found = counts.find(
      (one) =>
        one.role === role && one.endpoint === model.id && one.prompt === prompt.id && one.version === prompt.version
    );
    if (found === undefined)
      counts.push({
        ...{role, endpoint: model.id, model: model.model, prompt: prompt.id, version: prompt.version},
        ...{requests, input, output}
      });
    else {
      found.requests += requests;
      found.input += input;
      found.output += output;
    }
    return answered;
  };
  return {
    ...{id: model.id, model: model.model, family: model.family, weights: model.weights},
    write: async (question) => add(question, await model.write(question)),
    ask: async (question, reply) => add(question, await model.ask(question, reply))
  };
}

/** In an order that does not hang on which answer came first. */
export function sortedCounts(counts: readonly RequestCount[]): RequestCount[] {
  const key = ({role, endpoint, prompt, version}: RequestCount) => `${role}\n${endpoint}\n${prompt}\n${version}`;
  return [...counts].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
