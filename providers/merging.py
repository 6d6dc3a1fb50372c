"""What becomes of roles at providers and of reported completions when two accounts become one."""

from collections.abc import Iterator
from datetime import datetime

from core.merging import MergedTable
from providers.models import ProviderPerson
from trainers.models import Trainer

TABLES = [
    MergedTable(
        "providers.ProviderPerson",
        "role at a provider",
        "roles at providers",
        moves=("person",),
        stays=("invited_by",),
    ),
    MergedTable("providers.ApiKey", stays=("made_by", "revoked_by")),
    MergedTable("providers.IssuerKey", stays=("added_by", "ended_by")),
    MergedTable("providers.Batch", stays=("sent_by",)),
    MergedTable("providers.CourseRequest", stays=("requested_by", "decided_by")),
    MergedTable("providers.Decision", stays=("by",)),
    MergedTable("providers.Completion", path="credential__trainer"),
]


def find_conflicts(going: Trainer, staying: Trainer, at: datetime) -> Iterator[str]:
    """Yield a sentence for an account that reports for a provider: it cannot be merged."""
    if ProviderPerson.objects.open().filter(person__in=[going, staying]).exists():
        yield "One of the accounts reports for a provider. End that role first."
