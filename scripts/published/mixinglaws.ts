import {readObservations} from "../../lib/run/observations.js";
import type {Group} from "./figure.js";
import {estimate} from "./estimate.js";

/** Ye et al. (2024), arXiv:2403.16952: two domains, as in the paper's notebook. */
export const mixinglaws: readonly Group[] = [
  {
    group: "Data mixing law, Github beside Pile-CC, 70M, 30,000 steps",
    set: "scaling/mixinglaws",
    files: ["2Mix.csv"],
    how: "c + exp(k x + b) over the share x of Github, least squares on five mixes; k is t_Github − t_Pile-CC, b is t_Pile-CC",
    async measure({file}) {
      const {columns} = await readObservations(file("2Mix.csv"), {
        target: "loss",
        shares: {
          Github: "split_part(ratio, '-', 1)::DOUBLE",
          "Pile-CC": "split_part(ratio, '-', 2)::DOUBLE"
        },
        where: "model_size = '70M' AND step = 30000 AND valid_subdomain = 'Github'"
      });
      const {theta} = estimate("mixing-exponential", columns, "squares");
      return [
        {figure: "k", published: -1.64, ours: theta["t[Github]"] - theta["t[Pile-CC]"], tolerance: 0.005},
        {figure: "b", published: -0.682, ours: theta["t[Pile-CC]"], tolerance: 0.0005}
      ];
    }
  }
];
