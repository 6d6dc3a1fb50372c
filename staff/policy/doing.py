"""The link on the page of a person to the policy simulator with their own facts."""

from collections.abc import Iterator

from django.urls import reverse

from staff.actions import ActionLink
from staff.trainers.doing import TIME_AND_MONEY, Person, person_actions


@person_actions(TIME_AND_MONEY, 90)
def _ask_what_if(person: Person) -> Iterator[ActionLink]:
    several = len(person.credentials) > 1
    for credential in person.credentials:
        asked = f"person={person.trainer.pk}" + (f"&certification={credential.number}" if several else "")
        page = f"{reverse('admin:policy_try')}?{asked}"
        yield from person.links_of(credential, ("Ask what if…", page))
