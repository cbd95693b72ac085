import {describeLaws, type LawDescription} from "../scaling/describeLaws.js";
import {parse, type Command} from "./command.js";

/** `ballast laws`: what `ballast fit --law` knows. */
export const command: Command = {
  usage: "[--json]",
  summary: "Lists the laws that runs can be fitted with.",
  async run(args) {
    const {values} = parse(args, {json: {type: "boolean"}});
    const list = describeLaws();
    process.stdout.write(values.json ? JSON.stringify(list, null, 2) + "\n" : list.map(inWords).join("\n"));
    return Promise.resolve(0);
  }
};

function inWords({id, title, formula, reads, optional, of, parameters, source}: LawDescription): string {
  const variables = reads.map((variable) => (optional.includes(variable) ? `[${variable}]` : variable)).join(", ");
  return [
    `${id}: ${title}\n`,
    `    ${formula}\n`,
    `    reads ${variables || "nothing"}; for ${of === "loss" ? "losses" : "any benchmark"}\n`,
    ...parameters.map(({name, unit, bounds}) => `    ${name}: ${unit}, ${bounds.map(short).join(" to ")}\n`),
    `    ${source}\n`
  ].join("");
}

const short = (bound: number) => (Math.abs(bound) < 1e5 ? String(bound) : bound.toExponential().replace("e+", "e"));
