"""Mails a second to a relay that answers after 10 ms, with one and with four send tasks, as a share of how bare SMTP
connections scale. Goal: with four, at least 0.9 of the floor's own scaling. MAILS sets how many mails (8,000: with few
the tasks end at different times, because each takes 200 at once).
"""

import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from multiprocessing.synchronize import Barrier

from tests.bench.sink import Sink
from tests.bench.sweep import DUE_E, TODAY, add_people, later, now, send, smtp_floor
from tests.throwaway import Throwaway

MAILS = int(os.environ.get("MAILS", "8000"))
RELAY, GOAL, STRETCH = 0.010, 0.9, 1.0
TASKS = (1, 4)


def run(database: Throwaway) -> bool:
    return database.start("-m", "tests.bench.drains", env={"LOG_LEVEL": "ERROR"}).wait() == 0


def main() -> int:
    import django

    django.setup()
    engine = add_people(MAILS, "the mails", due=MAILS)
    print(f"drains, on {engine}, {MAILS:,} mails, a relay that answers after {1000 * RELAY:.0f} ms")
    with Sink(pause=RELAY) as sink:
        os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
        floor = {tasks: _mails_a_second(_bare, sink.port, tasks) for tasks in TASKS}
        ours = {tasks: _ours(sink.port, tasks) for tasks in TASKS}
    few, many = TASKS
    scaling, ideal = ours[many] / ours[few], floor[many] / floor[few]
    for tasks in TASKS:
        print(
            f"{tasks} task{'s'[: tasks - 1]}: {ours[tasks]:.0f} mails/s, bare connections {floor[tasks]:.0f} mails/s"
        )
    print(
        f"scaling {scaling / ideal:.2f} × the floor's (goal ≥ {GOAL}, stretch {STRETCH}) · {scaling:.2f} of {ideal:.2f}"
    )
    return 0 if scaling / ideal >= GOAL else 1


def _mails_a_second(act: Callable[..., None], port: int, tasks: int) -> float:
    """Start so many processes; the clock runs from when all of them have loaded what they need."""
    from django.db import connections

    connections.close_all()
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(tasks + 1)
    started = [context.Process(target=act, args=(port, MAILS // tasks, ready)) for _ in range(tasks)]
    for one in started:
        one.start()
    ready.wait()
    began = time.perf_counter()
    for one in started:
        one.join()
        if one.exitcode:
            sys.exit(f"a process ended with {one.exitcode}")
    return MAILS / (time.perf_counter() - began)


def _bare(port: int, mails: int, ready: Barrier) -> None:
    ready.wait()
    smtp_floor(port, mails)


def _drain(port: int, mails: int, ready: Barrier) -> None:
    """Send what is due, of which the other tasks take their share."""
    import django

    django.setup()
    from django.db import connection

    from outbox import sender

    sender.send_due(limit=0)  # loads what a worker that is up has loaded
    connection.ensure_connection()
    ready.wait()
    send(port, later().isoformat())


def _ours(port: int, tasks: int) -> float:
    from django.db import connection

    from renewals.services import plan_cycle_reminders

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM outbox_notice")
        cursor.execute("UPDATE trainers_cycle SET remind_on = %s WHERE expires_on = %s", [TODAY, DUE_E])
    assert plan_cycle_reminders(now()) == MAILS
    return _mails_a_second(_drain, port, tasks)


if __name__ == "__main__":
    sys.exit(main())
