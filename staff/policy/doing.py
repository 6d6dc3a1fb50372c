"""The link on the page of a person to the policy simulator with their own facts."""

from collections.abc import Iterator

from django.urls import reverse

from staff.actions import ActionLink
from staff.trainers.doing import TIME_AND_MONEY, Person, person_actions


@person_actions(TIME_AND_MONEY, 90)
def _ask_what_if(person: Person) -> Iterator[ActionLink]:
    if person.credential:
        yield ActionLink("Ask what if…", f"{reverse('admin:policy_try')}?person={person.trainer.pk}")
