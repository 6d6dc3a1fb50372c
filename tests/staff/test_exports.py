"""Any list as a table for a spreadsheet: its rows, filtered as asked, with no formula in a cell."""

import csv
import io

import pytest
from django.contrib import admin
from django.urls import reverse

from core.models import HistoryEntry
from tests import factories
from tests.cast import member
from tests.staff.scenes import a_row_of_everything, another_waiting

pytestmark = pytest.mark.django_db


def table(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def test_a_list_comes_as_a_table_with_its_columns(waiting, stranger, desk, lead):
    rows = table(desk(lead).get("/staff/renewals/application/table/?state__exact=in_review"))
    first = dict(zip(*rows, strict=True))
    assert (first["reference"], first["trainer"]) == (waiting.reference, "Jordan Rivera")
    assert {"In review", "10 business days through March 16"} <= set(rows[1])


def test_a_table_holds_only_what_the_filter_and_the_search_leave(waiting, desk, lead):
    another_waiting("20000002", name="Kim Other")
    asked = {"q": "Kim Other", "state__exact": "in_review"}
    rows = table(desk(lead).get("/staff/renewals/application/table/", asked))
    assert [row[rows[0].index("trainer")] for row in rows[1:]] == ["Kim Other"]


def test_a_name_that_a_spreadsheet_would_run_is_text_in_the_table(desk, lead):
    factories.TrainerFactory(name='=HYPERLINK("http://evil.example","x")', email="evil@example.org")
    cells = [row[0] for row in table(desk(lead).get("/staff/trainers/trainer/table/?q=evil@example.org"))]
    assert cells[1] == """'=HYPERLINK("http://evil.example","x")"""


def test_a_table_is_longer_than_one_reading_of_rows(desk, lead, monkeypatch):
    monkeypatch.setattr("staff.exports.AT_ONCE", 2)
    people = [
        factories.TrainerFactory(name=f"Many {number}", email=f"many{number}@example.org")
        for number in range(5)
    ]
    rows = table(desk(lead).get("/staff/trainers/trainer/table/?q=many"))
    assert sorted(row[0] for row in rows[1:]) == [one.name for one in people]


def test_it_is_written_down_who_had_which_table(waiting, desk, lead):
    b"".join(desk(lead).get("/staff/renewals/application/table/?state__exact=in_review").streaming_content)
    entry = HistoryEntry.objects.get(verb="exported")
    assert (entry.by, entry.detail) == (lead, {"list": "applications", "asked": "state__exact=in_review"})


def test_every_list_has_its_table(jordan, by_hand, clock_at, desk, root):
    clock_at("2027-03-02")
    factories.everything_met(jordan)
    a_row_of_everything(jordan)
    browser = desk(root)
    for model, room in admin.site._registry.items():
        asked = {"shows": "all"} if any(getattr(one, "usual", "") for one in room.list_filter) else {}
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_table"
        rows = table(browser.get(reverse(name), asked))
        assert len(rows) == 1 + model._default_manager.count() or model._meta.model_name == "historyentry", (
            name
        )


def test_a_table_of_a_list_that_somebody_may_not_see_is_refused(desk, waiting):
    assert desk(member("Nobody Much")).get("/staff/renewals/application/table/").status_code == 403


def test_a_question_that_no_list_may_answer_is_refused(desk, lead):
    assert (
        desk(lead).get("/staff/renewals/application/table/?trainer__password__startswith=a").status_code
        == 400
    )
