"""One portal of processes for one test: a throw-away database, a shared clock, a mail server, a broker."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection

from core import clock
from core.invariants import all_checks
from outbox.models import Notice
from recert.celery import app
from recert.schedule import SCHEDULE
from tests.faults.crew import ARMED, CLOCK, Member, celery, offset_in
from tests.faults.postman import Office, move
from tests.faults.processes import has_ended, wait_until_stopped
from tests.forked import manage
from tests.throwaway import Throwaway

WORKER = ("worker", "--pool=prefork", "--loglevel=INFO", "--without-gossip", "--without-mingle")
SEND = "outbox.tasks.send_due_notices"
SAID_AGAIN = 2  # seconds in which a message is taken or expires; the schedule's own interval is 5
HORIZON = timedelta(minutes=30)  # what is to be sent later is not part of a recovery


class Stage:
    """`broker` is Celery's address of it, empty for the embedded one."""

    def __init__(self, folder: Path, database: Throwaway, broker: str = "") -> None:
        self.folder, self.database, self.broker = folder, database, broker
        self.clock, self.armed = folder / "clock", folder / "fault"
        self.clock.write_text("0")
        self.office = Office(folder, self.clock)
        self.members: list[Member] = []
        self.queue = folder / "broker"
        self.queue.mkdir()
        self.env = {
            **database.env,
            CLOCK: str(self.clock),
            ARMED: str(self.armed),
            "EMAIL_URL": self.office.url,
            "PORTAL_VAR": str(folder),
            "BROKER_URL": broker or "filesystem://",
        }

    def close(self) -> None:
        for member in self.members:
            member.end()
        self.office.close()

    # --- the clock

    def set_clock(self, moment: datetime) -> datetime:
        """Set the clock of every process, this one too, to `moment`; time goes on from there."""
        self.pass_time((moment - clock.now()).total_seconds())
        return moment

    def pass_time(self, seconds: float) -> None:
        move(self.clock, seconds)

    # --- processes

    def start(self, *arguments: str, fault: str = "", **env: str) -> Member:
        """Start `manage.py …`, with a fault or without."""
        return self._start(manage, *arguments, env={"PORTAL_FAULT": fault, **env})

    def worker(self, concurrency: int = 1) -> Member:
        return self._start(celery, *WORKER, f"--concurrency={concurrency}", env={})

    def beat(self) -> Member:
        file = self.folder / f"beat-{len(self.members)}.pid"
        return self._start(celery, "beat", "--loglevel=INFO", f"--pidfile={file}", env={})

    def _start(self, act: Callable[..., None], *arguments: str, env: dict[str, str]) -> Member:
        log = self.folder / f"{len(self.members)}-{arguments[0]}.log"
        member = Member(act, *arguments, env={**self.env, **env}, log=log)
        self.members.append(member)
        return member

    # --- waking workers, as the schedule does

    def wake(self, *tasks: str, expires: float = 60) -> list[str]:
        """Send each task to the workers, as the schedule does; return the ids by which their ends
        can be waited for.
        """
        folders = dict.fromkeys(("data_folder_in", "data_folder_out", "control_folder"), str(self.queue))
        options = {} if self.broker else folders
        with Connection(self.broker or "filesystem://", transport_options=options) as line:
            return [app.send_task(task, connection=line, expires=expires).id for task in tasks]

    def has_ended(self, task: str) -> bool:
        return (self.folder / f"ended-{task}").exists()

    def run(self, *tasks: str) -> None:
        """Run each of the tasks in a worker, one after the other.

        A message may be lost with the worker that took it, so it is sent again, as the schedule
        does. The further messages must not disturb the next task: each is run or has expired before
        this returns.
        """
        for task in tasks:
            said: list[str] = []

            def again(task: str = task, said: list[str] = said) -> bool:
                said += self.wake(task, expires=SAID_AGAIN)
                return self.waits_until(lambda: any(map(self.has_ended, said)), SAID_AGAIN)

            self.until(again, f"{task} was not done")
            self.waits_until(lambda said=said: all(map(self.has_ended, said)), SAID_AGAIN)

    def waits_until(self, done: Callable[[], Any], seconds: float) -> bool:
        """Return whether `done` became true within so many seconds."""
        deadline = time.monotonic() + seconds
        while not done():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.01)
        return True

    def until(self, done: Callable[[], Any], otherwise: str, seconds: float = 60) -> None:
        assert self.waits_until(done, seconds), f"{otherwise}: {self.last_words()}"

    def last_words(self) -> str:
        return "\n".join(member.last_words() for member in self.members[-3:])

    def child_that_takes(self, task: str, fault: str) -> "Child":
        """Return the worker's child that took the fault; `task` is sent until one has."""
        self.armed.write_text(f"{task} {fault}")

        def again() -> bool:
            self.wake(task, expires=SAID_AGAIN)
            return self.waits_until(self._taken, SAID_AGAIN)

        self.until(again, "nobody took the fault")
        return Child(self, self._taken()[0])

    def _taken(self) -> list[Path]:
        return list(self.folder.glob("taken-*"))

    # --- what came of it

    def recover(self, *plans: str, most: int = 12, strictly: bool = False) -> float:
        """Let time pass and the schedule run until nothing waits to be sent now; return the longest
        wait in seconds.

        `plans` are the tasks that find what to send. Each is run after its whole interval, which is
        the worst case, and so is the sender.
        """
        over = clock.now()
        for task in plans:
            self.pass_time((over + SCHEDULE[task] - clock.now()).total_seconds())
            self.run(task)
        asked_to_wait: dict[int, datetime] = {}
        for _ in range(most):
            waiting = earliest(over + HORIZON)
            if not waiting:
                break
            asked_to_wait |= dict(Notice.objects.exclude(retry_at=None).values_list("pk", "retry_at"))
            self.pass_time(max(0, (waiting - clock.now()).total_seconds()) + SCHEDULE[SEND].total_seconds())
            self.run(SEND)
        assert earliest(over + HORIZON) is None, "something still waits"
        return slowest(over, {} if strictly else asked_to_wait)


def on_stage(
    folder: Path, database: Throwaway, monkeypatch: pytest.MonkeyPatch, broker: str = ""
) -> Iterator[Stage]:
    """A stage whose clock is this process's too, and that ends with its test."""
    made = Stage(folder, database, broker)
    monkeypatch.setattr(clock, "_demo_offset", lambda: offset_in(made.clock))
    yield made
    made.close()


class Child:
    """A worker's child that carries a fault."""

    def __init__(self, stage: Stage, taken: Path) -> None:
        self.stage, self.taken = stage, taken
        self.pid = int(taken.name.removeprefix("taken-"))

    def wait_until_stopped(self) -> None:
        wait_until_stopped(self.pid)
        self.taken.unlink()

    def wait_until_dead(self) -> None:
        self.stage.until(lambda: has_ended(self.pid), "the child did not come by the window")
        self.taken.unlink(missing_ok=True)

    def go_on(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)


def earliest(before: datetime) -> datetime | None:
    """The first moment at which something unsent can be sent that is due `before` then; None when nothing waits."""
    rows = Notice.objects.unsent().filter(send_at__lte=before)
    rows = rows.values_list("send_at", "retry_at", "leased_until")
    return min((max(filter(None, row)) for row in rows), default=None)


def slowest(over: datetime, asked_to_wait: dict[int, datetime]) -> float:
    """Seconds from the end of the fault to the end of the slowest notice.

    What is to be sent later, or was asked to wait by the mail server, counts from that moment.
    """
    rows = Notice.objects.filter(ended_at__gte=over).values_list("pk", "send_at", "ended_at")
    waits = (ended - max(over, send_at, asked_to_wait.get(pk, over)) for pk, send_at, ended in rows)
    return max((wait.total_seconds() for wait in waits), default=0.0)


def outcome(office: Office, known: Collection[int] = ()) -> Counter[str]:
    """What became of the notices that were due by now, but for those `known`: by state, and those lost or doubled."""
    accepted = office.accepted
    rows = Notice.objects.filter(send_at__lte=clock.now()).exclude(pk__in=known)
    found: Counter[str] = Counter()
    for state, message_id in rows.values_list("state", "message_id"):
        copies = accepted[message_id]
        found[state] += 1
        found["lost"] += state == "due" or (state == "sent" and not copies)
        found["doubled"] += max(0, copies - 1)
    return +found


def wrong() -> list[str]:
    """What `verify_invariants` finds, but for old data: the factories' documents are from long ago, and no sweep of
    theirs runs here.
    """
    found = [said for check in all_checks() if not check.reads_files for said in check.find()]
    return [said for said in found if "should have been let go" not in said]


def let_leases_run_out() -> None:
    """As if their time had passed: the tests do not wait for it."""
    Notice.objects.unsent().exclude(leased_until=None).update(
        leased_until=datetime.now(UTC) - timedelta(days=9999)
    )
