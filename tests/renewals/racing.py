"""The functions that racing processes call on a renewal (see `tests/race.py`)."""

import random
from pathlib import Path

from renewals import services
from renewals.models import Application
from renewals.services import plan_cycle_reminders
from rules.policy.load import use_policies_in
from tests.renewals import decided, scenes, together
from trainers.models import Cycle, Trainer

DAY = "2027-03-02"


def submit(email: str) -> str:
    application = scenes.submit(Trainer.objects.get(email=email), DAY)
    return f"{application.pk} {application.state}"


def submit_both(folder: str, first: str, second: str) -> str:
    """Send one application for both certifications of somebody, under the policies of a folder; in half of
    the processes the one that ends later alone.
    """
    use_policies_in(Path(folder))
    cycle = Cycle.objects.get(credential__number=first)
    if random.random() < 0.5:
        together.submitted(cycle, second)
        return "together"
    together.submitted(Cycle.objects.get(credential__number=second))
    return "alone"


def complete(pk: str) -> str:
    return services.advance_application(Application.objects.get(pk=pk), at=scenes.moment(DAY)).state


def complete_or_withdraw(pk: str) -> str:
    application = Application.objects.get(pk=pk)
    if random.random() < 0.5:
        return complete(pk)
    return services.withdraw_application(application, by=application.trainer, at=scenes.moment(DAY)).state


def lapse_or_submit(email: str) -> str:
    """The sweep and the trainer's new beginning, eight days after an unpaid one."""
    trainer = Trainer.objects.get(email=email)
    first = Application.objects.get(trainer=trainer, received_on=DAY)
    if random.random() < 0.5:
        return services.lapse_application(first, at=scenes.moment("2027-03-10")).state
    return scenes.submit(trainer, "2027-03-10").state


def approve(pk: str, email: str) -> str:
    reviewer = Trainer.objects.get(email=email)
    return decided.approve_application(
        Application.objects.get(pk=pk), by=reviewer, at=scenes.moment(DAY)
    ).state


def plan(day: str) -> str:
    """Run the sweep of reminders five minutes after midnight on `day`."""
    return str(plan_cycle_reminders(scenes.moment(f"{day} 00:05")))


def plan_or_submit(day: str, email: str) -> str:
    """Run the sweep of reminders in half of the processes; submit the renewal in the others."""
    if random.random() < 0.5:
        plan(day)
        return "planned"
    return scenes.submit(Trainer.objects.get(email=email), day).state
