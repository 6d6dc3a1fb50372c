"""Digital badges and the keys that sign them, and what the database refuses about them."""

from types import SimpleNamespace

from badges.models import SigningKey
from providers.models import IssuerKey
from renewals.models import Badge
from tests.factories import CourseFactory
from tests.guards.changes import Illegal, change, change_each, copy, remove
from tests.guards.stage_audits import AT


def add_badges(stage: SimpleNamespace) -> None:
    stage.old_signing_key = SigningKey.objects.create(
        name="key-1", public_key="zOld", made_at=AT, state="retired", retired_at=AT
    )
    stage.signing_key = SigningKey.objects.create(
        name="key-2", public_key="zNew", made_at=AT, sealed_private="sealed"
    )
    stage.distrusted_key = SigningKey.objects.create(
        name="key-0", public_key="zLost", made_at=AT, state="retired", retired_at=AT, distrusted_at=AT,
        distrusted_by=stage.lead,
    )  # fmt: skip
    stage.badge = Badge.objects.create(credential=stage.credential, list_number=1, position=7, made_at=AT)
    believed = {"did": "did:web:harbor.example.org", "added_by": stage.lead, "added_at": AT}
    stage.issuer_key = IssuerKey.objects.create(provider=stage.provider, public_key="zOne", **believed)
    stage.ended_issuer_key = IssuerKey.objects.create(
        name="Board", public_key="zTwo", **believed, ended_at=AT, ended_by=stage.lead
    )


def badge_rows(s: SimpleNamespace) -> list[Illegal]:
    """Return the illegal change for every trigger and constraint."""
    return [*_keys(s), *_badges(s), *_keys_of_others(s)]


def _keys(s: SimpleNamespace) -> list[Illegal]:
    return [
        change(
            "badges_signingkey_steps", s.old_signing_key, state="active", retired_at=None, sealed_private="x"
        ),
        *change_each(
            "badges_signingkey_fixed",
            s.signing_key,
            name="key-9",
            public_key="zOther",
            made_at=s.later,
            made_by=s.lead,
        ),
        *change_each(
            "badges_signingkey_stays_distrusted",
            s.distrusted_key,
            distrusted_at=s.later,
            distrusted_by=s.reviewer,
        ),
        change("badges_signingkey_distrusted", s.old_signing_key, distrusted_at=AT),
        change("badges_signingkey_distrusted", s.signing_key, distrusted_at=AT, distrusted_by=s.lead),
        remove("badges_signingkey_kept", s.old_signing_key),
        copy("badges_signingkey_one_active", s.signing_key),
        change("badges_signingkey_retired", s.signing_key, sealed_private=""),
        change("badges_signingkey_retired", s.old_signing_key, sealed_private="kept"),
        copy("badges_signingkey_name_key", s.old_signing_key, "name"),
        copy("badges_signingkey_public_key_key", s.old_signing_key, "public_key"),
        copy("badges_signingkey_name_length", s.old_signing_key, name="k" * 25),
        copy("badges_signingkey_public_key_length", s.old_signing_key, public_key="z" * 61),
    ]


def _badges(s: SimpleNamespace) -> list[Illegal]:
    return [
        *change_each(
            "renewals_badge_fixed",
            s.badge,
            credential=s.revoked,
            list_number=2,
            position=8,
            made_at=s.later,
        ),
        remove("renewals_badge_kept", s.badge),
        copy("renewals_badge_place", s.badge, credential=s.revoked),
        copy("renewals_badge_credential_id_key", s.badge, position=9),
        copy("renewals_badge_in_list", s.badge, credential=s.revoked, position=131_072),
        copy("renewals_badge_in_list", s.badge, credential=s.revoked, position=10, list_number=0),
        copy("renewals_badge_position_check", s.badge, credential=s.revoked, position=-1),
        copy("renewals_badge_list_number_check", s.badge, credential=s.revoked, position=11, list_number=-1),
    ]


def _keys_of_others(s: SimpleNamespace) -> list[Illegal]:
    key, ended = s.issuer_key, s.ended_issuer_key
    return [
        *change_each(
            "providers_issuerkey_fixed",
            key,
            provider=CourseFactory().provider,
            did="did:web:other.example.org",
            public_key="zThree",
            added_by=s.reviewer,
            added_at=s.later,
        ),
        change("providers_issuerkey_fixed", ended, name="Another board"),
        change("providers_issuerkey_stays_ended", ended, ended_at=s.later),
        remove("providers_issuerkey_kept", ended),
        copy("providers_issuerkey_once", key),
        copy("providers_issuerkey_of_whom", key, public_key="zFour", name="Board"),
        copy("providers_issuerkey_of_whom", key, public_key="zFour", provider=None),
        copy("providers_issuerkey_ended", key, public_key="zFour", ended_by=s.lead),
        copy("providers_issuerkey_name_length", ended, name="b" * 121),
        copy("providers_issuerkey_did_length", ended, did="did:" + "x" * 200),
        copy("providers_issuerkey_public_key_length", ended, public_key="z" * 61),
    ]
