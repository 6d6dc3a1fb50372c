"""Which changes of a name need no proof: how many are left in a cycle, and from which name they are measured (Q28)."""

from datetime import datetime

from core import clock
from core.clock import moment_on
from core.models import HistoryEntry
from trainers.lookups import credential_of
from trainers.models import Trainer
from trainers.services.accounts import RENAMED


def free_changes_left(trainer: Trainer, *, at: datetime) -> int | None:
    """Return how many more times the trainer may respell the name in the cycle of `at`; None
    without a certification, because the name is then on no certificate. Changes by others do not
    count, such as a registrar's or an approved request.
    """
    credential = credential_of(trainer)
    if credential is None:
        return None
    policy = credential.policy
    today = clock.date_of(at, policy.time_zone)
    begun = credential.cycles.filter(starts_on__lte=today).order_by("-starts_on").first()
    own = HistoryEntry.objects.filter(trainer=trainer, by=trainer, verb=RENAMED)
    if begun:
        own = own.filter(at__gte=moment_on(begun.starts_on, 0, policy.time_zone))
    return max(0, policy.version_on(today).free_name_changes - own.count())


def name_on_record(trainer: Trainer) -> str:
    """Return the name that staff, a roster or an approved request set last, whatever the trainer
    has respelled since.

    Free changes are measured from this name, so that several small ones never add up to another
    name.
    """
    name = trainer.name
    for entry in HistoryEntry.objects.filter(trainer=trainer, verb=RENAMED).order_by("-pk").iterator():
        if entry.by_id != trainer.pk:
            break
        name = entry.detail["name"][0]
    return name
