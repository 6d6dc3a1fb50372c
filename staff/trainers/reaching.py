"""How a person can be reached: the address, whether mail arrives, when they last signed in, and the
time where they live.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Subquery

from core import clock
from core.deadlines import zone_city
from core.templatetags.words import day
from rules.units import count_of
from trainers.models import Trainer

SAME_SIGN_IN = timedelta(minutes=5)
DEVICES = {
    "webauthn": "with a passkey",
    "totp": "with an authenticator app",
    "recovery_codes": "with a recovery code",
}


def reaching_counts() -> dict[str, Exists | Subquery]:
    """Return annotations of a trainer that `reaching_of` reads."""
    mine = EmailAddress.objects.filter(user=OuterRef("pk"), email=OuterRef("email"), verified=True)
    used = Authenticator.objects.filter(user=OuterRef("pk"), last_used_at__isnull=False).order_by(
        "-last_used_at"
    )
    return {
        "its_confirmed": Exists(mine),
        "its_device": Subquery(used.values("type")[:1]),
        "its_device_used_at": Subquery(used.values("last_used_at")[:1]),
    }


def reaching_of(trainer: Trainer, *, zone: str, now: datetime) -> list[tuple[str, str]]:
    """Return (name, words) of each fact about how a trainer can be reached; `trainer` has the
    annotations of `reaching_counts`.
    """
    confirmed = "confirmed" if trainer.its_confirmed else "not confirmed"  # type: ignore[attr-defined]  # an annotation of the query
    mail = "mail arrives"
    if trainer.mail_trouble_at:
        since = day(clock.date_of(trainer.mail_trouble_at, zone))
        mail = f"mail comes back since {since}: {trainer.mail_trouble or 'no reason given'}"
    wanted = "all on" if trainer.wants_reminders else "only what must be sent"
    return [
        ("Email", f"{confirmed}, {mail}"),
        ("Reminders", wanted),
        ("Signed in", _signed_in(trainer, zone)),
        ("Time zone", _zone_words(trainer.time_zone, zone, now)),
        *([] if trainer.is_active else [("Account", "closed: nobody can sign in")]),
    ]


def _signed_in(trainer: Trainer, zone: str) -> str:
    """Return when the person last signed in, and how, when a device was used at that moment."""
    at = trainer.last_login
    if at is None:
        return "never"
    used = trainer.its_device_used_at  # type: ignore[attr-defined]  # an annotation of the query
    near = used is not None and abs(used - at) <= SAME_SIGN_IN
    how = DEVICES.get(trainer.its_device, "") if near else ""  # type: ignore[attr-defined]  # an annotation of the query
    plain = "with a password or a code by mail" if trainer.has_usable_password() else "with a code by mail"
    return f"{day(clock.date_of(at, zone))}, {how or plain}"


def _zone_words(own: str, zone: str, now: datetime) -> str:
    """Return the city of the person's time zone, and how many hours its time differs from ours."""
    theirs, ours = (now.astimezone(ZoneInfo(one)).utcoffset() or timedelta(0) for one in (own, zone))
    minutes = round((theirs - ours).total_seconds() / 60)
    if not minutes:
        return f"{zone_city(own)}, our time"
    hours = f"{abs(minutes) / 60:g}"
    return f"{zone_city(own)}, {count_of(hours, 'hour')} {'ahead' if minutes > 0 else 'behind'}"
