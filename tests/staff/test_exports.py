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


def test_a_list_is_exported_as_a_table_with_its_columns(waiting, stranger, desk, lead):
    rows = table(desk(lead).get("/staff/renewals/application/table/?state__exact=in_review"))
    first = dict(zip(*rows, strict=True))
    assert (first["reference"], first["trainer"]) == (waiting.reference, "Jordan Rivera")
    assert {"In review", "10 business days through March 16"} <= set(rows[1])


def test_an_exported_table_contains_only_rows_that_match_filter_and_search(waiting, desk, lead):
    another_waiting("20000002", name="Kim Other")
    asked = {"q": "Kim Other", "state__exact": "in_review"}
    rows = table(desk(lead).get("/staff/renewals/application/table/", asked))
    assert [row[rows[0].index("trainer")] for row in rows[1:]] == ["Kim Other"]


def test_a_name_that_looks_like_a_formula_is_exported_as_text(desk, lead):
    factories.TrainerFactory(name='=HYPERLINK("http://evil.example","x")', email="evil@example.org")
    cells = [row[0] for row in table(desk(lead).get("/staff/trainers/trainer/table/?q=evil@example.org"))]
    assert cells[1] == """'=HYPERLINK("http://evil.example","x")"""


def test_an_exported_table_can_be_longer_than_one_batch_of_rows(desk, lead, monkeypatch):
    monkeypatch.setattr("staff.exports.AT_ONCE", 2)
    people = [
        factories.TrainerFactory(name=f"Many {number}", email=f"many{number}@example.org")
        for number in range(5)
    ]
    rows = table(desk(lead).get("/staff/trainers/trainer/table/?q=many"))
    assert sorted(row[0] for row in rows[1:]) == [one.name for one in people]


def test_a_long_list_is_exported_in_parts_that_together_have_every_row(desk, lead, monkeypatch):
    monkeypatch.setattr("staff.exports.PART", 2)
    for number in range(5):
        factories.TrainerFactory(name=f"Many {number}", email=f"many{number}@example.org")
    page = desk(lead).get("/staff/trainers/trainer/table/?q=many")
    assert "This list has 5 rows. It comes in files of 2 rows at most" in page.content.decode()
    assert [rows for _, *rows in page.context["files"]] == [["1", "2"], ["3", "4"], ["5", "5"]]
    files = [
        table(desk(lead).get(f"/staff/trainers/trainer/table/{url}")) for url, *_ in page.context["files"]
    ]
    assert [len(file) for file in files] == [3, 3, 2]
    assert sorted(row[0] for file in files for row in file[1:]) == [f"Many {number}" for number in range(5)]


@pytest.mark.parametrize("part", ["0", "2", "x", "-1", "", "9" * 5000])
def test_a_part_that_a_list_does_not_have_is_not_found(desk, lead, part):
    assert desk(lead).get("/staff/trainers/trainer/table/", {"part": part}).status_code == 404


def test_exporting_a_table_is_recorded_with_person_and_filter(waiting, desk, lead):
    b"".join(desk(lead).get("/staff/renewals/application/table/?state__exact=in_review").streaming_content)
    entry = HistoryEntry.objects.get(verb="exported")
    assert (entry.by, entry.detail) == (lead, {"list": "applications", "asked": "state__exact=in_review"})


def test_every_list_can_be_exported_as_a_table(jordan, by_hand, clock_at, desk, root):
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


def test_exporting_a_list_without_permission_to_see_it_is_refused(desk, waiting):
    assert desk(member("Nobody Much")).get("/staff/renewals/application/table/").status_code == 403


def test_exporting_a_list_with_a_forbidden_lookup_is_refused(desk, lead):
    assert (
        desk(lead).get("/staff/renewals/application/table/?trainer__password__startswith=a").status_code
        == 400
    )
