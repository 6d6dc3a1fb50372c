"""A letter to many, by real workers and a real mail server: one process is killed and the letter is stopped midway,
and nobody on the list is left out or gets it twice, but for the one named instant of the sender.
"""

from collections import Counter

import pytest

from core import clock
from outbox import letters
from outbox.models import Letter, Notice
from outbox.models.notice import NoticeQuerySet
from tests.cast import colleague
from tests.factories import LONG_AGO
from tests.faults.stage import SEND, wrong
from trainers.models import Trainer

pytestmark = pytest.mark.fault
QUEUE = "outbox.tasks.queue_letters"
FEW, MANY = 1_100, 20_000  # three batches, and what a certifying body has in a month
DOUBLED = {"letter.queued": 0, "sender.claimed": 0, "sender.accepted": 1, "sender.ended": 0}


@pytest.fixture
def approve(stage, office):
    """`approve(9)` is a letter to 9 people, which one lead has written and another approved, with two workers."""

    def approve(count: int) -> Letter:
        people = (
            Trainer(name=f"Kim {n}", email=f"kim{n}@example.org", password="!", joined_at=LONG_AGO)
            for n in range(count)
        )
        pks = [one.pk for one in Trainer.objects.bulk_create(people, batch_size=2000)]
        told = {"title": "We are closed", "words": "Hello {first name}.", "audience": "certified"}
        letter = letters.write_letter(by=colleague("lead"), at=clock.now(), **told)
        stage.worker(concurrency=2)
        return letters.approve_letter(letter, recipients=pks, by=colleague("second_lead"), at=clock.now())

    return approve


def unsent() -> NoticeQuerySet:
    return Notice.objects.unsent().filter(kind=letters.LETTER.kind)


def sent() -> int:
    return Notice.objects.filter(kind=letters.LETTER.kind, state="sent").count()


def go_on(stage, until: int, rounds: int = 400) -> None:
    """Let the workers go on until so many have their letter."""
    for _ in range(rounds):
        if sent() >= until:
            return
        stage.run(QUEUE, SEND)
    raise AssertionError(f"{sent()} of {until} were sent: {stage.last_words()}")


def kill_one(stage, window: str) -> None:
    """Kill a worker's child in a window, and let its lease run out, and no other.

    A step of the clock would end the leases of the others too, each perhaps at the named instant.
    """
    if window.startswith("letter."):
        stage.child_that_takes(QUEUE, f"{window}:kill").wait_until_dead()
        return
    stage.run(QUEUE)
    stage.child_that_takes(SEND, f"{window}:kill").wait_until_dead()
    leases = unsent().filter(leased_until__gt=clock.now()).values("leased_until").distinct()
    stage.until(lambda: leases.count() == 1, "another sender goes on", seconds=300)
    of_the_dead = unsent().filter(leased_until=leases.get()["leased_until"])
    of_the_dead.update(leased_until=clock.now())


def stop_and_resume(stage, letter: Letter) -> None:
    """Stop the letter, see that nobody gets it any more, and resume it."""
    letters.stop_letter(letter, by=letter.written_by, at=clock.now())

    def is_at_rest() -> bool:
        stage.run(QUEUE)  # postpones what a sender gave back
        return not unsent().filter(send_at__lte=clock.now()).exists()

    stage.until(is_at_rest, "a sender goes on", seconds=300)
    before = sent()
    stage.run(SEND, QUEUE)
    assert sent() == before < letter.counted
    letters.resume_letter(letter, by=letter.written_by, at=clock.now())


def assert_each_has_it_once(office, letter: Letter, doubled: int) -> None:
    letter.refresh_from_db()
    assert letter.state == "sent"
    assert not letter.recipients.filter(queued_at=None).exists()
    rows = Notice.objects.filter(kind=letters.LETTER.kind)
    assert Counter(rows.values_list("state", flat=True)) == {"sent": letter.counted}
    assert rows.values("trainer").distinct().count() == letter.counted
    copies = office.accepted
    assert set(copies) == set(rows.values_list("message_id", flat=True)), "nobody is left out"
    assert sum(copies.values()) - letter.counted == doubled
    assert max(copies.values()) == 1 + doubled
    assert wrong() == []


def drained(stage, office, letter: Letter, window: str) -> None:
    go_on(stage, letter.counted // 3)
    kill_one(stage, window)
    go_on(stage, letter.counted // 2)
    stop_and_resume(stage, letter)
    go_on(stage, letter.counted)
    stage.run(QUEUE)
    assert_each_has_it_once(office, letter, DOUBLED[window])


@pytest.mark.parametrize("window", ["letter.queued", "sender.accepted"])
def test_a_letter_to_1000_people_reaches_each_once_although_a_worker_is_killed(
    stage, office, approve, window
):
    drained(stage, office, approve(FEW), window)


@pytest.mark.slow
@pytest.mark.parametrize("window", DOUBLED)
def test_a_letter_to_20000_people_reaches_each_once_although_a_worker_is_killed(
    stage, office, approve, window
):
    drained(stage, office, approve(MANY), window)
