"""What is removed after a while: the names that providers wrote beside numbers. They were compared when
the report came, and show for a year what was compared.
"""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from core.retention import Kind
from providers.models import Completion
from rules.policy.model import PolicyVersion

NAMES_KEPT_FOR = timedelta(days=365)


def _old_names(at: datetime, figures: PolicyVersion) -> "QuerySet[Completion]":
    old = Completion.objects.exclude(name="").filter(batch__sent_at__lt=at - NAMES_KEPT_FOR)
    return old.exclude(state=Completion.State.FOR_STAFF).order_by("pk")


def _empty_names(pks: list[int], at: datetime) -> None:
    Completion.objects.filter(pk__in=pks).update(name="")


KINDS = [Kind("Names that providers wrote", _old_names, _empty_names)]
