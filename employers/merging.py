"""What becomes of roles at employers and of consents when two accounts become one."""

from collections.abc import Iterator
from datetime import datetime

from core.merging import MergedTable
from employers.models import EmployerPerson, Listing
from employers.services.consenting import end_consents_of
from employers.services.listing import withdraw_listing
from trainers.models import Trainer

TABLES = [
    MergedTable(
        "employers.EmployerPerson",
        "role at an employer",
        "roles at employers",
        moves=("person",),
        stays=("invited_by",),
    ),
    MergedTable("employers.ApiKey", stays=("made_by", "revoked_by")),
    MergedTable("employers.Consent", "consent to an employer", "consents to employers", moves=("trainer",)),
    MergedTable(
        "employers.Listing", "entry in the directory", "entries in the directory", moves=("trainer",)
    ),
    MergedTable("employers.Widget", path="credential__trainer"),
]


def find_conflicts(going: Trainer, staying: Trainer, at: datetime) -> Iterator[str]:
    """Yield a sentence for an account that sees the team of an employer: it cannot be merged."""
    if EmployerPerson.objects.open().filter(person__in=[going, staying]).exists():
        yield "One of the accounts sees the team of an employer. End that role first."


def prepare_rows(going: Trainer, staying: Trainer, *, by: Trainer, at: datetime) -> None:
    """End the consents that both accounts gave to the same employer; that of the account that stays
    goes on. So does its entry in the directory, unless staff took off that of the other account.
    """
    end_consents_of(going, by=by, at=at, to_others_of=staying)
    if Listing.objects.taken_off().filter(trainer__in=[going, staying]).exists():
        for account in (going, staying):
            withdraw_listing(account, by=by, at=at)
    if Listing.objects.listed().filter(trainer=staying).exists():
        withdraw_listing(going, by=by, at=at)
