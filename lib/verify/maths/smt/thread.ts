import {init} from "z3-solver";
import type {Z3Answer, Z3Question} from "./z3.js";

let started: ReturnType<typeof start> | undefined;

async function start() {
  const {Z3} = await init();
  Z3.global_param_set("memory_max_size", "512");
  return Z3;
}

/**
 * Whether assertions hold together, in a fresh context. The script is parsed here, not by Z3's own asynchronous call,
 * which reads it after its memory may have been given back.
 */
export default async function check({script, steps}: Z3Question): Promise<Z3Answer> {
  started ??= start();
  const z3 = await started;
  const config = z3.mk_config();
  const context = z3.mk_context(config);
  z3.del_config(config);
  try {
    const solver = z3.mk_solver(context);
    z3.solver_inc_ref(context, solver);
    const limits = z3.mk_params(context);
    z3.params_inc_ref(context, limits);
    z3.params_set_uint(context, limits, z3.mk_string_symbol(context, "rlimit"), steps);
    z3.solver_set_params(context, solver, limits);
    z3.solver_from_string(context, solver, script);
    const code = z3.get_error_code(context);
    if (code !== 0) return {malformed: z3.get_error_msg(context, code)};
    const word = await z3.solver_check(context, solver);
    return {word: word === 1 ? "sat" : word === -1 ? "unsat" : "unknown"};
  } catch (error) {
    return {error: error instanceof Error ? error.message : String(error)};
  } finally {
    z3.del_context(context);
  }
}
