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
    publishedScore: 0.897
  },
  {
    set: "MBPP",
    files: ["mbpp/mbpp.jsonl"],
    with: ["python-tests", "mutation"],
    expected: {"python-tests": "973 of its 974 references pass within 2 s"},
    publishedScore: 0.834
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
    expected: {"sql-answer": "each task's own query against its own answer"}
  },
  {
    set: "Robot motion clips",
    files: ["hopturn", "inplace_steps", "runningman", "sidesteps", "turn"].map((name) => `robot_motion/${name}.txt`),
    with: ["robot-motion"]
  },
  {
    set: "SWE-agent trajectories",
    files: [
      "sweagent_traj/replay__marshmallow-code__marshmallow-1867__default__t-0.20__p-0.95__c-2.00__install-1__marshmallow-code__marshmallow-1867.traj"
    ],
    with: ["agent-trace"]
  }
];
