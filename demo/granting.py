"""What staff granted and corrected for people of the demo: more time (Q34), waived fees (Q35), a
record that was wrong.
"""

from datetime import timedelta

from ceus.models import CeuRecord
from ceus.services.correcting import Corrected, correct_record
from demo import stories
from demo.fitting import half_of_first_fee
from demo.person import Person
from demo.stage import Stage
from hardship.grants import ReliefGrant
from hardship.models import Relief
from hardship.services.asking import ask_for_relief
from hardship.services.deciding import grant_relief
from payments.models import Charge
from renewals.models import Application
from trainers.models import Cycle, Trainer

What, Kind = Relief.What, Relief.Kind
TWO_HOURS = timedelta(hours=2)


def extend_courses(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    """Give somebody who was ill until the 120th day after the expiration date to complete courses."""
    grant = ReliefGrant(What.COMPLETION, Kind.ILLNESS, through=cycle.expires_on + timedelta(days=120))
    _grant(stage, cycle, "lead", grant, "Get well. Your courses count through that day.", day=-4)


def ask_for_time(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    """Ask for more time to apply, which a lead has yet to look at."""
    ask_for_relief(
        cycle,
        by=trainer,
        at=stage.moment(-1),
        what=What.APPLICATION,
        kind=Kind.MILITARY,
        why="I am deployed from next week, and back in about a year and a half.",
        through=cycle.last_day_to_apply + timedelta(days=60),
    )


def waive_before(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    """Waive a part of the price for somebody who has yet to apply."""
    code, cents = half_of_first_fee(stage, 4000)
    grant = ReliefGrant(What.FEE, Kind.DISASTER, fee_code=code, amount_cents=cents)
    _grant(stage, cycle, "finance", grant, "We are sorry about your house.", day=-6)


def waive_unpaid(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    """Waive a part of what is not yet paid: less is left to pay."""
    application = stories.submit_renewal(stage, trainer, cycle, -2)
    grant = _of_charge(stage, application, Kind.ILLNESS, 3000)
    less = stage.policy.money(grant.amount_cents or 0)
    _grant(stage, cycle, "finance", grant, f"We wish you well. You pay {less} less.", day=-1)


def waive_paid(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    """Waive a part of a fee that was paid, so that it is refunded."""
    application = stories.submit_renewal(stage, trainer, cycle, -3)
    stories.pay_renewal(stage, application, -3)
    grant = _of_charge(stage, application, Kind.MILITARY, 4000)
    _grant(stage, cycle, "lead", grant, "Thank you for your orders. A part of your fee goes back.", day=-2)
    stage.bank.return_money(_owed(application), at=stage.moment(-2, TWO_HOURS))


def correct_course(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    """Correct the day of a course that was logged wrongly."""
    records = CeuRecord.objects.filter(credential=cycle.credential, claimed_for=None)
    record = records.exclude(course=None).order_by("-completed_on", "-pk")[0]
    facts = Corrected(record.completed_on - timedelta(days=7), record.hundredths, record.course)
    correct_record(
        record,
        facts=facts,
        by=stage.staff["registrar"],
        at=stage.moment(-1),
        today=stage.day(-1),
        reason="The certificate names the week before.",
    )


def _grant(stage: Stage, cycle: Cycle, who: str, grant: ReliefGrant, words: str, *, day: int) -> None:
    note = "They sent a letter, and I have seen it."
    grant_relief(
        cycle, by=stage.staff[who], at=stage.moment(day, TWO_HOURS), grant=grant, words=words, note=note
    )


def _of_charge(stage: Stage, application: Application, kind: str, cents: int) -> ReliefGrant:
    charge = _owed(application)
    code, cents = half_of_first_fee(stage, cents)
    return ReliefGrant(What.FEE, kind, fee_code=code, amount_cents=cents, charge_id=charge.pk)


def _owed(application: Application) -> Charge:
    assert application.charge  # noqa: S101 - it was submitted
    return application.charge


PEOPLE = (
    Person(
        "maya",
        "Maya Lindqvist",
        "11934490",
        120,
        ("0.6", "0.5", "0.4"),
        story=waive_before,
        shows="{usual} {units} to go; a part of the price is waived",
    ),
)
