"""What the demo's trainers have completed: courses spread over the cycle, a card, and the files
that prove them.
"""

from datetime import date, timedelta

from ceus.cards import card_category
from ceus.models import Course
from ceus.services.logging import log_card, log_course
from core.policy_words import amount_in_words
from demo import evidence
from demo.described import keep_cards
from demo.fitting import choose_courses, fitting_amount, is_written_for, share_of
from demo.stage import Stage
from rules.cycle import add_years
from trainers.models import Cycle, Trainer

CARD_YEARS = 2
NEXT_DAY = timedelta(days=1)


class Learning:
    """Assigns courses to people, so that nobody completes one twice and no two people complete the
    same ones.
    """

    def __init__(self, stage: Stage, courses: list[Course]) -> None:
        self.stage = stage
        self.by_worth: dict[int, list[Course]] = {}
        for course in courses:
            self.by_worth.setdefault(course.hundredths, []).append(course)
        self.given: dict[int, int] = {}
        self.courses, self.turn = courses, 0

    def study(
        self, trainer: Trainer, cycle: Cycle, amounts: tuple[str, ...], *, through: date, proven: bool = True
    ) -> None:
        """Log a completed course for each amount, spread evenly from the first day of the
        cycle through `through`. Without `proven` the courses have no certificate.
        """
        last_on = min(through, self.stage.today, cycle.completion_deadline)
        courses = self._courses_of(cycle, amounts)
        span = (last_on - cycle.starts_on) / (len(courses) + 1)
        for place, course in enumerate(courses, start=1):
            self._log(trainer, cycle, course, cycle.starts_on + span * place, proven=proven)

    def _courses_of(self, cycle: Cycle, amounts: tuple[str, ...]) -> list[Course]:
        """Return a course for each amount; under another policy than the demo's own, courses that
        give the same share of its cycle.
        """
        policy = self.stage.policy
        if is_written_for(policy):
            return [self._next_course(fitting_amount(policy, amount)) for amount in amounts]
        self.turn += len(amounts)
        version = policy.version_on(cycle.starts_on)
        return choose_courses(self.courses, version, share_of(amounts), turn=self.turn)

    def renew_card(self, trainer: Trainer, cycle: Cycle, valid_through: date) -> None:
        """Log a card whose last valid day is `valid_through`, when the policy asks for one, and keep
        those that its rules ask for besides.
        """
        keep_cards(self.stage, trainer, cycle, valid_through)
        card = card_category(cycle.credential, cycle.starts_on)
        if card is None:
            return
        completed_on = min(max(add_years(valid_through, -CARD_YEARS), cycle.starts_on), self.stage.today)
        at = self.stage.moment(completed_on + NEXT_DAY)
        front, back = (
            evidence.card_side(trainer, card.label, side, valid_through, at=at) for side in ("front", "back")
        )
        log_card(
            cycle.credential,
            completed_on=completed_on,
            valid_through=valid_through,
            front=front,
            back=back,
            by=trainer,
            at=at,
            today=self.stage.today,
        )

    def _log(
        self, trainer: Trainer, cycle: Cycle, course: Course, completed_on: date, *, proven: bool
    ) -> None:
        at = self.stage.moment(completed_on + NEXT_DAY)
        proof = None
        if proven:
            worth = amount_in_words(course.hundredths)
            proof = evidence.certificate_pdf(
                trainer, course.title, course.provider.name, worth, completed_on, at=at
            )
        log_course(
            cycle.credential,
            course=course,
            completed_on=completed_on,
            certificate=proof,
            by=trainer,
            at=at,
            today=self.stage.today,
        )

    def _next_course(self, hundredths: int) -> Course:
        courses = self.by_worth[hundredths]
        turn = self.given.get(hundredths, 0)
        self.given[hundredths] = turn + 1
        return courses[turn % len(courses)]
