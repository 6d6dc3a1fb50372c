"""The mails about an account: codes to type in, changes of the account, and a change of name."""

from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse

from core import clock
from core.deadlines import moment_words
from core.models import Erasure, Merge
from outbox.notices import Batch, NoticeKind, register_kind, register_kind_of_rows, subject_pks
from rules.days import day_or_none
from trainers.invitation_links import token_for_invitation
from trainers.models import Credential, Cycle, EmailChange, Invitation
from trainers.notice_codes import ADDRESS, CHANGE, CODE, ERASED, INVITED, MERGED, NAME, STANDING
from trainers.services.addresses import GOOD_FOR
from trainers.unsubscribing import masked_address

CODES = {
    "login_code": ("Your sign-in code", "sign in"),
    "email_confirmation": ("Confirm your email address", "confirm this email address"),
    "email_confirmation_signup": ("Confirm your email address", "confirm this email address"),
    "password_reset_code": ("Your code for a new password", "choose a new password"),
}
CHANGES = {
    "password_changed": "Your password was changed",
    "password_set": "A password was set for your account",
    "password_reset": "Your password was reset",
    "email_changed": "Your email address was changed",
    "email_change_asked": "A new email address was asked for",
    "email_confirm": "Your email address was confirmed",
    "email_deleted": "An email address was removed",
    "account_already_exists": "You already have an account",
    "totp_activated": "An authenticator app was added",
    "totp_deactivated": "An authenticator app was removed",
    "recovery_codes_generated": "New recovery codes were made",
    "webauthn_added": "A passkey was added",
    "webauthn_removed": "A passkey was removed",
    "second_factor_reset": "Your second factor was reset",
    "identity_linked": "You signed in with your organisation",
}


def _codes_still_good(batch: Batch) -> set[int]:
    """Return the notices whose code still works; a code that has expired is not sent."""
    now = clock.now()
    return {notice.pk for notice in batch if now - notice.send_at < _lifetime(notice.payload["mail"])}


def _lifetime(name: str) -> timedelta:
    seconds = {
        "login_code": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
        "password_reset_code": settings.ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT,
    }
    return timedelta(seconds=seconds.get(name, settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT))


def _code_contexts(batch: Batch) -> dict[int, dict[str, object]]:
    return {
        notice.pk: {
            "heading": CODES[notice.payload["mail"]][0],
            "purpose": CODES[notice.payload["mail"]][1],
            "code": notice.payload["code"],
            "minutes": _lifetime(notice.payload["mail"]) // timedelta(minutes=1),
        }
        for notice in batch
    }


def _change_contexts(batch: Batch) -> dict[int, dict[str, object]]:
    return {
        notice.pk: {
            "heading": CHANGES[notice.payload["mail"]],
            "link": "/account/",
            "link_label": "Look at your account",
        }
        for notice in batch
    }


def _name_contexts(batch: Batch) -> dict[int, dict[str, object]]:
    return {
        notice.pk: {**notice.payload, "link": "/account/", "link_label": "Look at your account"}
        for notice in batch
    }


def address_context(token: str) -> dict[str, object]:
    """Return what the templates of the mail to a new address need."""
    link = reverse("trainers:new_address", args=[token])
    return {"days": GOOD_FOR.days, "link": link, "link_label": "Use this address"}


def _address_contexts(batch: Batch) -> dict[int, dict[str, object]]:
    return {notice.pk: address_context(notice.payload["token"]) for notice in batch}


def _addresses_waiting(batch: Batch) -> set[int]:
    """Return the notices about a change of address that still waits for its link to be opened."""
    wanted = subject_pks(batch)
    waiting = set(
        EmailChange.objects.waiting().filter(pk__in=set(wanted.values())).values_list("pk", flat=True)
    )
    return {pk for pk, row in wanted.items() if row in waiting}


def _erased_contexts(batch: Batch) -> dict[int, dict[str, object]]:
    rows = Erasure.objects.in_bulk(subject_pks(batch).values())
    return {
        notice.pk: erased_context(rows[pk].numbers)
        for notice, pk in zip(batch, subject_pks(batch).values(), strict=True)
    }


def erased_context(numbers: list[str]) -> dict[str, object]:
    """Return what the templates of the last mail to an erased account need."""
    shown = " and ".join(Credential(number=number).display_number for number in numbers)
    return {
        "numbers": shown,
        "several": len(numbers) > 1,
        "link": "/privacy/",
        "link_label": "What we keep without your name",
    }


def _merged_contexts(batch: Batch) -> dict[int, dict[str, object]]:
    rows = Merge.objects.select_related("staying").in_bulk(subject_pks(batch).values())
    return {
        notice.pk: merged_context(
            rows[pk].email, rows[pk].staying.email, stays=notice.event == "staying", **notice.payload
        )
        for notice, pk in zip(batch, subject_pks(batch).values(), strict=True)
    }


def merged_context(going: str, staying: str, *, stays: bool, moved: str) -> dict[str, object]:
    """Return the context of the mails about two accounts that became one.

    Each mail shows only so much of the other address as its owner needs to recognise it, because
    somebody else may read that mail today.
    """
    return {
        "stays": stays,
        "other": masked_address(going if stays else staying),
        "moved": moved,
        "link": "/account/" if stays else "/",
        "link_label": "Look at your account" if stays else "Sign in",
    }


def _standing_contexts(batch: Batch) -> dict[int, dict[str, object]]:
    wanted = subject_pks(batch)
    current = Cycle.objects.filter(credential__in=set(wanted.values())).current().select_related("credential")
    cycles = {cycle.credential_id: cycle for cycle in current}
    return {notice.pk: standing_context(cycles[wanted[notice.pk]], **notice.payload) for notice in batch}


def standing_context(cycle: Cycle, *, state: str, on: str, reason: str) -> dict[str, object]:
    """Return what the templates of the mail about a suspended, revoked or reinstated certification
    need.
    """
    return {
        "number": cycle.credential.display_number,
        "state": state,
        "from_day": date.fromisoformat(on),
        "reason": reason,
        "expires_on": day_or_none(cycle.expires_on),
        "link": "/home/",
        "link_label": "Look at your certification",
    }


def _invitations_of(batch: Batch) -> dict[int, Invitation]:
    """Return each notice's invitation while its link is the newest and has not ended."""
    rows = Invitation.objects.select_related("person", "by").in_bulk(subject_pks(batch).values())
    found = ((notice, rows.get(pk)) for notice, pk in zip(batch, subject_pks(batch).values(), strict=True))
    return {
        notice.pk: row
        for notice, row in found
        if row and notice.event == f"link:{row.times_sent}" and row.waits_at(clock.now())
    }


def invited_context(invitation: Invitation) -> dict[str, object]:
    """Return what the templates of an invitation need."""
    return {
        "inviter": invitation.by.name if invitation.by else "We",
        "role": invitation.role,
        "through": moment_words(invitation.link_ends_at, invitation.person.time_zone),
        "link": reverse("staff_join", args=[token_for_invitation(invitation)]),
        "link_label": "Accept the invitation",
    }


register_kind(
    NoticeKind(
        kind=CODE,
        label="A code to type in",
        template="account_code",
        still_due=_codes_still_good,
        contexts=_code_contexts,
        addressed=True,
    )
)
register_kind(
    NoticeKind(
        kind=CHANGE,
        label="Something about the account changed",
        template="account_change",
        contexts=_change_contexts,
        addressed=True,
    )
)
register_kind(
    NoticeKind(
        kind=NAME,
        label="The name on the certificate changed",
        template="account_name",
        contexts=_name_contexts,
    )
)
register_kind(
    NoticeKind(
        kind=ERASED,
        label="The data of the account is erased",
        template="account_erased",
        contexts=_erased_contexts,
        addressed=True,
        last_word=True,
    )
)
register_kind(
    NoticeKind(
        kind=MERGED,
        label="Two accounts became one",
        template="account_merged",
        contexts=_merged_contexts,
        addressed=True,
    )
)
register_kind(
    NoticeKind(
        kind=STANDING,
        label="The certification is suspended, revoked or in force again",
        template="credential_standing",
        contexts=_standing_contexts,
    )
)
register_kind_of_rows(
    kind=INVITED,
    label="An invitation to work here",
    template="invited",
    rows=_invitations_of,
    context=invited_context,
    addressed=True,
)
register_kind(
    NoticeKind(
        kind=ADDRESS,
        label="A new address is to be proved",
        template="account_address",
        still_due=_addresses_waiting,
        contexts=_address_contexts,
        addressed=True,
    )
)
