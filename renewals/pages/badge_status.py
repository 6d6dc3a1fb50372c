"""Which bits are set in the public lists that say whether a badge is still good: one list for what
was revoked, one for what is not in force for another reason.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Max, Q
from django.urls import reverse

from badges.signing import sign_list, signing_key
from core import clock
from core.links import full_address
from renewals.models import Application, Badge
from renewals.status import KEEPS_CERTIFIED, certification_by_dates, certifications_of
from trainers.given_statuses import ever_had_status
from trainers.models import Credential, Cycle

REVOCATION, SUSPENSION = "revocation", "suspension"
PURPOSES = (REVOCATION, SUSPENSION)
REVOKED = (Credential.State.REVOKED, Credential.State.ERASED)
SIGNED_FOR = timedelta(hours=1)  # the same bits are signed anew after this, long before the list ends


def list_address(purpose: str, number: int) -> str:
    """Return the whole address of a list."""
    return full_address(reverse("renewals:badge_list", args=[purpose, number]))


def is_list(purpose: str, number: int) -> bool:
    """Return whether there is such a list."""
    highest = Badge.objects.aggregate(highest=Max("list_number"))["highest"]
    return purpose in PURPOSES and 1 <= number <= (highest or 0)


def signed_list(purpose: str, number: int, *, at: datetime) -> dict[str, object]:
    """Return a list as it is now, with its proof. Raises Refusal when it cannot be signed.

    A list whose bits are the same is signed once an hour.
    """
    positions, key = positions_set(purpose, number, at=at), signing_key()
    hour = datetime.fromtimestamp(at.timestamp() // SIGNED_FOR.seconds * SIGNED_FOR.seconds, at.tzinfo)
    kept_as = f"badges:{purpose}:{number}"
    bits = (list_address(purpose, number), key.public_key, hour.isoformat(), positions)
    known = cache.get(kept_as)
    if known and known[0] == bits:
        return dict(known[1])
    made = sign_list(list_address(purpose, number), purpose=purpose, positions=positions, key=key, at=hour)
    cache.set(kept_as, (bits, made), SIGNED_FOR.seconds)
    return made


def positions_set(purpose: str, number: int, *, at: datetime) -> list[int]:
    """Return the positions in a list whose bit is set at this moment, in order."""
    of_list = Badge.objects.filter(list_number=number)
    if purpose == REVOCATION:
        found = of_list.filter(credential__state__in=REVOKED).values_list("position", flat=True)
        return sorted(found)
    suspended = of_list.filter(credential__state=Credential.State.SUSPENDED)
    return sorted({*suspended.values_list("position", flat=True), *_not_certified(number, at)})


def _not_certified(number: int, at: datetime) -> Iterator[int]:
    """Yield the positions of credentials in force whose last day is over and that no application keeps, or
    whose holder has another status, such as inactive.
    """
    latest_day = clock.date_of(at, "Pacific/Kiritimati")  # where a day begins first
    unsure = Cycle.objects.current().filter(
        Q(expires_on__lt=latest_day) | ever_had_status(),
        credential__badge__list_number=number,
        credential__state=Credential.State.IN_FORCE,
    )
    # Also of another certification: it may renew this one, too.
    theirs = Application.objects.filter(
        cycle__credential__trainer__in=unsure.values("credential__trainer"), state__in=KEEPS_CERTIFIED
    )
    in_hand = set(theirs.order_by().values_list("cycle__credential__trainer", flat=True))
    cycles = list(unsure.select_related("credential__badge"))
    other = set(unsure.filter(ever_had_status()).values_list("pk", flat=True))
    weighed = (one for one in cycles if one.credential.trainer_id in in_hand or one.pk in other)
    found = certifications_of(weighed, at)
    for cycle in cycles:
        credential = cycle.credential
        today = clock.date_of(at, credential.policy.time_zone)
        if not (found.get(cycle.pk) or certification_by_dates(today, credential, cycle)).certified:
            yield credential.badge.position
