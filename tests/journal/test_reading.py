"""Programs read the journal from a cursor; finance makes their keys, looks at the balance and takes CSV."""

import pytest
from django.test import Client
from django.urls import reverse

from core.errors import Refusal
from journal.models import JournalKey
from journal.services import make_journal_key, revoke_journal_key, rotate_journal_key, write_entries
from tests.cast import colleague
from tests.journal.scenes import NOON, a_day_of_everything, book
from tests.reading import text_of

pytestmark = pytest.mark.django_db
ENTRIES, FIRST_ADDRESS = "/api/v1/journal/entries", "/api/journal/entries"


@pytest.fixture(autouse=True)
def _noon(clock_at) -> None:
    clock_at("2027-03-02 12:00")


@pytest.fixture
def key(db) -> str:
    return make_journal_key("Books", by=colleague("finance"), at=NOON)[1]


def read(key: str, **asked: object):
    return Client().get(ENTRIES, asked, headers={"Authorization": f"Bearer {key}"})


def test_a_reader_with_a_cursor_gets_every_entry_once_whatever_its_pages(key):
    a_day_of_everything()
    write_entries(at=NOON)
    for limit in (1, 3, 8, 1000):
        after, found, more = 0, [], True
        while more:
            page = read(key, after=after, limit=limit).json()
            found += [one["number"] for one in page["entries"]]
            after, more = page["next"], page["more"]
        assert found == [1, 2, 3, 4, 5, 6, 7, 8]
    assert read(key, after=8).json() == {"entries": [], "next": 8, "more": False}
    book("refund", 100)
    write_entries(at=NOON)
    assert [one["kind"] for one in read(key, after=8).json()["entries"]] == ["refund"]


def test_an_entry_has_numbers_and_codes_and_no_name(key, jordan):
    row = book("refund", 3000, provider_ref="re_1")
    write_entries(at=NOON)
    [entry] = read(key).json()["entries"]
    assert entry == {
        "number": 1,
        "kind": "refund",
        "happened_at": "2027-03-02T19:00:00+00:00",
        "certification": None,
        "about": row.charge.subject,
        "renewal": None,
        "cycle_expires_on": None,
        "amount_cents": 3000,
        "currency": "USD",
        "reference": "re_1",
        "source": f"ledger:{row.pk}",
    }


@pytest.mark.parametrize(
    "sent", ["", "jk_", "jk_1_2", "rk_1_2", "jk_é_ü", "jk_00000000_" + "x" * 43, "x" * 9000]
)
def test_a_wrong_key_gets_a_problem_and_nothing_else(sent, key):
    answer = read(sent)
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


def test_a_revoked_key_works_no_more(key):
    made = JournalKey.objects.get()
    assert read(key).status_code == 200
    for _ in range(2):
        revoke_journal_key(made, by=colleague("finance"), at=NOON)
    assert read(key).status_code == 401


@pytest.mark.parametrize("asked", [{"after": "-1"}, {"after": "9" * 100}, {"after": "²"}, {"limit": "1001"}])
def test_a_wrong_cursor_is_refused_as_the_api_describes(asked, key):
    answer = read(key, **asked)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    [(wrong, _)] = asked.items()
    assert answer.json()["errors"][0]["loc"][-1] == wrong


def test_the_first_address_answers_as_that_of_the_api_does(key):
    book("refund", 100)
    write_entries(at=NOON)
    old = Client().get(FIRST_ADDRESS, {"after": 0}, headers={"Authorization": f"Bearer {key}"})
    assert (old.status_code, old.json()) == (200, read(key).json())
    assert Client().get(FIRST_ADDRESS).status_code == 401
    assert Client().post(FIRST_ADDRESS, headers={"Authorization": f"Bearer {key}"}).status_code == 405


def test_too_many_requests_are_told_when_to_go_on(key, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    answers = [read(key) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert [one["RateLimit-Remaining"] for one in answers] == ["1", "0", "0"]
    assert int(answers[-1]["Retry-After"]) <= 60


@pytest.mark.parametrize("who", ["reviewer", "registrar", "read_only"])
def test_only_finance_and_leads_keep_keys_and_see_the_journal(who, signed_in):
    by = colleague(who)
    with pytest.raises(Refusal, match="may not keep the journal"):
        make_journal_key("Own", by=by, at=NOON)
    browser = signed_in(by)
    for name in ("journalentry_changelist", "journalentry_balance", "journalentry_table", "journalkey_make"):
        assert browser.get(reverse(f"admin:journal_{name}")).status_code == 403
    assert not JournalKey.objects.exists()


def test_a_key_is_made_on_its_page_and_shown_once(signed_in):
    browser = signed_in(colleague("finance"))
    address = reverse("admin:journal_journalkey_make")
    answer = browser.post(address, {"name": "Books"})
    made = JournalKey.objects.get()
    text = next(word for word in text_of(answer).split() if word.startswith(f"jk_{made.prefix}_"))
    assert read(text).status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert (
        text not in browser.get(reverse("admin:journal_journalkey_change", args=[made.pk])).content.decode()
    )
    assert browser.post(address, {"name": " "}).status_code == 422
    browser.post(reverse("admin:journal_journalkey_revoke", args=[made.pk]))
    assert read(text).status_code == 401


def test_a_replaced_key_works_beside_the_new_one_for_seven_days(key, signed_in, clock_at):
    browser, made = signed_in(colleague("finance")), JournalKey.objects.get()
    address = reverse("admin:journal_journalkey_replace", args=[made.pk])
    assert "works for 7 more days" in text_of(browser.get(address))
    assert JournalKey.objects.count() == 1
    page = text_of(browser.post(address))
    newer = next(word for word in page.split() if word.startswith("jk_"))
    refused = browser.post(address)
    assert (refused.status_code, "replaced or revoked already" in text_of(refused)) == (422, True)
    clock_at("2027-03-09 11:59")
    assert [read(one).status_code for one in (key, newer)] == [200, 200]
    clock_at("2027-03-09 12:00")
    assert [read(one).status_code for one in (key, newer)] == [401, 200]
    with pytest.raises(Refusal, match="may not keep the journal"):
        rotate_journal_key(JournalKey.objects.get(replaces=made), by=colleague("reviewer"), at=NOON)


def test_finance_sees_the_balance_of_each_day_and_takes_a_range_as_csv(signed_in):
    browser = signed_in(colleague("finance"))
    assert "No money was booked" in text_of(browser.get(reverse("admin:journal_journalentry_balance")))
    a_day_of_everything()
    write_entries(at=NOON)
    page = text_of(browser.get(reverse("admin:journal_journalentry_balance")))
    assert "Even" in page
    book("refund", 100)
    assert "Differs" in text_of(browser.get(reverse("admin:journal_journalentry_balance")))
    table = browser.get(reverse("admin:journal_journalentry_table"), {"at": "2027-03-02..2027-03-02"})
    lines = b"".join(table.streaming_content).decode().splitlines()
    assert len(lines) == 9
    elsewhere = browser.get(reverse("admin:journal_journalentry_table"), {"at": "2027-03-03..2027-03-09"})
    assert len(b"".join(elsewhere.streaming_content).decode().splitlines()) == 1
