import type {Answered, ImageModel, LanguageModel, Question} from "../endpoints/languageModel.js";

/** Requests of one prompt to one endpoint, on the way to one draft. */
export interface RequestCount {
  /** "draw": each request is a picture, and takes no tokens */
  role: "generate" | "judge" | "draw";
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
export function counting(model: LanguageModel, role: "generate" | "judge", counts: RequestCount[]): LanguageModel {
  const add = counter(model, role, counts);
  return {
    ...{id: model.id, model: model.model, family: model.family, weights: model.weights},
    write: async (question) => add(question.prompt, await model.write(question)),
    ask: async (question, reply) => add(question.prompt, await model.ask(question, reply))
  };
}

/** The same for a model that draws. */
export function countingDraws(model: ImageModel, counts: RequestCount[]): ImageModel {
  const add = counter(model, "draw", counts);
  return {
    ...{id: model.id, model: model.model, family: model.family, weights: model.weights},
    draw: async (drawing) => add(drawing.by, await model.draw(drawing))
  };
}

function counter({id, model}: Pick<LanguageModel, "id" | "model">, role: RequestCount["role"], counts: RequestCount[]) {
  return <T>(prompt: Question["prompt"], answered: Answered<T>): Answered<T> => {
    const {requests, input, output} = answered.took;
    const found = counts.find(
      (one) => one.role === role && one.endpoint === id && one.prompt === prompt.id && one.version === prompt.version
    );
    if (found === undefined)
      counts.push({role, endpoint: id, model, prompt: prompt.id, version: prompt.version, requests, input, output});
    else {
      found.requests += requests;
      found.input += input;
      found.output += output;
    }
    return answered;
  };
}

/** In an order that does not hang on which answer came first. */
export function sortedCounts(counts: readonly RequestCount[]): RequestCount[] {
  const key = ({role, endpoint, prompt, version}: RequestCount) => `${role}\n${endpoint}\n${prompt}\n${version}`;
  return [...counts].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
