"""Fifty at once: real processes with real connections, held at a line and let go together, their outcomes counted."""

import json
import subprocess
import sys
import threading
from collections import Counter
from importlib import import_module

from tests.throwaway import Throwaway


def race(
    database: Throwaway, act: str, *arguments: str, processes: int = 5, threads: int = 10
) -> Counter[str]:
    """Run `module:function(*arguments)` in `processes` × `threads` at the same moment; count what each returned."""
    runners = [
        database.start(
            "-m", "tests.race", act, str(threads), *arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(processes)
    ]
    for runner in runners:
        ready = runner.stdout.readline().strip()
        if ready != "READY":
            raise RuntimeError(f"a racer did not get to the line: {ready}")
    for runner in runners:
        runner.stdin.write("GO\n")
        runner.stdin.flush()
    outcomes: Counter[str] = Counter()
    for runner in runners:
        printed, _ = runner.communicate(timeout=120)
        outcomes.update(json.loads(printed))
    return outcomes


def _run(act: str, threads: int, arguments: list[str]) -> list[str]:
    import django

    django.setup()
    from django.db import connection

    from recert.errors import Refusal

    module, _, name = act.partition(":")
    function = getattr(import_module(module), name)
    line = threading.Barrier(threads + 1)
    outcomes: list[str] = []

    def racer() -> None:
        connection.ensure_connection()
        line.wait()
        try:
            outcomes.append(str(function(*arguments)))
        except Refusal as refusal:
            outcomes.append(f"refused: {refusal}")
        except Exception as error:  # noqa: BLE001 - every other outcome is counted, and fails the test by its name
            outcomes.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    runners = [threading.Thread(target=racer) for _ in range(threads)]
    for runner in runners:
        runner.start()
    print("READY", flush=True)
    sys.stdin.readline()
    line.wait()
    for runner in runners:
        runner.join()
    return outcomes


if __name__ == "__main__":
    print(json.dumps(_run(sys.argv[1], int(sys.argv[2]), sys.argv[3:])))
