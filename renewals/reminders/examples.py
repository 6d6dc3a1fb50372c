"""An example of every reminder, in each situation in which its words differ: short of CEUs,
complete, without a valid card, waiting for a petition, and with a time zone other than the
policy's.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ceus.standing import with_hoped
from core.policy_words import card_of, course_categories, fill_policy_words, in_policy_words
from outbox.examples import show_example
from petitions.examples import example_petition
from petitions.standing import facts_if_approved
from renewals.notice_codes import CARD, REMINDER
from renewals.pages.snapshot import Snapshot
from renewals.reminders.letters import card_letter, renewal_letter
from renewals.reminders.notices import reminder_context
from rules.days import CyclePeriod, add_months
from rules.facts import Facts, RecordFact
from rules.reminders import Mark, last_day_marks, renewal_marks
from rules.standing import assess
from trainers.examples import AWAY, PHOENIX, example_cycle
from trainers.models import Cycle

FAR = date(2027, 9, 30)  # a card that is valid on every day on which Jordan could renew
CARD_ENDED = date(2025, 6, 20)
ANCHORS = {
    "S": "the first day of the cycle",
    "E": "the expiration date",
    "W": "the first day to renew",
    "L": "the last day to renew at all",
    "C": "the last day of the card",
}


@dataclass(frozen=True)
class Person:
    """The example trainer's records: the percentage of the required CEUs that courses give, a
    card's last valid day, a petition for what is missing, and a time zone.
    """

    courses: int
    card_through: date | None
    petition: bool = False
    time_zone: str = PHOENIX


PEOPLE = {
    "incomplete": Person(75, FAR),
    "complete": Person(95, FAR),
    "card": Person(95, CARD_ENDED),
    "petition": Person(75, FAR, petition=True),
    "other-zone": Person(95, FAR, time_zone=AWAY),
}


def example_snapshot(person: Person, today: date) -> Snapshot:
    """Return the snapshot of `person` on `today`."""
    cycle = example_cycle(person.time_zone)
    credential = cycle.credential
    records = tuple(_records(person, cycle))
    facts = Facts(cycle.expires_on, cycle.starts_on, credential.awarded_on, records=records)
    petitions = (example_petition(cycle, answer_due_on=_answered(today)),) if person.petition else ()
    snapshot = Snapshot(
        today=today,
        own_zone=person.time_zone,
        credential=credential,
        cycle=cycle,
        facts=facts,
        standing=assess(facts, today, credential.policy),
        petitions=petitions,
    )
    if not petitions:
        return snapshot
    return replace(
        snapshot, hoped=assess(with_hoped(facts, facts_if_approved(petitions)), today, credential.policy)
    )


def _records(person: Person, cycle: Cycle) -> Iterator[RecordFact]:
    """Yield a record for each category of courses, and one for the card when the policy asks for it."""
    version = cycle.policy.version_on(cycle.starts_on)
    card, done_on = card_of(version), cycle.starts_on + timedelta(days=63)
    courses = version.total * person.courses // 100
    for number, category in enumerate(course_categories(version), start=1):
        amount = courses if category.maximum is None else min(courses, category.maximum)
        courses -= amount
        if amount:
            yield RecordFact(str(number), category.code, amount, cycle.starts_on + timedelta(days=243))
    if card and person.card_through:
        yield RecordFact("99", card.code, card.minimum, done_on, valid_through=person.card_through)


def _answered(today: date) -> date:
    """Return the first day of the month after next: the 10 business days in which we promise to
    answer end before it.
    """
    return add_months(today.replace(day=1), 2)


def _reminder(person: Person, mark: Mark) -> Callable[[], Mapping[str, object]]:
    def written() -> Mapping[str, object]:
        snapshot = example_snapshot(person, mark.on)
        return reminder_context(snapshot, renewal_letter(snapshot))

    return written


def _people_for(mark: Mark) -> dict[str, Person]:
    """Return the example trainers whose reminders differ in their words, by the name of the example."""
    below = mark.reminder.below
    if below is not None:
        return {"incomplete": Person(25, FAR), "other-zone": Person(25, FAR, time_zone=AWAY)}
    if mark.on > example_cycle().last_day_to_apply:
        return {"incomplete": PEOPLE["incomplete"]}
    return PEOPLE


def _sent(mark: Mark) -> str:
    return "9 to 11 am; later that day at once" if mark.reminder.at_once else "9 to 11 am"


def _show_calendar() -> None:
    cycle = example_cycle()
    period = CyclePeriod(cycle.starts_on, cycle.expires_on)
    for mark in renewal_marks(cycle.policy, period):
        for state, person in _people_for(mark).items():
            show_example(
                REMINDER,
                f"{mark.code}-{state}".replace("_", "-"),
                _reminder(person, mark),
                name=NAMES[state],
                trigger=_words_of_mark(mark),
                sent=_sent(mark),
                urgency=mark.reminder.urgency,
            )


def _words_of_mark(mark: Mark) -> str:
    """Return when the calendar sends a reminder, in words such as "30 days before the expiration date"."""
    words = mark.reminder.offset.words(ANCHORS)
    few = mark.reminder.below is not None
    with_few = fill_policy_words(", with few {units}")
    return f"{words[0].upper()}{words[1:]}{with_few if few else ''}"


def _card(person: Person, mark: Mark, through: date) -> Callable[[], Mapping[str, object]]:
    def written() -> Mapping[str, object]:
        snapshot = example_snapshot(replace(person, card_through=through), mark.on)
        return reminder_context(snapshot, card_letter(snapshot, through))

    return written


NAMES = {
    "incomplete": in_policy_words("{units} missing"),
    "complete": "Complete",
    "card": "Only the card missing",
    "petition": "Waits for a petition",
    "other-zone": "On New York time",
    "before-opening": "Before renewal opens",
    "late": "After it expired",
}
CARDS = {
    "before-opening": (PEOPLE["complete"], date(2025, 12, 15)),
    "incomplete": (PEOPLE["incomplete"], date(2026, 5, 15)),
    "complete": (PEOPLE["complete"], date(2026, 5, 15)),
    "late": (PEOPLE["complete"], date(2026, 9, 10)),
    "other-zone": (PEOPLE["other-zone"], date(2026, 5, 15)),
}


def _show_cards() -> None:
    policy = example_cycle().credential.policy
    for state, (person, through) in CARDS.items():
        for mark in last_day_marks(policy, "card", through):
            show_example(
                CARD,
                f"{mark.code}-{state}".replace("_", "-"),
                _card(person, mark, through),
                name=NAMES[state],
                trigger=_words_of_mark(mark),
                sent=_sent(mark),
                urgency=mark.reminder.urgency,
            )


_show_calendar()
_show_cards()
