"""What a Pyodide process of ours runs: "candidate", "tests" or "ours", as its first line says. Of tests the process
"ours" runs no code: it interprets those that are plain and says "?" of all others."""
import json
import sys
import warnings

import channel


def main():
    role = channel.receive()
    if role == "candidate":
        return candidate_side()
    # Once: what tests call their own modules must not hide ours the next time.
    import mutate
    import plain
    import tests

    warnings.simplefilter("ignore")
    while (line := channel.receive()) is not None:
        told = json.loads(line)
        if "solution" in told:
            channel.send(json.dumps(mutate.answer(told)))
        elif role == "ours":
            outcome = plain.run(Bridge(), told)
            channel.send("?" if outcome is None else "=" + json.dumps(outcome))
        else:
            modules = set(sys.modules)
            channel.send("=" + json.dumps(tests.run(Bridge(), told)))
            for name in set(sys.modules) - modules:
                del sys.modules[name]


def candidate_side():
    """Serves solutions one after the other; a line that begins with a colon is the next one."""
    import candidate

    first = channel.receive()
    while first is not None:
        told = json.loads(first)
        lines = Until()
        candidate.serve(lines, told["setup"], told["solution"])
        first = lines.next


class Until:
    """The channel, up to the line that begins the next solution."""

    next = None

    def send(self, line):
        channel.send(line)

    def receive(self):
        line = channel.receive()
        if line is not None and line.startswith(":"):
            self.next = line[1:]
            return None
        return line


class Bridge:
    """The candidate's side, at the other end of Node."""

    def send(self, line):
        channel.send(">" + line)

    def receive(self):
        from peer import Late

        line = channel.receive()
        if line == "!late":
            raise Late
        return None if line is None or not line.startswith("<") else line[1:]


main()
