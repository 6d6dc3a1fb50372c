"""One fault at one window: a worker's child dies, or the worker, or both, or the child freezes."""

import signal
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from core.clock import moment_on
from outbox.models import LEASE, Notice
from recert.schedule import SCHEDULE
from tests.faults.crew import Member
from tests.faults.processes import has_ended
from tests.faults.scenes import ACCEPTED, POINTS, ZONE
from tests.faults.stage import Child, Stage, outcome, wrong

CHILD, WORKER, BOTH, FROZEN = "child", "worker", "worker and child", "child, frozen"
VICTIMS = (CHILD, WORKER, BOTH, FROZEN)
LONGEST = 180  # seconds in which everything must be as if nothing had happened


@dataclass(frozen=True)
class Struck:
    """What one fault led to, counted over the notices that it could affect."""

    point: str
    victim: str
    notices: int
    sent: int
    lost: int
    doubled: int
    seconds: float
    done: bool
    wrong: tuple[str, ...]

    def fault(self) -> str:
        """Return how this differs from what is promised; empty when it does not."""
        most = 1 if self.point == ACCEPTED else 0
        found = {
            "lost": self.lost,
            "doubled": self.doubled > most,
            "late": self.seconds > LONGEST,
            "not done": not self.done,
            "broken": self.wrong,
        }
        return ", ".join(word for word, is_so in found.items() if is_so)


class Company:
    """A stage with one worker, on which one fault after another happens."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.worker: Member = stage.worker()
        self.rounds = 0

    def live(self, day: date) -> None:
        """Begin the day: run the whole schedule, and send what was planned for the morning."""
        self.stage.set_clock(moment_on(day, 0, ZONE) + timedelta(minutes=10))
        self.stage.run(*SCHEDULE)
        self.stage.set_clock(moment_on(day, 10, ZONE))
        self.stage.recover()

    def strike(self, point: str, victim: str, *, day: date, times: int = 1) -> Struck:
        """Let the fault happen at the `times`-th passage of the window on `day`, and recover from it."""
        scene, _, _ = POINTS[point]
        self.rounds += 1
        done = scene.begin(self.stage, self.rounds, day)
        before = list(Notice.objects.exclude(state="due").values_list("pk", flat=True))
        self.stage.office.answer(scene.mode)
        slept = self._hit(scene.task, point, victim, times)
        self.stage.office.answer("open")
        seconds = max(slept, self.stage.recover(*scene.plans))
        found = outcome(self.stage.office, known=before)
        return Struck(
            point,
            victim,
            notices=sum(found[state] for state in Notice.State.values),
            sent=found["sent"],
            lost=found["lost"],
            doubled=found["doubled"],
            seconds=seconds,
            done=done(),
            wrong=tuple(wrong()),
        )

    def _hit(self, task: str, point: str, victim: str, times: int) -> float:
        """Let the fault happen; return for how many seconds everything had to wait for a lease."""
        stage = self.stage
        child = stage.child_that_takes(task, f"{point}:{'kill' if victim == CHILD else 'stop'}:{times}")
        if victim == CHILD:
            child.wait_until_dead()
            return 0.0
        child.wait_until_stopped()
        stage.office.answer("open")
        if victim == FROZEN:
            return self._pass_by(child)
        self._kill_worker(child, victim)
        return 0.0

    def _kill_worker(self, child: Child, victim: str) -> None:
        """Kill the worker; its child, if that is not killed too, finishes what it had begun."""
        self.worker.send_signal(signal.SIGKILL)
        self.worker.wait()
        if victim == BOTH:
            child.kill()
        else:
            child.go_on()
        self.stage.until(lambda: has_ended(child.pid), "the orphan lives on")
        self.worker = self.stage.worker()

    def _pass_by(self, child: Child) -> float:
        """Let another worker do everything while the child is frozen past its lease; then let the
        child go on.
        """
        lease = LEASE.total_seconds() + 1
        self.stage.pass_time(lease)
        other = self.stage.worker()
        slept = lease + self.stage.recover()
        other.end()
        child.go_on()
        return slept


def weekdays(first: date) -> Iterator[date]:
    day = first
    while True:
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)
