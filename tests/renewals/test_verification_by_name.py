"""The public check by number and family name and by the code of a certificate, and its limits (Q29)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from outbox.heartbeat import seen_at
from renewals import limits
from renewals.pages import verification
from rules.names import answers_to
from tests.reading import heading_of, text_of
from tests.renewals import scenes
from trainers.models import Credential

NO_PAIR = "We have no certification with this number and family name. Check both and try again."


def check(client, number: str = "1193 4482", name: str = "Rivera", **extra):
    return client.post("/verify/", {"number": number, "family_name": name}, **extra)


def code_of(trainer) -> str:
    return trainer.credentials.get().check_code


@pytest.mark.parametrize(
    ("day", "heading", "words"),
    [
        ("2027-03-14 23:59:59", "Certified through March 14, 2027", "In force Certified through"),
        ("2027-03-15 00:00:00", "Not certified since March 15, 2027", "Not in force Not certified since"),
    ],
)
@pytest.mark.parametrize("way", ["name", "code"])
def test_verification_by_name_or_code_shows_holder_certification_state_and_last_day(
    jordan, stranger, client, clock_at, way, day, heading, words
):
    clock_at(day)
    page = check(client) if way == "name" else client.get(f"/c/{code_of(jordan)}/")
    assert (page.status_code, heading_of(page)) == (200, heading)
    told = text_of(page)
    for one in ("Jordan Rivera", "Certified Personal Trainer", words, "Number 1193 4482"):
        assert one in told
    for private in ("jordan@example.org", "Sam Stranger", "2021", "2000 0001"):
        assert private not in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_verification_by_name_of_a_suspended_certification_shows_the_day_of_suspension(
    jordan, client, clock_at
):
    Credential.objects.filter(trainer=jordan).update(state="suspended", state_on=date(2027, 3, 1))
    clock_at("2027-03-02")
    told = text_of(check(client))
    assert "Not certified since March 1, 2027" in told
    assert "uspended" not in told


def test_verification_by_name_shows_no_last_day_while_a_timely_renewal_is_undecided(ready, client, clock_at):
    application = scenes.submit(ready, "2027-03-14")
    application.cycle.claimed_records.filter(category="education").update(state="rejected")
    scenes.pay(application, "2027-03-14")
    clock_at("2027-03-20")
    page = check(client)
    assert heading_of(page) == "Certified while a renewal is being decided"
    assert "There is no last day yet" in text_of(page)


@pytest.mark.parametrize("name", ["rivera", "RIVÉRA", "Jordan Rivera", " Rivera. "])
def test_verification_ignores_case_accents_and_punctuation_of_the_name(jordan, client, clock_at, name):
    clock_at("2027-03-02")
    assert heading_of(check(client, name=name)) == "Certified through March 14, 2027"


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("1193 4482", "Stranger"),  # another's name
        ("2000 0001", "Rivera"),  # another's number
        ("9999 9999", "Rivera"),  # nobody's number
        ("1193 4482", "Jordan"),
        ("1193 4482", "%"),
    ],
)
def test_verification_gives_the_same_answer_for_a_wrong_number_and_a_wrong_name(
    jordan, stranger, client, clock_at, number, name
):
    clock_at("2027-03-02")
    page = check(client, number, name)
    assert (page.status_code, heading_of(page)) == (200, "No match")
    assert NO_PAIR in text_of(page)
    for known in ("Jordan", "Sam", "March 14"):
        assert known not in text_of(page)


def test_an_unknown_number_takes_the_same_queries_and_comparisons_as_a_wrong_name(
    jordan, client, clock_at, monkeypatch
):
    """The time of an answer must not reveal whether the number exists."""
    clock_at("2027-03-14")
    compared: list[tuple[int, str]] = []

    def comparing(name: str, typed: str) -> bool:
        compared.append((len(name.split()), typed))
        return answers_to(name, typed)

    monkeypatch.setattr(verification, "answers_to", comparing)
    check(client)  # what is read once for every caller is read now
    work = []
    for number, name in (("1193 4482", "Stranger"), ("1193 4483", "Stranger")):
        compared.clear()
        with CaptureQueriesContext(connection) as asked:
            assert NO_PAIR in text_of(check(client, number, name))
        work.append(([one["sql"].replace("11934483", "11934482") for one in asked], tuple(compared)))
    assert work[0] == work[1]
    assert work[0][1] == ((2, "Stranger"),)


def test_verification_without_a_name_redirects_to_the_page_of_the_number(jordan, client, clock_at):
    clock_at("2027-03-02")
    assert check(client, name=" ")["Location"] == "/verify/11934482/"
    told = text_of(client.get("/verify/11934482/"))
    assert "With the family name on the certificate you see whose certification this is" in told


def test_verification_ignores_a_name_given_in_the_url(jordan, client, clock_at):
    clock_at("2027-03-02")
    asked = client.get("/verify/", {"number": "11934482", "family_name": "Rivera"})
    assert asked["Location"] == "/verify/11934482/"


@pytest.mark.parametrize(
    ("number", "name", "sentence"),
    [
        ("", "Rivera", "Enter a certification number."),
        ("1193", "x" * 121, "Use 120 characters or fewer."),
        ("1193", "Ri\x00vera", "Take out the hidden characters"),
    ],
)
def test_invalid_verification_input_shows_a_field_error_and_is_kept(client, db, number, name, sentence):
    page = check(client, number, name)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert f'value="{number}"' in page.content.decode() or not number


@pytest.mark.parametrize("code", ["0" * 32, "x", "11934482", "x" * 999, "%00", "' OR 1=1 --"])
def test_verification_of_an_unknown_or_malformed_code_finds_no_match(jordan, client, clock_at, code):
    clock_at("2027-03-02")
    page = client.get(f"/c/{code}/")
    if code == "%00":
        assert page.status_code == 400
    else:
        assert (page.status_code, heading_of(page)) == (200, "No match")


def test_check_codes_of_certificates_are_random_and_do_not_contain_the_number(jordan, stranger):
    codes = {code_of(jordan), code_of(stranger)}
    assert len(codes) == 2
    assert all(len(code) == 32 and set(code) <= set("0123456789abcdef") for code in codes)
    assert "11934482" not in code_of(jordan)


# --- limits


def test_a_client_over_the_limit_of_checks_gets_429_with_the_time_to_wait(jordan, client, clock_at):
    clock_at("2027-03-02 12:00:15")
    codes = [client.get(f"/verify/{number}/").status_code for number in range(31)]
    assert codes == [200] * 30 + [429]
    page = check(client)
    assert (page.status_code, page["Retry-After"]) == (429, "45")
    assert "There were too many checks from your connection." in text_of(page)
    assert "Try again in 1 minute." in text_of(page)
    assert "Jordan" not in text_of(page)
    assert client.get(f"/c/{code_of(jordan)}/").status_code == 429
    clock_at("2027-03-02 12:01:00")
    assert client.get("/verify/11934482/").status_code == 200


def test_a_client_at_the_limit_of_checks_does_not_limit_another(jordan, client, clock_at):
    clock_at("2027-03-02 12:00:00")
    for number in range(31):
        client.get(f"/verify/{number}/")
    assert client.get("/verify/11934482/", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_ip_addresses_of_one_ipv6_network_share_a_limit_of_checks(jordan, client, clock_at):
    clock_at("2027-03-02 12:00:00")
    codes = [
        client.get("/verify/1/", REMOTE_ADDR=f"2001:db8::{number:x}").status_code for number in range(1, 32)
    ]
    assert codes[-1] == 429


def test_the_networks_of_one_ipv6_site_share_a_wider_limit_and_leave_others_theirs(
    jordan, client, clock_at, monkeypatch
):
    monkeypatch.setattr(limits, "PER_SITE", {60: 4, 86_400: 5})
    clock_at("2027-03-02 12:00:00")
    codes = [
        client.get("/verify/1/", REMOTE_ADDR=f"2001:db8:0:{network:x}::1").status_code
        for network in range(1, 7)
    ]
    assert codes == [200, 200, 200, 200, 429, 429]
    assert client.get("/verify/1/", REMOTE_ADDR="2001:db8:1:1::1").status_code == 200
    assert client.get("/verify/1/", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_the_limit_of_checks_for_all_clients_does_not_stop_a_check_by_certificate_code(
    jordan, client, clock_at, monkeypatch
):
    monkeypatch.setattr(limits, "OF_ALL_PER_PERIOD", {60: 3, 86_400: 5})
    clock_at("2027-03-02 12:00:00")
    callers = [check(client, REMOTE_ADDR=f"192.0.2.{number}") for number in range(1, 5)]
    assert [page.status_code for page in callers] == [200, 200, 200, 429]
    assert callers[3]["Retry-After"] == "60"
    assert "There are too many checks at the moment, from everybody together." in text_of(callers[3])
    assert client.get(f"/c/{code_of(jordan)}/", REMOTE_ADDR="192.0.2.9").status_code == 200
    clock_at("2027-03-02 12:01:00")
    late = [check(client, REMOTE_ADDR=f"192.0.2.{number}") for number in range(10, 12)]
    assert [page.status_code for page in late] == [200, 429]
    assert "Try again in 5 hours." in text_of(late[1])  # a day of UTC ends at 5 pm in Phoenix


def test_strangers_who_use_up_the_limit_of_all_callers_stop_no_check_by_somebody_signed_in(
    jordan, stranger, client, signed_in, clock_at, monkeypatch
):
    monkeypatch.setattr(limits, "OF_ALL_PER_PERIOD", {60: 1})
    monkeypatch.setattr(limits, "PER_PERIOD", {60: 2})
    clock_at("2027-03-02 12:00:00")
    assert seen_at(limits.ALL_CALLERS) is None
    codes = [check(client, REMOTE_ADDR=f"192.0.2.{number}").status_code for number in (1, 2)]
    assert codes == [200, 429]
    assert seen_at(limits.ALL_CALLERS) == clock.now()
    member = signed_in(stranger)
    own = [check(member, REMOTE_ADDR=f"192.0.2.{number}").status_code for number in (3, 4, 5)]
    assert own == [200, 200, 429], (
        "their account has the limit of one caller, whatever networks they come from"
    )


def test_checks_refused_by_a_clients_own_limit_do_not_count_toward_the_limit_for_all_clients(
    jordan, client, clock_at, monkeypatch
):
    monkeypatch.setattr(limits, "PER_PERIOD", {60: 1})
    monkeypatch.setattr(limits, "OF_ALL_PER_PERIOD", {60: 2})
    clock_at("2027-03-02 12:00:00")
    for _ in range(5):
        check(client, REMOTE_ADDR="192.0.2.1")
    assert check(client, REMOTE_ADDR="192.0.2.2").status_code == 200
