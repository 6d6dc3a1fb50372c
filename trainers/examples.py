"""The example trainer of all previews, and the mails about accounts and for staff."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from itertools import count, takewhile
from zoneinfo import ZoneInfo

from core import mail
from core.policy_words import in_policy_words, portal_policy
from outbox.examples import show_example, with_rows
from outbox.models import Notice
from outbox.notices import kind_of
from outbox.resending import COPY, copy_context
from rules.cycle import nth_cycle
from rules.policy.model import Policy
from trainers.models import Credential, Cycle, Invitation, Trainer
from trainers.notice_codes import ADDRESS, CHANGE, CODE, ERASED, INVITED, MERGED, NAME, POLICY, STANDING
from trainers.notices import (
    CHANGES,
    CODES,
    address_context,
    erased_context,
    invited_context,
    merged_context,
    standing_context,
)
from trainers.policy_notices import policy_context
from trainers.services.cycles import cycle_dates

PHOENIX = "America/Phoenix"
AWAY = "America/New_York"  # a trainer whose clock shows another date at the end of a day in Phoenix


def example_cycle(time_zone: str = PHOENIX) -> Cycle:
    """Return the example trainer's cycle. With cycles of two years it ends on June 30, 2026: the
    dates are those of docs/design/rules.md.
    """
    policy, awarded_on = portal_policy(), date(2022, 6, 30)
    trainer = Trainer(pk=1, email="jordan@example.org", name="Jordan Rivera", time_zone=time_zone)
    credential = Credential(
        pk=1, trainer=trainer, number="11934482", policy_code=policy.code, awarded_on=awarded_on
    )
    cycle = Cycle(pk=1, credential=credential, **cycle_dates(policy, awarded_on, _end_of(policy))._asdict())
    with_rows(credential, cycles=[cycle])
    return cycle


def _end_of(policy: Policy) -> date:
    """Return the last day of the example's cycle: the second cycle, or the last one that ends by
    summer 2026.
    """
    ends = (nth_cycle(policy, date(2022, 6, 30), number).expires_on for number in count(1))
    return list(takewhile(lambda end: end <= date(2026, 6, 30), ends))[-1]


def phoenix_noon(year: int, month: int, day: int) -> datetime:
    """Return noon in Phoenix on a day."""
    return datetime(year, month, day, 12, tzinfo=ZoneInfo(PHOENIX))


def _account(kind: str, /, **payload: object) -> Callable[[], Mapping[str, object]]:
    return lambda: kind_of(kind).contexts([Notice(pk=1, payload=payload)])[1]


def _copy() -> dict[str, object]:
    sent = mail.render_mail(kind_of(CHANGE).template, _account(CHANGE, mail="password_changed")())
    return copy_context(Notice(title=sent.title, text=sent.text, html=sent.html))


def _invited() -> dict[str, object]:
    lead = Trainer(pk=2, email="lead@example.org", name="Lee Lead")
    mina = Trainer(pk=3, email="mina@example.org", name="Mina Duarte")
    ends_at = phoenix_noon(2026, 12, 1)
    return invited_context(Invitation(pk=0, person=mina, role="reviewer", by=lead, link_ends_at=ends_at))


for name, (heading, _) in CODES.items():
    show_example(
        CODE,
        name.replace("_", "-"),
        _account(CODE, mail=name, code="K7M4-QX2P"),
        trigger=f"Somebody asks for a code: {heading[0].lower()}{heading[1:]}",
        sent="At once, while the code works",
    )
for name, what in CHANGES.items():
    show_example(CHANGE, name.replace("_", "-"), _account(CHANGE, mail=name), trigger=what)
for state, requested in (("changed", False), ("as-requested", True)):
    show_example(
        NAME,
        state,
        _account(NAME, before="Jordan Rivera", after="Jordan Rivera-Cole", requested=requested),
        trigger="A registrar approves a request" if requested else "The name on the certificate changes",
    )
show_example(
    ADDRESS,
    "to-the-new-address",
    lambda: address_context("example"),
    trigger="A registrar types another address for an account",
)
show_example(
    ERASED,
    "the-last-mail",
    lambda: erased_context(["11934482"]),
    trigger=in_policy_words("{a_holder}, or two leads, confirm that the data of an account is erased"),
    sent="At once; then the address is erased, too",
)


for stays, name in ((True, "to-the-one-that-stays"), (False, "to-the-one-that-goes")):
    show_example(
        MERGED,
        name,
        partial(
            merged_context,
            "jordan@old.example.org",
            "jordan@example.org",
            stays=stays,
            moved="1 certification, 2 cycles, 14 courses, 3 files",
        ),
        trigger="Two leads merge two accounts of one person",
    )


def _standing(state: str, reason: str) -> Callable[[], Mapping[str, object]]:
    return lambda: standing_context(example_cycle(), state=state, on="2026-03-02", reason=reason)


def _switched(other: str, on: str) -> Mapping[str, object]:
    """Return the context of the mail that a credential will follow the portal's policy from its
    next cycle, which begins `on` this day: after another policy, or after a switch that was taken back.
    """
    credential = example_cycle().credential
    policy = credential.policy_code
    if other:
        credential.policy_code = "another"
    reason = "Your employer asked us to, and you agreed."
    return policy_context(credential, policy=policy, on=on, reason=reason)


for state, name, reason in (
    ("suspended", "Suspended", "A complaint is being looked into. You can answer it through March 31, 2026."),
    ("in_force", "In force again", "The complaint was unfounded."),
    ("revoked", "Revoked", "The certificate of a course was altered."),
):
    show_example(
        STANDING,
        state.replace("_", "-"),
        _standing(state, reason),
        name=name,
        trigger="A lead changes the state of a certification; to revoke one takes two",
    )
for state, policy_code, on in (
    ("other-rules", portal_policy().code, "2026-07-01"),
    ("other-rules-from-a-renewal", portal_policy().code, ""),
    ("as-before", "", "2026-07-01"),
):
    show_example(
        POLICY,
        state,
        partial(_switched, policy_code, on),
        trigger="A lead lets a certification follow another policy from its next cycle on",
    )
show_example(
    COPY.kind,
    "of-a-changed-password",
    _copy,
    trigger="Somebody who works here sends the words of a sent message once more",
)
show_example(
    INVITED,
    "as-reviewer",
    _invited,
    trigger="A lead invites a colleague, or sends the invitation again",
    sent="At once, while its link works",
)
