"""Two accounts of one person, and how two leads make them one."""

from django.apps import apps

from cases.merging_accounts import agree_to_merge, propose_merge
from cases.models import Proposal
from core import clock
from core.merging import merged_tables
from core.models import Merge
from tests.cast import colleague
from tests.factories import TrainerFactory, trainer_with_credential
from trainers.models import Trainer

WHY = "They wrote from both addresses."


def second_account(**fields) -> Trainer:
    """An account without a certification, as somebody gets who signs in with another address."""
    return TrainerFactory(**{"email": "jordan@new.example.org", "name": "Jordan Rivera-Cole", **fields})


def older_account() -> Trainer:
    """An account that an old roster imported: its certification can no longer be renewed."""
    return trainer_with_credential(
        email="jordan@old.example.org",
        name="Jordan Ríos",
        number="10000007",
        awarded_on="2016-05-31",
        expires_on="2020-05-31",
    )


def proposed(going: Trainer, staying: Trainer) -> Proposal:
    return propose_merge(going, staying, by=colleague("lead"), at=clock.now(), reason=WHY)


def merged(going: Trainer, staying: Trainer) -> Merge:
    agree_to_merge(proposed(going, staying), by=colleague("second_lead"), at=clock.now())
    going.refresh_from_db()
    staying.refresh_from_db()
    return Merge.objects.get(going=going)


def rows_in_all() -> dict[str, int]:
    """How many rows each table of the database has."""
    models = apps.get_models(include_auto_created=True)
    return {one._meta.label: one._base_manager.count() for one in models}


def rows_of(person: Trainer) -> dict[str, int]:
    """How many rows of each table are about a person; tables without any are left out."""
    counts = {label: table.about(person).count() for label, table in merged_tables().items() if table.way}
    return {label: number for label, number in counts.items() if number}
