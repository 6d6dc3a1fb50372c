"""What a person can read about themselves, and the download file with it (Q33)."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client

from core import clock
from core.my_data import sections_about
from documents.models import Document
from tests.documents import good
from tests.erasure.scenes import files_in
from tests.reading import text_of
from tests.trainers.scenes import mailed_code
from trainers.models import DataFile
from trainers.services import own_data
from trainers.services.own_data import ask_for_data_file, build_data_file
from trainers.tasks import build_data_files

pytestmark = pytest.mark.django_db
HEADINGS = [
    "You", "Names that you asked for", "More time and waivers", "Your certification", "Your digital badge", "Courses and cards",
    "Cards that the rules ask for",
    "Reported by providers", "Your roles at providers",
    "Employers that see your certification", "Your roles at employers", "Your entries in the directory",
    "Your certification on other sites", "Petitions", "Renewals",
    "Checks of your documents", "Payments", "Messages", "What became of our mail", "Files", "Where you signed in",
    "What was changed",
]  # fmt: skip
MY_FILE = "/account/data/file/"


def test_the_own_data_page_lists_under_headings_what_the_portal_stores(lived, signed_in):
    assert [section.heading for section in sections_about(lived)] == HEADINGS
    page = text_of(signed_in(lived).get("/account/data/"))
    for words in (
        "Jordan Cole", "jordan@example.org", "1193 4482", "March 15, 2025 to March 14, 2027",
        "Kettlebell Biomechanics", "What you learned Hip hinge mechanics", "You answered our question. A day.",
        "Payment: Petition P-", "Amount $25.00", "Refund: Petition P-", "certificate.png", "Opened by our staff 0 times",
        "The name was changed", "You have more time. You were ill.",
    ):  # fmt: skip
        assert words in page
    for word in ("trainers.", "payload", "None", "{'", "stored_as", "verb", "in_review", "-$"):
        assert word not in page


def test_the_own_data_page_and_file_contain_nothing_of_another_trainer(lived, stranger, signed_in):
    page = text_of(signed_in(stranger).get("/account/data/"))
    assert "Sam Stranger" in page
    for words in ("Jordan", "1193 4482", "Kettlebell"):
        assert words not in page
    assert signed_in(stranger).get(MY_FILE).status_code == 404


def test_the_own_data_page_and_file_contain_no_secret(client, jordan, storage):
    code = mailed_code(client, jordan)
    held = str(sections_about(jordan))
    assert code not in held
    assert jordan.password not in held


def test_the_own_data_file_is_built_in_the_background_and_only_its_owner_can_download_it(
    lived, stranger, storage, signed_in, clock_at
):
    DataFile.objects.all().delete()
    browser = signed_in(lived)
    assert "Make my file" in text_of(browser.get("/account/data/"))
    assert browser.post("/account/data/ask/")["Location"] == "/account/data/"
    browser.post("/account/data/ask/")
    assert DataFile.objects.count() == 1, "asked for twice, it is one"
    assert "We are making your file." in text_of(browser.get("/account/data/"))
    assert browser.get(MY_FILE).status_code == 404
    assert build_data_files() == 1
    assert "Your file is ready" in text_of(browser.get("/account/data/"))
    answer = browser.get(MY_FILE)
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.zip"'
    assert answer["Cache-Control"] == "private, no-store"
    names, page = unpacked(b"".join(answer.streaming_content))
    assert names == ["My data.html", "Files/006 certificate.png", "Files/007 card.png"]
    assert "<h1>Data about Jordan Cole</h1>" in page
    for heading in HEADINGS:
        assert f"<h2>{heading}</h2>" in page
    assert signed_in(stranger).get(MY_FILE).status_code == 404
    assert Client().get(MY_FILE).status_code == 302


def got(browser) -> int:
    """The status of the answer, whose file is closed again."""
    answer = browser.get(MY_FILE)
    assert b"".join(answer.streaming_content)  # which also closes it
    return answer.status_code


def unpacked(content: bytes) -> tuple[list[str], str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return archive.namelist(), archive.read("My data.html").decode()


def test_the_own_data_file_contains_the_original_of_each_document(lived, storage):
    file = DataFile.objects.get()
    (sent,) = Document.objects.filter(owner=lived, original_name="certificate.png")
    with zipfile.ZipFile(storage / file.stored_as) as archive:
        assert archive.read("Files/006 certificate.png") == good.png()
    assert sent.sent_size == len(good.png())


def test_the_own_data_file_can_be_downloaded_for_seven_days(lived, signed_in, clock_at):
    browser = signed_in(lived)
    clock_at("2027-03-09 12:00")
    assert got(browser) == 200
    clock_at("2027-03-09 12:00:01")
    assert browser.get(MY_FILE).status_code == 404
    assert "Make my file" in text_of(browser.get("/account/data/"))
    browser.post("/account/data/ask/")
    assert DataFile.objects.living().get().ready_at is None


def test_an_own_data_file_whose_build_was_interrupted_is_built_by_the_next_task_run(
    jordan, storage, monkeypatch, clock_at
):
    class Killed(BaseException):
        pass

    def die(name: str) -> None:
        if name == "own_data.written":
            raise Killed

    at = clock_at("2027-03-02")
    ask_for_data_file(jordan, by=jordan, at=at, kept_for=timedelta(days=7))
    with monkeypatch.context() as during:
        during.setattr(own_data, "faultpoint", die)
        with pytest.raises(Killed):
            build_data_files()
    assert DataFile.objects.get().ready_at is None
    assert build_data_files() == 1
    assert files_in(storage) == [DataFile.objects.get().stored_as]


def test_an_own_data_file_fails_after_five_tries_and_can_be_requested_again(
    jordan, storage, signed_in, clock_at, monkeypatch
):
    at = clock_at("2027-03-02")
    file = ask_for_data_file(jordan, by=jordan, at=at, kept_for=timedelta(days=7))

    def fail(person):
        raise ValueError("no page")

    for _ in range(5):
        with pytest.raises(ValueError, match="no page"):
            build_data_file(file, at=at, page=fail)
    assert build_data_file(file, at=at, page=fail).attempts == 5
    browser = signed_in(jordan)
    assert "We could not make your file." in text_of(browser.get("/account/data/"))
    browser.post("/account/data/ask/")
    assert build_data_files() == 1
    assert got(browser) == 200


def test_an_own_data_file_expired_during_its_build_leaves_nothing_in_storage(jordan, storage, clock_at):
    at = clock_at("2027-03-02")
    file = ask_for_data_file(jordan, by=jordan, at=at, kept_for=timedelta(days=7))

    def erased_meanwhile(person):
        own_data.let_go(file, at=clock.now())
        return "page"

    build_data_file(file, at=at, page=erased_meanwhile)
    assert files_in(storage) == []


def test_the_own_data_page_refuses_post_and_the_request_for_the_file_refuses_get(jordan, signed_in):
    browser = signed_in(jordan)
    assert browser.post("/account/data/").status_code == 405
    assert browser.get("/account/data/ask/").status_code == 405
