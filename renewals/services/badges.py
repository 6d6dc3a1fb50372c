"""Make the digital badge of a credential, and tell holders when a key is trusted no more."""

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from badges.models import SigningKey
from badges.services import ensure_key
from badges.signing import LIST_SIZE
from core.errors import Refusal, require_self
from core.history import record_history, subject_of
from outbox.models import Notice
from outbox.notices import queue_notices
from renewals.models import Badge
from renewals.notice_codes import BADGE_KEY
from renewals.status import certifications_of
from trainers.models import Credential, Cycle, Trainer

NOT_CERTIFIED = "There is no badge while the certification is not in force."
FULL = LIST_SIZE * 3 // 4  # badges in one list: a free place is then found after a few tries
TRIES = 100
TOLD_WITHIN = timedelta(days=30)  # of the day on which a key was distrusted; later no sweep asks
MOST_TOLD = 5000  # people in one sweep


def make_badge(credential: Credential, *, by: Trainer, at: datetime) -> Badge:
    """Make the badge of a trainer's own credential, or return the one that there is. Idempotent.

    Raises Refusal while the certification is not in force.
    """
    with transaction.atomic():
        credential = Credential.objects.select_for_update().get(pk=credential.pk)
        require_self(by, credential.trainer_id)
        if found := Badge.objects.filter(credential=credential).first():
            return found
        _require_certified(credential, at)
        ensure_key(at=at)
        badge = _store_badge(credential, at)
        record_history(badge, "made", trainer=credential.trainer, by=by, at=at)
        return badge


def tell_badge_holders(*, at: datetime) -> int:
    """Queue a mail to each holder whose badge was made before the retirement of a key that is distrusted
    now: that key may have signed their files. Return how many are new, at most MOST_TOLD. Idempotent.
    """
    told = 0
    for key in SigningKey.objects.filter(distrusted_at__gt=at - TOLD_WITHIN).order_by("pk"):
        subject = subject_of(key)
        known = Notice.objects.filter(kind=BADGE_KEY, subject=subject, trainer=OuterRef("trainer"))
        rows = Credential.objects.known().filter(state=Credential.State.IN_FORCE, trainer__is_active=True)
        holders = rows.filter(badge__made_at__lte=key.retired_at).filter(~Exists(known))
        people = list(holders.order_by("trainer").values_list("trainer", flat=True).distinct()[:MOST_TOLD])
        queue_notices(BADGE_KEY, subject=subject, trainers=people, send_at=at)
        told += len(people)
    return told


def _require_certified(credential: Credential, at: datetime) -> None:
    cycle = Cycle.objects.latest_of(credential)
    cycle.credential = credential
    if not certifications_of([cycle], at)[cycle.pk].certified:
        raise Refusal(NOT_CERTIFIED, code="not_certified")


def _store_badge(credential: Credential, at: datetime) -> Badge:
    """Store the badge at a random free place, which says nothing about when it was made."""
    number = Badge.objects.count() // FULL + 1
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return Badge.objects.create(
                    credential=credential,
                    list_number=number,
                    position=secrets.randbelow(LIST_SIZE),
                    made_at=at,
                )
        except IntegrityError:  # the place is taken
            continue
    raise RuntimeError(f"list {number} of badges has no free place")
