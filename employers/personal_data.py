"""What employers' people and trainers' consents hold about people."""

from collections.abc import Iterator
from datetime import datetime

from core.personal_data import CODE, NUMBER, OpenThing, PersonalTable
from employers.models import EmployerPerson
from employers.services.consenting import end_consents_of
from employers.services.listing import clear_listings, withdraw_listing
from employers.services.showing import stop_widgets_of
from trainers.models import Trainer


def open_things(person: Trainer) -> Iterator[OpenThing]:
    """Yield a person's role at an employer, which staff end."""
    if EmployerPerson.objects.open().filter(person=person).exists():
        yield OpenThing(
            "You see the team of an employer. Ask us to end that first.",
            "They see the team of an employer.",
        )


def prepare_erasure(person: Trainer, *, by: Trainer | None, at: datetime) -> None:
    """End the consents of a person whose data is about to be erased, and show them nowhere any more."""
    end_consents_of(person, by=by, at=at)
    stop_widgets_of(person, by=by, at=at)
    withdraw_listing(person, by=by, at=at)
    clear_listings(person)


TABLES = [
    PersonalTable("employers.Employer", keeps={"state": CODE, "name": "an employer is no person"}),
    PersonalTable("employers.EmployerPerson", "person", keeps={"state": CODE}),
    PersonalTable(
        "employers.ApiKey",
        keeps={
            **dict.fromkeys(("prefix", "sha256"), NUMBER),
            "scopes": CODE,
            "name": "where an employer's program runs",
        },
    ),
    PersonalTable("employers.Consent", "trainer", keeps={"state": CODE}),
    PersonalTable(
        "employers.Listing", "trainer", empties={"city": "", "city_key": ""}, keeps={"state": CODE}
    ),
    PersonalTable("employers.Widget", "credential__trainer", keeps={"state": CODE, "code": NUMBER}),
]
