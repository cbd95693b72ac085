"""Runs candidates and their tests in pairs of processes, inside a sandbox of processes.

It reads orders from file descriptor 4 and writes what came of them to 3: `run` forks the candidate's side, which has
nothing open but its pipe, then the tests' side, which alone reads the tests from 4. This process never holds a test, so
no fork of it does. After each run every other process of the sandbox is ended and what was written is removed: nothing
passes from one run to the next. The processes are not dumpable, so none can read another's memory or descriptors.
"""
import gc
import importlib
import json
import os
import re
import resource
import select
import signal
import sys
import time

import candidate
import tests
from peer import Late
from values import MOST_LINE

ORDERS, RESULTS = 4, 3
MOST_RESULT = 64_000
# Modules that solutions often import, and an import of one of them.
OFTEN = set("array bisect cmath copy dataclasses decimal fractions heapq math operator random statistics string typing".split())
IMPORTED = re.compile(r"^\s*(?:import|from)\s+(\w+)", re.MULTILINE)
# A sandbox with processes of its own: its first is the reaper, and we are its child.
ALONE = os.getppid() == 1 and os.getpid() < 16


class Pipe:
    """Lines over two file descriptors."""

    def __init__(self, source, sink, end=None):
        self.source, self.sink, self.end = source, sink, end
        self.held = bytearray()

    def send(self, line):
        data = memoryview((line + "\n").encode("ascii"))
        try:
            while data:
                data = data[os.write(self.sink, data):]
        except OSError:
            pass

    def receive(self):
        start = 0
        while True:
            at = self.held.find(b"\n", start)
            if at >= 0:
                line = self.held[:at].decode("ascii", "replace")
                del self.held[: at + 1]
                return line
            start = len(self.held)
            if start > MOST_LINE:
                return None
            if self.end is not None:
                left = self.end - time.monotonic()
                if left <= 0 or not select.select([self.source], [], [], left)[0]:
                    raise Late
            try:
                more = os.read(self.source, 1 << 16)
            except OSError:
                return None
            if not more:
                return None
            self.held += more


def exactly(count):
    data = bytearray()
    while len(data) < count:
        more = os.read(ORDERS, count - len(data))
        if not more:
            sys.exit(0)
        data += more
    return data


def order():
    """The next order: its length in 11 digits and a newline, then JSON and a newline."""
    return json.loads(exactly(int(exactly(12)) + 1))


def undumpable():
    try:
        import ctypes

        ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        pass


def bound(cpu, memory):
    whole = int(cpu) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    signal.setitimer(signal.ITIMER_PROF, cpu)


def forked(action, keep):
    """A child that does one thing with these descriptors open and no others."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for fd in (0, 1, 2):
            os.dup2(null, fd)
        last = 2
        for fd in sorted(keep):
            os.closerange(last + 1, fd)
            last = fd
        os.closerange(last + 1, 1024)
        action()
        code = 0
    finally:
        os._exit(code)


def run(told):
    from_tests, to_candidate = os.pipe()
    from_candidate, to_tests = os.pipe()
    source, sink = os.pipe()

    def candidate_side():
        bound(told["cpu"], told["memory"])
        candidate.serve(Pipe(from_tests, to_tests), told["setup"], told["solution"])

    def tests_side():
        task = order()
        os.close(ORDERS)
        bound(told["testsCpu"], told["memory"])
        outcome = tests.run(Pipe(from_candidate, to_candidate, time.monotonic() + told["wall"]), task)
        Pipe(-1, sink).send(json.dumps(outcome))

    # Once, for all runs: modules of the system alone, and before any of the solution's code is run.
    asked = OFTEN & set(IMPORTED.findall(told["setup"] + "\n" + told["solution"]))
    for name in sorted(asked | ({"pytest"} if told.get("pytest") else set())):
        try:
            importlib.import_module(name)
        except ImportError:
            pass
    one = forked(candidate_side, {from_tests, to_tests})
    two = forked(tests_side, {from_candidate, to_candidate, sink, ORDERS})
    for fd in (from_tests, to_candidate, from_candidate, to_tests, sink):
        os.close(fd)
    outcome, late = result(source, one, time.monotonic() + told["wall"] + 2)
    os.close(source)
    kill(two)
    status, used = ended(one, b'"ended"' in outcome)
    _, tests_status, tests_used = os.wait4(two, 0)
    clean()
    cpu = used.ru_utime + used.ru_stime
    reply = {
        "late": late,
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        "testsSignal": os.WTERMSIG(tests_status) if os.WIFSIGNALED(tests_status) else 0,
        "cpu": cpu,
        "testsCpu": tests_used.ru_utime + tests_used.ru_stime,
        "memory": used.ru_maxrss * 1024,
    }
    os.write(RESULTS, json.dumps(reply).encode() + b"\n")
    written(outcome)


def result(source, child, end):
    """The tests' line, in a buffer of its own, and whether it did not come in time. Once the candidate's process has
    ended, so do those that it forked: else one could hold its pipe open, and the tests would wait for nobody."""
    held = bytearray(MOST_RESULT)
    view = memoryview(held)
    size = 0
    watched = [source, os.pidfd_open(child)]
    end_of_child = watched[1]
    late = False
    while size < MOST_RESULT:
        left = end - time.monotonic()
        ready = select.select(watched, [], [], left)[0] if left > 0 else []
        if not ready:
            late = True
            break
        if end_of_child in ready:
            watched.remove(end_of_child)
            kill(-child)
        if source not in ready:
            continue
        got = os.readv(source, [view[size:]])
        if got == 0:
            break
        size += got
        if b"\n" in view[size - got:size].tobytes():
            break
    os.close(end_of_child)
    view.release()
    return held, late


def written(held):
    """Hands the tests' line on and wipes it, so that no later candidate finds it in memory."""
    at = held.find(b"\n")
    size = at + 1 if at >= 0 else 0
    if size == 0:
        os.write(RESULTS, b"\n")
        return
    view = memoryview(held)[:size]
    done = 0
    while done < size:
        done += os.write(RESULTS, view[done:])
    view.release()
    held[:] = bytes(len(held))


def ended(child, soon):
    """How the candidate's side ended, 0 where it was ended by us; it is, unless it is known to end by itself."""
    for _ in range(20 if soon else 0):
        got, status, used = os.wait4(child, os.WNOHANG)
        if got:
            return status, used
        time.sleep(0.005)
    kill(child)
    return 0, os.wait4(child, 0)[2]


def kill(child):
    try:
        os.kill(child, signal.SIGKILL)
    except ProcessLookupError:
        pass


def clean():
    """Ends what the run left behind, and removes what it wrote."""
    if not ALONE:
        return
    try:
        os.kill(-1, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass
    emptied("/tmp")


def emptied(folder):
    """Removes what a run wrote, and what it changed of the folder itself; ends the harness where something stays."""
    os.chmod(folder, 0o1777)
    with os.scandir(folder) as found:
        entries = list(found)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            import shutil

            os.chmod(entry.path, 0o700)
            for at, names, _files in os.walk(entry.path):
                for name in names:
                    if not os.path.islink(path := os.path.join(at, name)):
                        os.chmod(path, 0o700)
            shutil.rmtree(entry.path)
        else:
            os.unlink(entry.path)
    os.utime(folder, (0, 0))


def mutate(told):
    """Reads and mutates in a child of its own: a hostile text may break the parser, and that only."""
    source, sink = os.pipe()

    def parse():
        bound(told["cpu"], told["memory"])
        import mutate as mutator

        Pipe(-1, sink).send(json.dumps(mutator.answer(told)))

    child = forked(parse, {sink})
    os.close(sink)
    held = bytearray()
    while more := os.read(source, 1 << 16):
        held += more
        if len(held) > MOST_LINE:
            kill(child)
            break
    os.close(source)
    _, status, _used = os.wait4(child, 0)
    line = bytes(held) if held.endswith(b"\n") and len(held) <= MOST_LINE else b"null\n"
    view = memoryview(line)
    while view:
        view = view[os.write(RESULTS, view):]


def main():
    undumpable()
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    gc.collect()
    gc.freeze()
    while True:
        told = order()
        {"run": run, "mutate": mutate}[told["do"]](told)
