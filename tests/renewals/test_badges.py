"""The digital badge: made by its trainer, shown and downloaded while the certification is in force, and marked
in the public lists as soon as it is not.
"""

import json
from datetime import date

import pytest

from badges.models import SigningKey
from badges.services import distrust_key, rotate_key
from core.errors import Refusal
from core.models import HistoryEntry
from renewals.models import Badge
from renewals.services.badges import make_badge
from tests import factories
from tests.badge_structure import badge_in_png, badge_in_svg, bits_of, check_badge, is_set
from tests.reading import heading_of, text_of
from tests.renewals import scenes
from tests.second_verifier import verify_proof

FILES = {"json": "application/vc", "png": "image/png", "svg": "image/svg+xml"}


@pytest.fixture(autouse=True)
def _address(settings) -> None:
    settings.PORTAL_URL = "https://portal.example"


@pytest.fixture
def badge(jordan, clock_at) -> Badge:
    """Jordan's badge; it is March 2, 2027."""
    at = clock_at("2027-03-02")
    return make_badge(jordan.credentials.get(), by=jordan, at=at)


def address(badge: Badge, ending: str = "/") -> str:
    return f"/badges/{badge.credential.check_code}{ending}"


def read(client, path: str) -> dict:
    """Return a signed document that anybody may read."""
    answer = client.get(path)
    assert answer.status_code == 200
    return json.loads(answer.content)


def local(url: str) -> str:
    return url.removeprefix("https://portal.example")


def status_of(client, signed: dict) -> dict[str, bool]:
    """Return each bit of a badge, as anybody reads it from the lists that the badge names."""
    found = {}
    for entry in signed["credentialStatus"]:
        published = read(client, local(entry["statusListCredential"]))
        verify_proof(published, read(client, "/.well-known/did.json"))
        assert published["credentialSubject"]["statusPurpose"] == entry["statusPurpose"]
        found[entry["statusPurpose"]] = is_set(published, entry["statusListIndex"])
    return found


def test_a_trainer_makes_a_badge_once_and_is_led_to_its_page(jordan, client, clock_at):
    clock_at("2027-03-02")
    client.force_login(jordan)
    assert "Get your badge" in text_of(client.get("/certificate/"))
    made = client.post("/certificate/badge/")
    badge = Badge.objects.get()
    assert (made.status_code, made["Location"]) == (302, address(badge))
    assert client.post("/certificate/badge/")["Location"] == address(badge)
    assert Badge.objects.count() == 1
    told = HistoryEntry.objects.filter(subject=f"renewals.badge:{badge.pk}").values_list(
        "verb", "by", "trainer"
    )
    assert list(told) == [("made", jordan.pk, jordan.pk)]


def test_the_badge_verifies_with_a_second_library_in_each_of_its_three_forms(badge, client):
    published = read(client, "/.well-known/did.json")
    signed = read(client, address(badge, ".json"))
    check_badge(signed)
    verify_proof(signed, published)
    for found in (
        badge_in_png(client.get(address(badge, ".png")).content),
        badge_in_svg(client.get(address(badge, ".svg")).content),
    ):
        verify_proof(found, published)
        assert found["credentialSubject"] == signed["credentialSubject"]


def test_the_badge_says_who_is_certified_as_what_by_whom_and_through_when(badge, client):
    said = read(client, address(badge, ".json"))
    assert said["id"] == f"https://portal.example{address(badge, '.json')}"
    assert said["issuer"]["id"] == "did:web:portal.example"
    assert said["validFrom"] == "2027-03-02T19:00:00Z"
    assert said["validUntil"] == "2027-03-15T06:59:59Z"  # the end of March 14 in Phoenix
    assert [one["identityHash"] for one in said["credentialSubject"]["identifier"]] == [
        "Jordan Rivera",
        "11934482",
    ]
    assert "jordan@example.org" not in str(said)
    entries = {one["statusPurpose"]: one for one in said["credentialStatus"]}
    assert (
        entries["revocation"]["statusListCredential"]
        == "https://portal.example/badges/status/revocation/1.json"
    )
    assert {one["statusListIndex"] for one in entries.values()} == {str(badge.position)}


@pytest.mark.parametrize("ending", FILES)
def test_a_file_of_a_badge_is_sent_as_what_it_is_and_never_stored_by_caches(badge, client, ending):
    answer = client.get(address(badge, f".{ending}"), {"download": ""})
    assert answer["Content-Type"] == FILES[ending]
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"] == f'attachment; filename="badge-11934482.{ending}"'
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_badge_of_a_certification_in_force_has_clear_bits_in_two_signed_lists(badge, client):
    signed = read(client, address(badge, ".json"))
    assert status_of(client, signed) == {"revocation": False, "suspension": False}
    answer = client.get("/badges/status/suspension/1.json")
    assert answer["Cache-Control"] == "public, max-age=300"
    assert set(bits_of(json.loads(answer.content))) == {0}
    assert json.loads(answer.content)["validUntil"] == "2027-03-03T19:00:00Z"


@pytest.mark.parametrize(
    ("state", "bits"),
    [
        ("suspended", {"revocation": False, "suspension": True}),
        ("revoked", {"revocation": True, "suspension": False}),
        ("erased", {"revocation": True, "suspension": False}),
    ],
)
def test_the_bit_of_a_badge_follows_its_credential_at_once(badge, client, state, bits):
    signed = read(client, address(badge, ".json"))
    assert not any(status_of(client, signed).values())
    factories.walk_to(badge.credential, state, state_on=date(2027, 3, 2))
    assert status_of(client, signed) == bits


def test_after_suspension_the_page_shows_it_and_the_files_are_gone_until_it_is_reinstated(badge, client):
    page = client.get(address(badge))
    assert heading_of(page) == "Certified through March 14, 2027"
    assert "Picture (PNG)" in text_of(page)
    factories.walk_to(badge.credential, "suspended", state_on=date(2027, 3, 2))
    page = client.get(address(badge))
    assert (page.status_code, heading_of(page)) == (200, "Not certified since March 2, 2027")
    assert "Picture (PNG)" not in text_of(page)
    for ending in FILES:
        answer = client.get(address(badge, f".{ending}"))
        assert (answer.status_code, heading_of(answer)) == (404, "Not certified since March 2, 2027")
    badge.credential.refresh_from_db()
    factories.walk_to(badge.credential, "in_force", state_on=None)
    assert client.get(address(badge, ".json")).status_code == 200


@pytest.mark.parametrize(("moment", "ended"), [("2027-03-14 23:59:59", False), ("2027-03-15 00:00:00", True)])
def test_the_suspension_bit_is_set_from_the_day_after_the_last_day_on(badge, client, clock_at, moment, ended):
    clock_at(moment)
    found = read(client, "/badges/status/suspension/1.json")
    assert is_set(found, str(badge.position)) is ended
    assert client.get(address(badge, ".json")).status_code == (404 if ended else 200)


def test_a_badge_signed_with_a_replaced_key_still_verifies_and_a_new_one_names_the_new_key(
    badge, lead, client, clock_at
):
    before = read(client, address(badge, ".json"))
    rotate_key(SigningKey.objects.get(), by=lead, at=clock_at("2027-03-03"))
    published = read(client, "/.well-known/did.json")
    after = read(client, address(badge, ".json"))
    for signed, name in ((before, "#key-1"), (after, "#key-2")):
        assert signed["proof"]["verificationMethod"] == f"did:web:portal.example{name}"
        verify_proof(signed, published)


def test_a_badge_signed_with_a_distrusted_key_no_longer_verifies_and_one_that_is_downloaded_then_does(
    badge, lead, client, clock_at
):
    before = read(client, address(badge, ".json"))
    distrust_key(SigningKey.objects.get(), by=lead, at=clock_at("2027-03-03"), reason="A copy was found.")
    published = read(client, "/.well-known/did.json")
    with pytest.raises(AssertionError):
        verify_proof(before, published)
    after = read(client, address(badge, ".json"))
    verify_proof(after, published)
    assert status_of(client, after) == {"revocation": False, "suspension": False}


def test_the_page_and_files_of_an_unknown_code_and_of_a_credential_without_a_badge_are_not_found(
    jordan, client, clock_at
):
    clock_at("2027-03-02")
    for code in ("x", "0" * 32, jordan.credentials.get().check_code):
        assert {
            client.get(f"/badges/{code}{ending}").status_code for ending in ("/", ".json", ".png", ".svg")
        } == {404}
    for path in ("revocation/1", "suspension/0", "other/1", "revocation/99999999999999999999"):
        assert client.get(f"/badges/status/{path}.json").status_code == 404


def test_a_badge_is_refused_to_somebody_else_and_while_the_certification_is_not_in_force(
    jordan, stranger, client, clock_at
):
    credential = jordan.credentials.get()
    with pytest.raises(Refusal, match="Only the person whom it is about may do this"):
        make_badge(credential, by=stranger, at=clock_at("2027-03-02"))
    factories.walk_to(credential, "suspended", state_on=date(2027, 3, 1))
    client.force_login(jordan)
    answer = client.post("/certificate/badge/")
    assert answer.status_code == 422
    assert "There is no badge while the certification is not in force." in text_of(answer)
    assert not Badge.objects.exists()


def test_only_the_holder_is_offered_to_add_the_badge_to_linkedin(badge, jordan, stranger, client):
    assert "Add to LinkedIn" not in text_of(client.get(address(badge)))
    client.force_login(stranger)
    assert "Add to LinkedIn" not in text_of(client.get(address(badge)))
    client.force_login(jordan)
    for path in (address(badge), "/certificate/"):
        page = client.get(path).content.decode()
        assert "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME" in page
        assert "expirationYear=2027&amp;expirationMonth=3" in page


def test_without_a_readable_key_the_page_says_so_and_no_file_is_sent(badge, client, settings):
    settings.SECRET_KEY = "another-secret-key-of-at-least-fifty-characters-for-this-test"
    answer = client.get(address(badge, ".json"))
    assert answer.status_code == 503
    assert "Badges cannot be signed at the moment." in text_of(answer)
    assert client.get("/badges/status/revocation/1.json").status_code == 503


def test_too_many_downloads_from_one_connection_are_refused_for_a_while(badge, client):
    answers = [client.get(address(badge, ".json")).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]
    assert client.get(address(badge))["Retry-After"]


def test_an_application_in_review_keeps_the_badge_good_after_the_last_day_without_naming_another(
    ready, client, clock_at
):
    badge = make_badge(ready.credentials.get(), by=ready, at=clock_at("2027-03-02"))
    application = scenes.submit(ready, "2027-03-14")
    application.cycle.claimed_records.filter(category="education").update(state="rejected")
    scenes.pay(application, "2027-03-14")
    clock_at("2027-03-20")
    signed = read(client, address(badge, ".json"))
    assert "validUntil" not in signed
    assert status_of(client, signed) == {"revocation": False, "suspension": False}
