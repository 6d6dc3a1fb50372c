"""The keys that sign badges: made once, replaced by somebody, their public halves kept for ever."""

import io

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.core.management import CommandError, call_command

from badges.models import SEAL, SigningKey
from badges.services import REPLACED, distrust_key, ensure_key, rotate_key
from core.errors import Refusal
from core.models import HistoryEntry
from core.sealing import UNREADABLE
from tests.second_verifier import public_key

OLD, NEW = "an-old-key-of-more-than-32-characters", "a-new-key-of-more-than-32-characters!"


def command(*options: str) -> str:
    out = io.StringIO()
    call_command("badge_key", *options, stdout=out)
    return out.getvalue()


def history() -> list[tuple[str, str, object]]:
    rows = HistoryEntry.objects.filter(subject__startswith="badges.signingkey:").order_by("pk")
    return list(rows.values_list("subject", "verb", "by"))


def test_the_first_key_is_made_once_and_its_private_half_is_stored_encrypted(db, clock_at):
    at = clock_at("2027-03-02")
    key = ensure_key(at=at)
    assert ensure_key(at=at) == key
    assert key.public_key.startswith("z6Mk")
    assert "PRIVATE" not in str(list(SigningKey.objects.values()))
    assert SEAL.unseal_text(key.sealed_private).startswith("-----BEGIN PRIVATE KEY-----")
    assert history() == [(f"badges.signingkey:{key.pk}", "made", None)]


def test_a_replaced_key_keeps_its_public_half_and_forgets_its_private_one(lead, clock_at):
    at = clock_at("2027-03-02")
    old = ensure_key(at=at)
    new = rotate_key(old, by=lead, at=at)
    kept = SigningKey.objects.get(pk=old.pk)
    assert (kept.state, kept.sealed_private, kept.public_key) == ("retired", "", old.public_key)
    assert (kept.retired_by, new.made_by, new.name) == (lead, lead, "key-2")
    assert [verb for _, verb, by in history() if by == lead.pk] == ["retired", "made"]


def test_replacing_a_key_that_somebody_else_has_just_replaced_is_refused_with_a_sentence(
    lead, root, clock_at
):
    at = clock_at("2027-03-02")
    seen = ensure_key(at=at)
    rotate_key(seen, by=lead, at=at)
    with pytest.raises(Refusal) as refused:
        rotate_key(seen, by=root, at=at)
    assert str(refused.value) == REPLACED
    assert SigningKey.objects.count() == 2


def test_the_command_makes_the_first_key_prints_it_and_replaces_it_for_a_named_colleague(
    lead, jordan, clock_at, settings
):
    clock_at("2027-03-02")
    settings.PORTAL_URL = "https://portal.example"
    first = command()
    assert first.startswith("did:web:portal.example#key-1 z6Mk")
    assert command() == first
    with pytest.raises(CommandError, match="Say who replaces the key"):
        command("--rotate")
    with pytest.raises(CommandError, match="No colleague signs in with jordan@example.org"):
        command("--rotate", "--by", jordan.email)
    assert command("--rotate", "--by", lead.email.upper()).startswith("did:web:portal.example#key-2 z6Mk")


def test_the_did_document_has_every_key_the_active_one_first(lead, client, clock_at, settings):
    at = clock_at("2027-03-02")
    settings.PORTAL_URL = "https://portal.example:8443"
    empty = client.get("/.well-known/did.json").json()
    assert (empty["id"], empty["verificationMethod"]) == ("did:web:portal.example%3A8443", [])
    first = ensure_key(at=at)
    second = rotate_key(first, by=lead, at=at)
    answer = client.get("/.well-known/did.json")
    methods = answer.json()["verificationMethod"]
    assert [one["publicKeyMultibase"] for one in methods] == [second.public_key, first.public_key]
    assert answer.json()["assertionMethod"] == [f"did:web:portal.example%3A8443#key-{one}" for one in (2, 1)]
    assert {one["type"] for one in methods} == {"Multikey"}
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_after_the_reseal_command_an_older_sealing_key_can_be_removed(db, clock_at, settings):
    settings.SEALING_KEYS = [OLD]
    key = ensure_key(at=clock_at("2027-03-02"))
    settings.SEALING_KEYS = [NEW, OLD]
    out = io.StringIO()
    call_command("reseal_secrets", stdout=out)
    assert "keys that sign badges: 1 sealed anew, 0 had the newest key, 0 unreadable" in out.getvalue()
    settings.SEALING_KEYS = [NEW]
    key.refresh_from_db()
    assert "PRIVATE KEY" in SEAL.unseal_text(key.sealed_private)
    settings.SEALING_KEYS = [OLD]
    with pytest.raises(UNREADABLE):
        SEAL.unseal_text(key.sealed_private)


def test_a_key_pair_belongs_together(db, clock_at):
    key = ensure_key(at=clock_at("2027-03-02"))
    private = load_pem_private_key(SEAL.unseal_text(key.sealed_private).encode(), None)
    assert isinstance(private, Ed25519PrivateKey)
    assert private.public_key() == public_key(key.public_key)


def test_a_distrusted_key_stays_published_but_is_no_longer_listed_for_assertions(lead, client, clock_at):
    at = clock_at("2027-03-02")
    first = ensure_key(at=at)
    second = rotate_key(first, by=lead, at=at)
    assert distrust_key(first, by=lead, at=at, reason="A copy was found.") == second
    published = client.get("/.well-known/did.json").json()
    assert len(published["verificationMethod"]) == 2
    assert [one.rpartition("#")[2] for one in published["assertionMethod"]] == ["key-2"]


def test_a_distrusted_active_key_is_replaced_and_distrusting_it_again_changes_nothing(lead, root, clock_at):
    at = clock_at("2027-03-02")
    old = ensure_key(at=at)
    new = distrust_key(old, by=lead, at=at, reason="A copy was found.")
    assert distrust_key(old, by=root, at=clock_at("2027-03-03"), reason="Again.") == new
    old.refresh_from_db()
    assert (old.state, old.sealed_private, old.distrusted_by, old.distrusted_at) == ("retired", "", lead, at)
    assert [verb for _, verb, _ in history()] == ["made", "retired", "made", "distrusted"]


def test_a_lead_replaces_and_distrusts_a_key_on_the_staff_side_and_a_reviewer_only_looks(
    lead, reviewer, signed_in, clock_at
):
    key = ensure_key(at=clock_at("2027-03-02"))
    page = f"/staff/badges/signingkey/{key.pk}"
    desk = signed_in(lead)
    assert desk.post(f"{page}/replace/", {"confirmed": "yes"}).status_code == 302
    answer = desk.post(f"{page}/distrust/", {"confirmed": "yes"})
    assert (answer.status_code, SigningKey.objects.get(pk=key.pk).distrusted_at) == (422, None)
    told = {"confirmed": "yes", "reason": "A copy was found."}
    assert desk.post(f"{page}/distrust/", told).status_code == 302
    assert SigningKey.objects.get(pk=key.pk).distrusted_by == lead
    shown = desk.get(f"{page}/change/").content.decode()
    assert "Not trusted" in shown
    assert "PRIVATE" not in shown
    assert "A copy was found." in desk.get(f"{page}/history/").content.decode()
    other = signed_in(reviewer)
    active = SigningKey.objects.get(state="active")
    assert other.get(f"/staff/badges/signingkey/{active.pk}/change/").status_code == 200
    for act in ("replace", "distrust"):
        assert other.post(f"/staff/badges/signingkey/{active.pk}/{act}/", told).status_code == 403
