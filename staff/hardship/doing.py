"""The links on the page of a person to extending a last day and waiving a fee."""

from collections.abc import Iterator

from django.urls import reverse

from hardship.checks import PROPOSE, WAIVE
from staff.actions import ActionLink
from staff.trainers.doing import TIME_AND_MONEY, Person, person_actions


@person_actions(TIME_AND_MONEY, 10)
def _extend_or_waive(person: Person) -> Iterator[ActionLink]:
    pages = {"extend": ("Extend a last day…", PROPOSE), "waive": ("Waive a fee…", WAIVE)}
    for name, (label, permission) in pages.items():
        if person.credential and not person.erased and person.may(permission):
            yield ActionLink(label, reverse(f"admin:trainers_trainer_{name}", args=[person.trainer.pk]))
