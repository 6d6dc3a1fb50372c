"""The scheduled tasks of accounts: confirmed erasures, download files, uploaded rosters."""

import logging
from datetime import timedelta
from itertools import islice

from celery import shared_task
from django.template.loader import render_to_string

from core import clock
from core.merging import rows_left
from core.models import Erasure, Merge
from core.my_data import sections_about
from core.personal_data import open_things
from core.retention import kinds_of_retention, let_old_go
from core.sweeps import sweep_rows
from outbox.heartbeat import record_part
from trainers.models import DataFile, Roster, Trainer
from trainers.retention import SWEEP
from trainers.services.erasing import empty_what_came_late, erase_trainer, erasures_due
from trainers.services.merging import move_late_rows
from trainers.services.own_data import build_data_file
from trainers.services.rosters import advance_roster
from trainers.services.searching import index_what_is_behind
from trainers.services.windows import realign_stored_windows

AT_ONCE = 5
NAMES_AT_ONCE = 20_000
CAME_LATE = timedelta(days=60)  # a mail that came back, a message of the payment provider
JUST_MERGED = timedelta(days=1)
log = logging.getLogger(__name__)


@shared_task
def finish_erasures() -> int:
    """Carry out the confirmed erasures whose last mail was sent or failed, or has waited for a
    day. Those for which something is open again, such as a dispute, keep no other from its turn.
    """
    now = clock.now()
    possible = (one for one in erasures_due(now) if not open_things(one.trainer))
    return sweep_rows(islice(possible, AT_ONCE), lambda erasure: erase_trainer(erasure, at=now))


@shared_task
def erase_what_came_late() -> int:
    """Empty personal data that was written about people after their erasure; return how many people."""
    now = clock.now()
    lately = Erasure.objects.filter(state=Erasure.State.ERASED, ended_at__gt=now - CAME_LATE).order_by("pk")
    return sweep_rows(lately, lambda erasure: empty_what_came_late(erasure, at=now))


@shared_task
def move_what_came_late() -> int:
    """Move what a request that had begun before a merge wrote for the closed account."""
    now = clock.now()
    lately = Merge.objects.filter(at__gt=now - JUST_MERGED).select_related("going", "staying").order_by("pk")
    behind = [merge for merge in lately if rows_left(merge)]
    return sweep_rows(behind, lambda merge: move_late_rows(merge, at=now), moved="pk")


@shared_task
def build_data_files() -> int:
    """Build the download files that people have asked for."""
    now = clock.now()
    waiting = DataFile.objects.to_build()[:AT_ONCE]
    return sweep_rows(waiting, lambda file: build_data_file(file, at=now, page=own_data_page), moved="size")


@shared_task
def advance_rosters() -> int:
    """Check and apply the rosters that were uploaded; return how many reached another state."""
    now = clock.now()
    waiting = Roster.objects.to_work_on(now)[:AT_ONCE]
    return sweep_rows(waiting, lambda roster: advance_roster(roster, at=now))


@shared_task
def realign_windows() -> int:
    """Move the stored windows of cycles to where a new version of the rules has them; return how
    many cycles moved.
    """
    return realign_stored_windows()


@shared_task
def index_names_behind() -> int:
    """Index the names that a roster wrote in SQL, so that staff find them."""
    return max(index_what_is_behind(most=NAMES_AT_ONCE), default=0)


@shared_task
def let_go_what_is_over() -> dict[str, int]:
    """Delete or empty what the policy keeps no longer; return how many rows of each kind. When this
    has failed for a day, staff see it.
    """
    now = clock.now()
    gone = let_old_go(now)
    if len(gone) == len(list(kinds_of_retention())):
        record_part(SWEEP, now)
    return gone


def own_data_page(trainer: Trainer) -> str:
    """Return the HTML page for the download file."""
    return render_to_string(
        "trainers/data_file.html",
        {"trainer": trainer, "sections": sections_about(trainer), "now": clock.now()},
    )
