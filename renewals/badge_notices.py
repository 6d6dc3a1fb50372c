"""The mail to holders of badges once a key that may have signed their files is trusted no more."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from badges.models import SigningKey
from core import clock
from outbox.notices import Batch, register_kind_of_rows, subject_pks
from renewals.models import Badge
from renewals.notice_codes import BADGE_KEY
from renewals.status import certifications_of
from trainers.models import Credential, Cycle


def badge_key_context(key: SigningKey) -> dict[str, object]:
    """Return what the mail about a key that is trusted no more needs."""
    return {
        "until": clock.date_of(key.retired_at or clock.now(), settings.TIME_ZONE),
        "link": reverse("renewals:certificate"),
        "link_label": "Download your badge",
    }


def _keys(batch: Batch) -> dict[int, SigningKey]:
    """Return the key that each notice is about, as long as its reader has a badge to download."""
    keys = SigningKey.objects.in_bulk(set(subject_pks(batch).values()))
    badges = Badge.objects.filter(
        credential__trainer__in=[notice.trainer_id for notice in batch],
        credential__state=Credential.State.IN_FORCE,
    )
    made = dict(badges.values_list("credential", "made_at"))
    cycles = list(Cycle.objects.current().filter(credential__in=made).select_related("credential__trainer"))
    found = certifications_of(cycles, clock.now())
    earliest: dict[int, datetime] = {}
    for one in cycles:
        if found[one.pk].certified:
            who, at = one.credential.trainer_id, made[one.credential_id]
            earliest[who] = min(at, earliest.get(who, at))
    about = ((notice, keys[subject_pks([notice])[notice.pk]]) for notice in batch)
    return {
        notice.pk: key
        for notice, key in about
        if notice.trainer_id in earliest and key.retired_at and earliest[notice.trainer_id] <= key.retired_at
    }


register_kind_of_rows(
    kind=BADGE_KEY,
    label="A badge is to be downloaded again",
    template="badge_key",
    rows=_keys,
    context=badge_key_context,
)
