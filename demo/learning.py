"""What the demo's trainers have completed: courses spread over the cycle, a card, and the files
that prove them.
"""

from datetime import date, timedelta

from ceus.models import Course
from ceus.services.logging import log_card, log_course
from demo import evidence
from demo.stage import Stage
from rules.cycle import add_years
from rules.units import format_hundredths, parse_ceus
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

    def study(
        self, trainer: Trainer, cycle: Cycle, amounts: tuple[str, ...], *, through: date, proven: bool = True
    ) -> None:
        """Log a completed course for each amount (in CEUs), spread evenly from the first day of the
        cycle through `through`. Without `proven` the courses have no certificate.
        """
        last_on = min(through, self.stage.today, cycle.completion_deadline)
        span = (last_on - cycle.starts_on) / (len(amounts) + 1)
        for place, amount in enumerate(amounts, start=1):
            completed_on = cycle.starts_on + span * place
            self._log(trainer, cycle, self._next_course(parse_ceus(amount)), completed_on, proven=proven)

    def renew_card(self, trainer: Trainer, cycle: Cycle, valid_through: date) -> None:
        """Log a CPR and AED card whose last valid day is `valid_through`."""
        completed_on = min(max(add_years(valid_through, -CARD_YEARS), cycle.starts_on), self.stage.today)
        at = self.stage.moment(completed_on + NEXT_DAY)
        front, back = (evidence.card_side(trainer, side, valid_through, at=at) for side in ("front", "back"))
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
            ceus = format_hundredths(course.hundredths)
            proof = evidence.certificate_pdf(
                trainer, course.title, course.provider.name, ceus, completed_on, at=at
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
