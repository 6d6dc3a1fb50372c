"""Rows about erasures and files of own data for the stage of the guards."""

from types import SimpleNamespace

from core.models import Erasure
from tests.factories import TrainerFactory
from tests.guards.stage_audits import AT
from trainers.models import DataFile


def add_erasures(stage: SimpleNamespace) -> None:
    """Add an erasure that waits, one that was dropped, an erased account, and a file of own data."""
    asked = {"trainer": stage.jordan, "numbers": ["11934482"], "asked_by": stage.lead, "asked_at": AT}
    stage.erasure = Erasure.objects.create(**asked)
    stage.dropped = Erasure.objects.create(**asked, state="dropped", ended_at=AT)
    stage.nobody = TrainerFactory(is_active=False)
    Erasure.objects.create(trainer=stage.nobody, asked_at=AT, state="erased", confirmed_at=AT, ended_at=AT)
    stage.data_file = DataFile.objects.create(trainer=stage.jordan, asked_at=AT)
