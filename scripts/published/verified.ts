/** A public set that the verifiers are run on, with what is known of it from elsewhere. */
export interface PublicVerified {
  set: string;
  /** below BALLAST_DATA */
  files: readonly string[];
  with: readonly string[];
  /** what was expected of a verifier, in words, by its id */
  expected?: Readonly<Record<string, string>>;
  /** mutation score that another mutator measured on the same tests */
  publishedScore?: number;
  /** why the two differ */
  mutationNote?: string;
}

/** Sources: data/public.json; expected figures are of the sets' publishers, scores of another `ast` mutator. */
export const publicVerified: readonly PublicVerified[] = [
  {
    set: "HumanEval",
    files: ["humaneval/HumanEval.jsonl.gz"],
    with: ["python-tests", "mutation"],
    expected: {"python-tests": "its 164 references pass their own tests"},
    publishedScore: 0.897,
    mutationNote:
      "Another mutator of Python's syntax tree scored 0.897 with 1,697 mutants. Ours makes more: two for each comparison, n − 1 beside n + 1 for each number, and statements and loops left out."
  },
  {
    set: "MBPP",
    files: ["mbpp/mbpp.jsonl"],
    with: ["python-tests", "mutation"],
    expected: {"python-tests": "973 of its 974 references pass within 2 s"},
    publishedScore: 0.834,
    mutationNote:
      "Another mutator of Python's syntax tree scored 0.834 with 8,208 mutants. Ours makes more: two for each comparison, n − 1 beside n + 1 for each number, and statements and loops left out."
  },
  {
    set: "GSM8K",
    files: ["gsm8k/example_model_solutions.jsonl"],
    with: ["final-answer"],
    expected: {"final-answer": "5,276 published labels of four models' solutions"}
  },
  {
    set: "AgentBench, dbbench",
    files: ["agentbench/dbbench_dev.jsonl", "agentbench/dbbench_standard.jsonl"],
    with: ["sql-answer"],
    expected: {
      "sql-answer":
        "each task's own query against its own answer; the refused queries are malformed, name what is not there, or give other rows"
    }
  },
  {
    set: "Robot motion clips",
    files: ["hopturn", "inplace_steps", "runningman", "sidesteps", "turn"].map((name) => `robot_motion/${name}.txt`),
    with: ["robot-motion"],
    expected: {"robot-motion": "the clip that is refused, inplace_steps, does not close its loop: the root jumps 35 mm"}
  },
  {
    set: "SWE-agent trajectories",
    files: [
      "crypto__BabyEncryption",
      "crypto__eps",
      "forensics__flash",
      "pwn__warmup",
      "rev__rock",
      "web__i_got_id_demo"
    ].map((name) => `sweagent_traj/${name}.traj`),
    with: ["agent-trace"],
    expected: {"agent-trace": "recorded in repositories and containers that are not at hand: nothing to replay them in"}
  }
];
