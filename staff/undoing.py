"""The bar at the top of the next page after a decision: what was decided, when its mail is sent,
and Undo.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from cases.locking import credential_of_case
from cases.protocols import DecidedCase
from core import clock
from core.deadlines import clock_time
from rules.units import count_of
from staff.actions import DECIDED_AT, staff_user
from staff.decisions import DecisionRoom
from trainers.models import Trainer

LATELY = timedelta(hours=1)


@dataclass(frozen=True)
class UndoBar:
    """The newest decision that this person can still undo; `more` is the number of their other ones."""

    what: str
    url: str
    effective_at: datetime
    goes_at: str  # the same as a time of day, in the policy's zone
    seconds: int  # seconds that are left
    whole: int  # seconds between the decision and its effect
    more: int
    list_url: str

    @property
    def left(self) -> str:
        """Return the time left to undo it, such as "in 9 minutes"."""
        minutes = -(-self.seconds // 60)
        return f"in {count_of(minutes, 'minute')}" if minutes > 1 else "in less than a minute"


def undo_bar(room: DecisionRoom, person: Trainer) -> UndoBar | None:
    """Return the bar for `person` in this room; None when they have nothing to undo. One query or
    two.
    """
    now = clock.now()
    mine = room.decisions._default_manager.pending().filter(by=person, effective_at__gt=now)  # type: ignore[attr-defined]  # each room has its own model
    case = room.decisions._meta.get_field(room.decisions.CASE).related_model
    parts = (room.decisions.CASE, case.CREDENTIAL, "trainer" if case.CREDENTIAL else "provider")  # type: ignore[union-attr]  # a model of case
    way = "__".join(filter(None, parts))
    found = list(mine.order_by("-decided_at", "-pk").select_related(way))
    if not found:
        return None
    newest = found[0]
    return UndoBar(
        what=room.told(newest),
        url=reverse(room.undo, args=[newest.pk]),
        effective_at=newest.effective_at,
        goes_at=clock_time(newest.effective_at, _zone_of(newest.case)),
        seconds=int((newest.effective_at - now).total_seconds()),
        whole=int((newest.effective_at - newest.decided_at).total_seconds()),
        more=len(found) - 1,
        list_url=f"{reverse(room.undo.replace('_undo', '_changelist'))}?state__exact=pending",
    )


def _zone_of(case: DecidedCase) -> str:
    """Return the zone of the case's policy; the portal's for a case of a provider."""
    return credential_of_case(case).policy.time_zone if case.CREDENTIAL else settings.TIME_ZONE


def undo_bar_of_queue(request: HttpRequest, room: DecisionRoom) -> UndoBar | None:
    """Return the bar above a queue. The query is made only for a browser in which somebody decided
    lately.
    """
    decided_at = request.session.get(DECIDED_AT)
    if decided_at is None or datetime.fromisoformat(decided_at) < clock.now() - LATELY:
        return None
    return undo_bar(room, staff_user(request))
