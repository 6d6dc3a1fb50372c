"""The links on the page of a person to extending a last day and waiving a fee."""

from collections.abc import Iterator

from hardship.checks import PROPOSE, WAIVE
from staff.actions import ActionLink
from staff.trainers.acting import page_of_credential
from staff.trainers.doing import TIME_AND_MONEY, Person, person_actions


@person_actions(TIME_AND_MONEY, 10)
def _extend_or_waive(person: Person) -> Iterator[ActionLink]:
    pages = {"extend": ("Extend a last day…", PROPOSE), "waive": ("Waive a fee…", WAIVE)}
    allowed = {name: label for name, (label, permission) in pages.items() if person.may(permission)}
    for credential in () if person.erased else person.credentials:
        links = ((label, page_of_credential(name, credential)) for name, label in allowed.items())
        yield from person.links_of(credential, *links)
