"""The Chinchilla fit by scipy's L-BFGS-B with analytic gradients, over two processes: the peer of our bench.

Reads JSON lines from stdin: first {n, d, loss, optimum, processes}, then requests {form, starts} or {form, seeds}, each
answered by a line {seconds, results}. The objective is written twice: with scipy.special's logsumexp and huber, as the
published analyses write it, and by hand in numpy.
"""

import json
import os
import sys
import time
from multiprocessing import get_context

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import scipy
from scipy.optimize import minimize
from scipy.special import huber, logsumexp

DELTA = 1e-3
OPTIONS = {"gtol": 1e-8, "ftol": 1e-15, "maxiter": 10_000, "maxfun": 100_000}


def load(task):
    global log_n, log_d, log_loss, optimum
    optimum = task["optimum"]
    log_n, log_d, log_loss = (np.log(np.array(task[key])) for key in ("n", "d", "loss"))


def published(phi, log_n, log_d, log_loss, times):
    e, a, b, alpha, beta = phi
    terms = np.stack([np.full_like(log_n, e), a - alpha * log_n, b - beta * log_d])
    prediction = logsumexp(terms, axis=0)
    residual = prediction - log_loss
    share = np.exp(terms - prediction) * (times * np.clip(residual, -DELTA, DELTA))
    slope = share.sum(axis=1)
    return times @ huber(DELTA, residual), np.array([*slope, -(share[1] @ log_n), -(share[2] @ log_d)])


def by_hand(phi, log_n, log_d, log_loss, times):
    e, a, b, alpha, beta = phi
    terms = np.exp(e), np.exp(a - alpha * log_n), np.exp(b - beta * log_d)
    prediction = terms[0] + terms[1] + terms[2]
    residual = np.log(prediction) - log_loss
    size = np.abs(residual)
    loss = np.where(size <= DELTA, 0.5 * residual * residual, DELTA * (size - 0.5 * DELTA))
    slope = times * np.clip(residual, -DELTA, DELTA) / prediction
    by_n = slope * terms[1]
    by_d = slope * terms[2]
    gradient = np.array([terms[0] * slope.sum(), by_n.sum(), by_d.sum(), -(by_n @ log_n), -(by_d @ log_d)])
    return times @ loss, gradient


def fit(objective, phi, times):
    # Runs that a draw left out are not computed.
    there = times > 0
    args = log_n[there], log_d[there], log_loss[there], times[there]
    found = minimize(objective, phi, args=args, jac=True, method="L-BFGS-B", options=OPTIONS)
    return [float(found.fun), float(np.abs(found.jac).max()), int(found.nfev), *map(float, found.x)]


def run_starts(task):
    objective, phis = task
    return [fit(objective, phi, np.ones(len(log_n))) for phi in phis]


def run_draws(task):
    objective, seeds = task
    found = []
    for seed in seeds:
        drawn = np.random.default_rng(seed).integers(len(log_n), size=len(log_n))
        found.append(fit(objective, optimum, np.bincount(drawn, minlength=len(log_n)).astype(float)))
    return found


FORMS = {"published": published, "by_hand": by_hand}


def main():
    np.seterr(all="ignore")
    task = json.loads(sys.stdin.readline())
    load(task)
    with get_context("fork").Pool(task["processes"]) as pool:
        pool.map(run_starts, [(published, [optimum])] * 4)
        for line in sys.stdin:
            request = json.loads(line)
            objective = FORMS[request["form"]]
            work, items = (run_starts, request["starts"]) if "starts" in request else (run_draws, request["seeds"])
            tasks = [(objective, items[i : i + 10]) for i in range(0, len(items), 10)]
            started = time.perf_counter()
            results = [row for rows in pool.map(work, tasks, chunksize=1) for row in rows]
            print(json.dumps({"seconds": time.perf_counter() - started, "results": results}), flush=True)


main()
