"""A provider's side in the browser: who gets in, reporting by numbers and by file, corrections, requests, keys."""

from datetime import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from ceus.models import Course
from core.errors import Refusal
from core.models import HistoryEntry
from outbox.models import Notice
from providers.models import ApiKey, Batch, Completion, CourseRequest, ProviderPerson
from providers.services.people import end_provider_role
from providers.services.reporting import TRY_AGAIN
from tests.factories import CourseFactory, ProviderFactory
from tests.payments.scenes import mail_of
from tests.providers.scenes import AT, TODAY, counted, decided, penny, report, role_of_penny, row
from tests.reading import text_of

pytestmark = pytest.mark.django_db
DAY = {"completed_on_month": "5", "completed_on_day": "3", "completed_on_year": "2026"}
CSV = "number,name,course,completed_on\n11934482,Jordan Rivera,balance,2026-05-03\n99999999,Nora,balance,2026-05-03\n"


@pytest.fixture
def browser(course, reporter, signed_in, clock_at):
    """Penny's browser, past the second factor."""
    clock_at("2026-06-01")
    return signed_in(reporter)


def sent(name: str, content: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content)}


def workbook(*rows) -> bytes:
    book, kept = Workbook(), BytesIO()
    for one in rows:
        book.active.append(one)
    book.save(kept)
    return kept.getvalue()


def hidden(page, name: str) -> str:
    return page.content.decode().partition(f'name="{name}" value="')[2].partition('"')[0]


def test_a_provider_without_a_second_factor_is_redirected_to_set_one_up(reporter, signed_in):
    answer = signed_in(reporter, second_factor=False).get("/provider/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/2fa/")


def test_the_provider_pages_give_404_to_trainers_and_staff_and_sign_out_people_whose_role_has_ended(
    browser, jordan, lead, signed_in, registrar
):
    assert browser.get("/provider/").status_code == 200
    assert {signed_in(one).get("/provider/").status_code for one in (jordan, lead)} == {404}
    end_provider_role(role_of_penny(), by=registrar, at=AT, reason="She left.")
    assert browser.get("/provider/").status_code == 302


def test_a_provider_who_opens_a_page_for_trainers_is_redirected_to_the_provider_pages(browser):
    assert browser.get("/home/")["Location"] == "/provider/"
    assert browser.get("/my-courses/")["Location"] == "/provider/"


def test_the_page_of_another_providers_report_gives_404(browser, jordan, signed_in):
    batch = report(row())
    other = penny(ProviderFactory(name="Other"), name="Otto Other")
    theirs = signed_in(other)
    pk = batch.completions.get().pk
    for path in (f"reports/{batch.reference}/", f"completions/{pk}/correct/", f"completions/{pk}/take-back/"):
        assert browser.get(f"/provider/{path}").status_code == 200
        assert theirs.get(f"/provider/{path}").status_code == 404


def test_typed_numbers_are_shown_with_names_and_their_course_counts_once_confirmed(
    browser, jordan, stranger, course
):
    form = browser.get("/provider/report/")
    typed = {"course": course.pk, **DAY, "numbers": "1193 4482\n20000001\n5", "key": hidden(form, "key")}
    shown = text_of(browser.post("/provider/report/", typed))
    assert "2 of 3 can be taken: 1 unknown number." in shown
    assert "Jordan Rivera" in shown
    assert "Sam Stranger" in shown
    assert "@example.org" not in shown
    assert Batch.objects.count() == 0
    done = [browser.post("/provider/report/", {**typed, "confirmed": "yes"}) for _ in range(2)]
    batch = Batch.objects.get()
    assert {one["Location"] for one in done} == {f"/provider/reports/{batch.reference}/"}
    assert (batch.taken_count, counted(jordan), counted(stranger)) == (2, 40, 40)
    assert "2 of 3 taken, 1 not taken." in text_of(browser.get(f"/provider/reports/{batch.reference}/"))


def test_numbers_changed_after_the_page_was_sent_are_asked_about_again_and_can_be_reported(
    browser, course, jordan, stranger
):
    typed = {"course": course.pk, **DAY, "key": "k"}
    browser.post("/provider/report/", {**typed, "numbers": "11934482", "confirmed": "yes"})
    again = browser.post("/provider/report/", {**typed, "numbers": "20000001", "confirmed": "yes"})
    assert (again.status_code, "This page was sent already" in text_of(again)) == (422, True)
    typed["key"] = hidden(again, "key")
    browser.post("/provider/report/", {**typed, "numbers": "20000001", "confirmed": "yes"})
    assert (counted(jordan), counted(stranger), Batch.objects.count()) == (40, 40, 2)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "utf16", "semicolons"])
def test_a_file_is_shown_row_by_row_and_reported_once_confirmed(browser, jordan, kind):
    header, *lines = [line.split(",") for line in CSV.splitlines()]
    lines[0][3] = datetime(2026, 5, 3) if kind == "xlsx" else lines[0][3]
    lines[0][0] = 11934482 if kind == "xlsx" else lines[0][0]
    files = {
        "csv": ("may.csv", CSV.encode()),
        "utf16": ("may.csv", CSV.encode("utf-16")),
        "semicolons": ("may.csv", CSV.replace(",", ";").encode("utf-8-sig")),
        "xlsx": ("may.xlsx", workbook(header, *lines) if kind == "xlsx" else b""),
    }
    shown = browser.post("/provider/report/file/", sent(*files[kind]))
    assert "1 of 2 can be taken: 1 unknown number." in text_of(shown)
    assert Batch.objects.count() == 0
    rows = hidden(shown, "rows")
    browser.post("/provider/report/file/", {"rows": rows})
    browser.post("/provider/report/file/", {"rows": rows})
    assert (Batch.objects.get().taken_count, counted(jordan)) == (1, 40)


def test_a_confirmed_file_that_others_are_in_the_way_of_is_shown_again_and_can_be_sent_again(
    browser, jordan, monkeypatch
):
    def busy(*arguments, **named):
        raise Refusal(TRY_AGAIN, code="busy")

    rows = hidden(browser.post("/provider/report/file/", sent("may.csv", CSV.encode())), "rows")
    with monkeypatch.context() as held:
        held.setattr("providers.views.reporting.report_completions", busy)
        again = browser.post("/provider/report/file/", {"rows": rows})
    assert (again.status_code, "Nothing was taken. Send it again." in text_of(again)) == (422, True)
    browser.post("/provider/report/file/", {"rows": hidden(again, "rows")})
    assert (Batch.objects.get().taken_count, counted(jordan)) == (1, 40)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "The file is empty."),
        ("a.csv", b"number,name\n1,2\n", "the column course is missing"),
        ("a.csv", b"number,name,course,completed_on\n", "no rows below"),
        ("a.csv", b"\x00\x01\x02", "no CSV or XLSX"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"x" * 99, "no CSV or XLSX"),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 99, "no CSV or XLSX"),
        ("a.csv", CSV.encode() + b"1,2,3,4\n" * 1000, "more than 1,000 rows"),
        ("a.csv", b"x" * 2_000_001, "larger than 2 MB"),
        ("a.csv", b'number,name,course,completed_on\n"1,2\n', "cannot be read"),
    ],
)
def test_a_file_that_is_no_report_table_is_refused_with_a_sentence_at_its_field(
    browser, name, content, words
):
    answer = browser.post("/provider/report/file/", sent(name, content))
    assert answer.status_code == 422
    assert words in text_of(answer)


def test_a_report_confirmation_with_forged_rows_is_refused(browser, jordan):
    answer = browser.post("/provider/report/file/", {"rows": "forged"})
    assert (answer.status_code, Batch.objects.count()) == (422, 0)
    assert "Choose the file again." in text_of(answer)


def test_a_provider_corrects_and_withdraws_a_single_completion_on_its_page(browser, jordan, course):
    batch = report(row())
    pk = batch.completions.get().pk
    page = f"/provider/completions/{pk}/correct/"
    fixed = {
        "number": "11934482",
        "name": "Rivera",
        "course": course.pk,
        **DAY,
        "ceus": "0.2",
        "reason": "Half.",
    }
    assert browser.post(page, {**fixed, "number": "5"}).status_code == 422
    browser.post(page, fixed)
    assert counted(jordan) == 20
    later = Completion.objects.get(replaces=pk)
    browser.post(f"/provider/completions/{later.pk}/take-back/", {"reason": "Not there."})
    assert counted(jordan) == 0
    shown = text_of(browser.get(f"/provider/reports/{batch.reference}/"))
    assert "You corrected it." in shown
    assert "You took it back." in shown


def test_a_provider_withdraws_a_report_on_its_page_with_a_reason(browser, jordan):
    batch = report(row())
    page = f"/provider/reports/{batch.reference}/withdraw/"
    assert browser.post(page, {"reason": " "}).status_code == 422
    browser.post(page, {"reason": "Wrong list."})
    assert counted(jordan) == 0


def test_a_course_that_a_provider_asks_for_is_listed_once_staff_approve_it(browser, provider):
    asked = {"title": "Yoga for Backs", "format": "online", "hundredths": "0.3", "about": "Three hours."}
    assert browser.post("/provider/requests/new/", {**asked, "hundredths": "x"}).status_code == 422
    for _ in range(2):
        browser.post("/provider/requests/new/", asked)
    request = CourseRequest.objects.get()
    told = {"hundredths": 30, "category": "education", "approved_from": TODAY, "approved_through": None}
    decided(request, verdict="approve", **told)
    course = Course.objects.get(title="Yoga for Backs")
    assert (course.provider, course.hundredths, course.is_approved_on(TODAY)) == (provider, 30, True)
    notice = Notice.objects.get(kind="providers.decided")
    assert "Report it with the code yoga-for-backs." in mail_of(notice).text
    assert "Approved" in text_of(browser.get("/provider/requests/"))


def test_a_providers_request_for_a_longer_approval_is_denied_with_a_reason(browser, provider):
    CourseFactory(provider=provider, slug="ending", approved_through=TODAY)
    browser.post("/provider/courses/ending/longer/", {"about": "Nothing has changed."})
    request = CourseRequest.objects.get()
    decided(request, verdict="deny", words="The outline is old.")
    assert "The outline is old." in text_of(browser.get("/provider/requests/"))
    assert HistoryEntry.objects.filter(verb="denied").count() == 1


def test_granting_a_longer_approval_moves_the_last_day_of_the_courses_approval(browser, provider):
    course = CourseFactory(provider=provider, slug="ending", approved_through=TODAY)
    browser.post("/provider/courses/ending/longer/", {"about": "Nothing has changed."})
    later = TODAY.replace(year=2028)
    told = {"hundredths": 40, "category": "education", "approved_from": course.approved_from}
    request = CourseRequest.objects.get()
    decided(request, verdict="approve", **told, approved_through=later)
    course.refresh_from_db()
    assert course.approved_through == later


def test_a_new_api_key_is_shown_once_and_needs_at_least_one_scope(browser):
    assert browser.post("/provider/keys/", {"name": "Moodle"}).status_code == 422
    page = text_of(browser.post("/provider/keys/", {"name": "Moodle", "scopes": ["report"]}))
    key = ApiKey.objects.get()
    assert f"rk_{key.prefix}_" in page
    listed = text_of(browser.get("/provider/keys/"))
    assert f"rk_{key.prefix}_…" in listed
    browser.post(f"/provider/keys/{key.pk}/revoke/")
    key.refresh_from_db()
    assert key.revoked_at is not None


def test_a_provider_invitation_is_accepted_only_through_its_newest_link(
    provider, registrar, client, clock_at
):
    from providers.joining_links import LINKS
    from providers.services.people import invite_provider_person, send_provider_invitation_again

    clock_at("2026-06-01")
    told = {"email": "nora@harbor.example.org", "name": "Nora New", "by": registrar, "at": AT}
    role = invite_provider_person(provider, **told)
    old = LINKS.token_for_role(role)
    new = LINKS.token_for_role(send_provider_invitation_again(role, by=registrar, at=AT))
    assert client.get(f"/provider/join/{old}/").status_code == 410
    answer = client.post(f"/provider/join/{new}/")
    assert answer["Location"].endswith("?next=%2Fprovider%2F")
    role.refresh_from_db()
    assert role.state == ProviderPerson.State.ACTIVE


def test_the_course_page_answers_whether_the_course_counts_with_the_clause(
    jordan, course, signed_in, clock_at
):
    clock_at("2026-06-01")
    assert "Sign in" in text_of(signed_in(jordan).__class__().get("/courses/balance/"))
    shown = text_of(signed_in(jordan).get("/courses/balance/"))
    assert "Does this count for me? Yes This brings you to 0.4 of 2.0." in shown
    report(row())
    shown = text_of(signed_in(jordan).get("/courses/balance/"))
    assert "Not today" in shown
    assert "Q12:" in shown
