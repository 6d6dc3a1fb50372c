"""Courses and providers as a file: downloaded, edited, compared with what is stored, and only then saved."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ceus.models import CatalogueChange, Course, Provider
from ceus.services import filing
from core.models import HistoryEntry
from tests import factories
from tests.reading import text_of

pytestmark = pytest.mark.django_db
FILE, IMPORT = "/staff/ceus/course/file/", "/staff/ceus/course/import/"


@pytest.fixture
def course(clock_at) -> Course:
    clock_at("2026-06-15")
    return factories.CourseFactory(title="Fuel", slug="fuel", hundredths=40, format="online")


def rows_of(browser) -> list[dict[str, str]]:
    text = browser.get(FILE).content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def a_file(rows: list[dict[str, str]]) -> SimpleUploadedFile:
    out = StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile("courses.csv", out.getvalue().encode(), "text/csv")


def look(browser, rows: list[dict[str, str]]):
    return browser.post(IMPORT, {"file": a_file(rows)})


def confirm_plan(browser, shown):
    kept = {name: shown.context[name] for name in ("kept", "mark")}
    return browser.post(IMPORT, {**kept, "confirmed": "yes"})


def test_an_import_form_keeps_the_files_content_on_one_line_because_browsers_change_line_feeds(
    course, registrar, signed_in
):
    browser = signed_in(registrar)
    shown = look(browser, [rows_of(browser)[0] | {"title": "Fuel\nfor runners"}])
    assert "\n" not in shown.context["kept"]
    assert confirm_plan(browser, shown).status_code == 302


def test_importing_an_unchanged_export_of_the_catalogue_changes_nothing(course, registrar, signed_in):
    browser = signed_in(registrar)
    shown = look(browser, rows_of(browser))
    assert shown.context["counts"] == {"same": 1}
    assert shown.context["applies"] == 0


def test_a_catalogue_import_previews_changed_and_new_rows_before_saving(course, registrar, signed_in):
    browser = signed_in(registrar)
    row = rows_of(browser)[0]
    rows = [row | {"title": "Fuel for runners"}, row | {"slug": "", "title": "Hill running", "ceus": "0.2"}]
    shown = look(browser, rows)
    assert "Title: Fuel → Fuel for runners" in text_of(shown)
    assert Course.objects.count() == 1
    assert confirm_plan(browser, shown).status_code == 302
    assert list(Course.objects.order_by("pk").values_list("slug", "title", "hundredths")) == [
        ("fuel", "Fuel for runners", 40),
        ("hill-running", "Hill running", 20),
    ]
    assert "runners" in Course.objects.get(slug="fuel").search_text
    assert HistoryEntry.objects.filter(reason="From a file", by=registrar).count() == 2


def test_a_catalogue_import_skips_a_row_that_affects_logged_records_and_points_to_its_page(
    course, jordan, registrar, signed_in
):
    factories.CeuRecordFactory(
        credential=jordan.credentials.get(), course=course, completed_on=date(2026, 6, 1)
    )
    browser = signed_in(registrar)
    shown = look(browser, [rows_of(browser)[0] | {"approved_through": "2026-05-31"}])
    assert shown.context["counts"] == {"touches records": 1}
    assert "Change it on its page" in text_of(shown)
    confirm_plan(browser, shown)
    course.refresh_from_db()
    assert course.approved_through is None
    assert not CatalogueChange.objects.exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ceus": "many"}, "hundredths:"),
        ({"provider": "Nobody"}, "Nobody is not in the catalogue"),
        ({"topics": "Alchemy"}, "topic: Alchemy is not in the catalogue"),
        ({"slug": "no-such"}, "No course has this slug"),
        ({"approved_from": "31/12/2026"}, "approved_from:"),
        ({"link": "javascript:alert(1)"}, "link:"),
    ],
)
def test_an_invalid_row_of_a_catalogue_import_says_why_and_is_not_saved(
    course, registrar, signed_in, change, sentence
):
    browser = signed_in(registrar)
    shown = look(browser, [rows_of(browser)[0] | change])
    assert shown.context["counts"] == {"wrong": 1}
    assert sentence in text_of(shown)
    confirm_plan(browser, shown)
    assert Course.objects.get().title == "Fuel"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"title\nFuel\n", b"a,b\n1,2\n", b"x" * 400_001])
def test_an_ambiguous_or_unreadable_catalogue_file_is_refused_at_its_field(
    course, registrar, signed_in, content
):
    sent = SimpleUploadedFile("courses.csv", content, "text/csv")
    answer = signed_in(registrar).post(IMPORT, {"file": sent})
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors


def test_a_catalogue_import_is_previewed_again_when_the_catalogue_changed_after_the_preview(
    course, registrar, signed_in
):
    browser = signed_in(registrar)
    shown = look(browser, [rows_of(browser)[0] | {"title": "Fuel for runners"}])
    Course.objects.update(title="Fuel for all")
    answer = confirm_plan(browser, shown)
    assert answer.status_code == 422
    assert "The catalogue changed since you looked." in answer.content.decode()
    assert Course.objects.get().title == "Fuel for all"


def test_a_catalogue_import_with_forged_content_is_refused(course, registrar, signed_in):
    answer = signed_in(registrar).post(IMPORT, {"kept": "slug,title:forged", "confirmed": "yes"})
    assert answer.status_code == 422


def test_a_catalogue_cell_that_looks_like_a_formula_is_escaped_and_imported_unchanged(
    course, registrar, signed_in
):
    Course.objects.update(title="=1+1")
    browser = signed_in(registrar)
    rows = rows_of(browser)
    assert rows[0]["title"] == "'=1+1"
    assert look(browser, rows).context["counts"] == {"same": 1}


@pytest.mark.parametrize("role", ["reviewer", "finance", "read_only"])
def test_other_roles_cannot_import_a_catalogue_file(request, course, role, signed_in):
    assert signed_in(request.getfixturevalue(role)).get(IMPORT).status_code == 403


# --- providers

PROVIDERS = "/staff/ceus/provider/"


def provider_rows(browser) -> list[dict[str, str]]:
    text = browser.get(f"{PROVIDERS}file/").content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def look_at_providers(browser, rows: list[dict[str, str]]):
    return browser.post(f"{PROVIDERS}import/", {"file": a_file(rows)})


def confirm_providers(browser, shown):
    kept = {name: shown.context[name] for name in ("kept", "mark")}
    return browser.post(f"{PROVIDERS}import/", {**kept, "confirmed": "yes"})


def test_importing_an_unchanged_export_of_providers_changes_nothing(course, registrar, signed_in):
    shown = look_at_providers(signed_in(registrar), provider_rows(signed_in(registrar)))
    assert (shown.context["counts"], shown.context["applies"]) == ({"same": 1}, 0)


def test_a_provider_import_previews_renamed_and_new_providers_and_then_saves_them(
    course, registrar, signed_in
):
    browser = signed_in(registrar)
    row = provider_rows(browser)[0]
    new = {
        "slug": "",
        "name": "Hill House",
        "approved_from": "2026-01-01",
        "approved_through": "",
        "link": "",
    }
    shown = look_at_providers(browser, [row | {"name": "Moved Institute"}, row | new])
    assert f"Name: {row['name']} → Moved Institute" in text_of(shown)
    assert Provider.objects.count() == 1
    assert confirm_providers(browser, shown).status_code == 302
    assert set(Provider.objects.values_list("name", flat=True)) == {"Moved Institute", "Hill House"}
    course.refresh_from_db()
    assert "moved" in course.search_text
    assert HistoryEntry.objects.filter(reason="From a file", by=registrar).count() == 2


def test_a_provider_import_skips_a_row_that_affects_records_and_says_whose(
    course, jordan, stranger, registrar, signed_in
):
    for person in (jordan, stranger):
        factories.CeuRecordFactory(
            credential=person.credentials.get(), course=course, completed_on=date(2026, 6, 1)
        )
    browser = signed_in(registrar)
    row = provider_rows(browser)[0] | {"approved_through": "2026-05-31"}
    shown = look_at_providers(browser, [row])
    assert shown.context["counts"] == {"touches records": 1}
    assert "2 records of 2 people; 0 ready to renew" in text_of(shown)
    confirm_providers(browser, shown)
    assert Provider.objects.get().approved_through is None


def test_a_provider_import_with_the_same_name_twice_is_refused(course, registrar, signed_in):
    browser = signed_in(registrar)
    row = provider_rows(browser)[0] | {"slug": "", "name": "Hill House"}
    shown = look_at_providers(browser, [row, row | {"name": "hill house"}])
    assert shown.context["counts"] == {"new": 1, "wrong": 1}
    assert "This name stands in the file twice." in text_of(shown)


def test_importing_a_provider_that_somebody_added_simultaneously_is_refused(
    course, registrar, signed_in, monkeypatch
):
    browser = signed_in(registrar)
    shown = look_at_providers(browser, [provider_rows(browser)[0] | {"slug": "", "name": "Hill House"}])
    monkeypatch.setattr(filing, "free_slug", lambda row: course.provider.slug)
    answer = confirm_providers(browser, shown)
    assert answer.status_code == 422
    assert "The catalogue changed since you looked." in answer.content.decode()
    assert Provider.objects.count() == 1


def test_a_provider_name_that_looks_like_a_formula_is_escaped_and_imported_unchanged(
    course, registrar, signed_in
):
    Provider.objects.update(name="@SUM(1)")
    browser = signed_in(registrar)
    rows = provider_rows(browser)
    assert rows[0]["name"] == "'@SUM(1)"
    assert look_at_providers(browser, rows).context["counts"] == {"same": 1}


@pytest.mark.parametrize("role", ["reviewer", "finance", "read_only"])
def test_other_roles_cannot_import_a_provider_file(request, course, role, signed_in):
    assert signed_in(request.getfixturevalue(role)).get(f"{PROVIDERS}import/").status_code == 403
