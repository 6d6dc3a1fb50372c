"""Leads import a roster on the staff side: they upload it, see every row, apply it, and read the report."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import HistoryEntry
from documents.uploads import MAX_BYTES
from tests.reading import text_of
from tests.trainers.scenes import HEADER, KIM, ROBIN, row
from trainers.models import Credential, Roster
from trainers.tasks import advance_rosters

pytestmark = pytest.mark.django_db
LIST, SEND = "/staff/trainers/roster/", "/staff/trainers/roster/send/"


@pytest.fixture(autouse=True)
def _march_second(clock_at, storage, stranger):
    clock_at("2027-03-02 10:00")


@pytest.fixture
def at_desk(signed_in, lead):
    return signed_in(lead)


def a_file(*rows: str, name: str = "autumn.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join([HEADER, *rows]).encode(), "text/csv")


def send(at_desk, *rows: str) -> Roster:
    answer = at_desk.post(SEND, {"file": a_file(*rows)})
    roster = Roster.objects.latest("pk")
    assert answer.url == f"{LIST}{roster.pk}/change/"
    return roster


def page_of(at_desk, roster: Roster, asked: str = "") -> str:
    return text_of(at_desk.get(f"{LIST}{roster.pk}/change/{asked}"))


def apply(at_desk, roster: Roster):
    form = at_desk.get(f"{LIST}{roster.pk}/apply/").context["form"]
    return at_desk.post(f"{LIST}{roster.pk}/apply/", {"mark": form["mark"].value(), "confirmed": "yes"})


def test_a_lead_uploads_checks_and_applies_a_roster_and_sees_its_report(at_desk, lead):
    roster = send(at_desk, ROBIN, KIM)
    waiting = page_of(at_desk, roster)
    assert "0 of about 3 lines read" in waiting
    assert "Look again" in waiting
    advance_rosters()
    checked = page_of(at_desk, roster)
    assert "What each row would do" in checked
    assert "New 2" in checked
    assert "Robin Vale" in checked
    apply(at_desk, roster)
    assert "Being applied" in page_of(at_desk, roster)
    advance_rosters()
    report = page_of(at_desk, roster)
    assert "What each row did" in report
    assert lead.name in report
    assert Credential.objects.with_number("12345678").exists()


def test_a_roster_follows_the_rules_that_were_chosen_where_the_portal_has_several(at_desk, follow_body):
    rules = 'total = { value = "2.0" }\nfees = [{ code = "renewal", amount = "99.00" }]\n'
    follow_body(rules, beside={"second": rules})
    page = text_of(at_desk.get(SEND))
    assert "Which rules the certifications of the file follow. Body Trainer Second Trainer" in page
    missing = at_desk.post(SEND, {"file": a_file(ROBIN), "policy": "third"})
    assert (missing.status_code, "Choose the rules from the list." in text_of(missing)) == (422, True)
    at_desk.post(SEND, {"file": a_file(ROBIN), "policy": "second"})
    assert Roster.objects.latest("pk").policy_code == "second"


def test_a_roster_is_not_asked_for_its_rules_where_the_portal_has_one_policy(at_desk):
    assert "Which rules" not in text_of(at_desk.get(SEND))


def test_the_page_of_a_roster_shows_the_old_and_new_value_of_a_changed_row(at_desk):
    roster = send(at_desk, ROBIN)
    advance_rosters()
    apply(at_desk, roster)
    advance_rosters()
    other = send(at_desk, row(name="Robin Vale-Ode"))
    advance_rosters()
    assert "Name: Robin Vale → Robin Vale-Ode" in page_of(at_desk, other)


def test_a_roster_with_a_refused_row_shows_its_line_and_cannot_be_applied(at_desk):
    roster = send(at_desk, ROBIN, row(number="1.19E+07", email="b@example.org"))
    advance_rosters()
    shown = page_of(at_desk, roster)
    assert "Refused 1" in shown
    assert "A spreadsheet has rewritten this number." in shown
    assert "Apply…" not in shown
    roster.refresh_from_db()
    for confirmed in ({}, {"confirmed": "yes"}):  # the address itself, with the mark that the page would post
        answer = at_desk.post(f"{LIST}{roster.pk}/apply/", {"mark": roster.mark, **confirmed})
        assert answer.status_code == 422
        assert "Rows are refused. Mend the file, and send it again." in text_of(answer)
    advance_rosters()
    roster.refresh_from_db()
    assert roster.state == "checked"
    assert Credential.objects.count() == 1, "the stranger's"


def test_the_rows_of_a_roster_are_paginated_and_filtered_by_outcome(at_desk):
    rows = [row(number=str(1000 + n), name="Person", email=f"p{n}@example.org") for n in range(60)]
    roster = send(at_desk, *rows)
    advance_rosters()
    assert "Page 1 of 2" in page_of(at_desk, roster)
    second = at_desk.get(f"{LIST}{roster.pk}/change/?shows=new&page=2").context["lines"]
    assert [line.line for line in second] == list(range(52, 62))
    for asked in ("?shows=x", "?shows=bad&page=x", "?shows=new&page=9999"):
        assert at_desk.get(f"{LIST}{roster.pk}/change/{asked}").status_code == 200


def test_the_page_of_a_roster_with_many_rows_uses_at_most_12_queries(at_desk, django_assert_max_num_queries):
    rows = [row(number=str(1000 + n), name="Person", email=f"p{n}@example.org") for n in range(60)]
    roster = send(at_desk, *rows)
    advance_rosters()
    with django_assert_max_num_queries(12):
        page_of(at_desk, roster)


def test_the_exported_problems_of_a_roster_contain_no_formula_and_the_export_is_recorded(at_desk, lead):
    roster = send(at_desk, ROBIN, row(number="@SUM(1)", email="b@example.org"))
    advance_rosters()
    answer = at_desk.get(f"{LIST}{roster.pk}/report/?shows=bad")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Line,What,Number,Name,Column,Value,Before and after,Sentence"
    assert lines[1:] == ["3,Refused,,,number,'@SUM(1),,This is a spreadsheet formula. Export the values."]
    assert HistoryEntry.objects.get(verb="exported").by == lead


def test_applying_a_roster_that_was_checked_again_since_it_was_viewed_is_refused(at_desk):
    roster = send(at_desk, ROBIN)
    advance_rosters()
    form = at_desk.get(f"{LIST}{roster.pk}/apply/").context["form"]
    Roster.objects.update(mark="0" * 64)
    answer = at_desk.post(f"{LIST}{roster.pk}/apply/", {"mark": form["mark"].value(), "confirmed": "yes"})
    assert answer.status_code == 422
    assert "checked again since you looked" in text_of(answer)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose a file."),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "The file is empty."),
        ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04")}, "This is no CSV file."),
        ({"file": SimpleUploadedFile("a.csv", b"x" * (MAX_BYTES + 1))}, "Choose a file of at most 25 MB"),
        ({"exported_on_year": "2028", "exported_on_month": "1", "exported_on_day": "1"}, "in the future"),
        ({"exported_on_month": "x"}, "Enter the day"),
    ],
)
def test_an_invalid_roster_upload_shows_an_error_at_its_field(at_desk, sent, sentence):
    answer = at_desk.post(SEND, sent)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Roster.objects.exists()


def test_only_leads_can_upload_and_apply_rosters_and_other_staff_can_view_them(
    signed_in, at_desk, registrar, read_only
):
    roster = send(at_desk, ROBIN)
    advance_rosters()
    for person in (registrar, read_only):
        other = signed_in(person)
        assert other.get(f"{LIST}{roster.pk}/change/").status_code == 200
        assert other.get(SEND).status_code == 403
        assert other.post(f"{LIST}{roster.pk}/apply/", {"confirmed": "yes"}).status_code == 403
        assert "Send a roster" not in text_of(other.get(LIST))


def test_a_roster_can_be_checked_again_and_dropped(at_desk):
    roster = send(at_desk, ROBIN)
    advance_rosters()
    at_desk.post(f"{LIST}{roster.pk}/check-again/", {"confirmed": "yes"})
    assert Roster.objects.get().state == "checking"
    advance_rosters()
    at_desk.post(f"{LIST}{roster.pk}/drop/", {"confirmed": "yes"})
    assert "Dropped" in page_of(at_desk, roster)
