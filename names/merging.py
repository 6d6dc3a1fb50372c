"""What becomes of requests for another name when two accounts become one."""

from collections.abc import Iterator
from datetime import datetime

from core.merging import MergedTable
from names.models import NameRequest
from trainers.models import Trainer

TABLES = [
    MergedTable(
        "names.NameRequest",
        "request for another name",
        "requests for another name",
        moves=("trainer",),
        stays=("decided_by",),
    )
]


def find_conflicts(going: Trainer, staying: Trainer, at: datetime) -> Iterator[str]:
    """Yield a sentence when both accounts ask for another name: an account has one such request at a time."""
    if all(NameRequest.objects.owned_by(one).open().exists() for one in (going, staying)):
        yield "Both accounts ask for another name. Decide about one of the two requests first."
