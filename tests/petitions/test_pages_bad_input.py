"""What the forms about petitions do not accept: a 4xx with a sentence at the field, nothing changed, what was typed kept."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import HistoryEntry
from documents.models import Document
from petitions.forms import hundredths_of
from petitions.models import Petition
from rules.units import HUNDREDTHS, BadCeus, Unit
from tests.cast import colleague
from tests.documents import hostile
from tests.petitions import scenes
from tests.petitions.scenes import FORM, SHORTEST_FORM

pytestmark = pytest.mark.django_db
HOURS = "Write the contact hours as a number such as 4 or 4.5, more than 0 and at most 1000."
HIDDEN = "Take out the hidden characters"
LINK = "Enter a web address such as www.example.org"
CASES = [
    *(
        ("hours", typed, HOURS)
        for typed in (
            "NaN", "1e999", "0,5", "٣", "-4", "+4", "0", "0.0", "4.55", "4h", "Infinity", "9" * 31, "1000.1",
            "0x10", "4_0", "½", "=cmd()", ".5", "4.",
        )
    ),
    ("hours", "9" * 41, "Use 40 characters or fewer."),
    ("hours", "4\x00", HIDDEN),
    ("title", "", "Enter the name of the course."),
    ("title", "   ", "Enter the name of the course."),
    ("title", "x" * 161, "Use 160 characters or fewer."),
    ("title", "a\x00b", HIDDEN),
    ("title", "\u202eevil", HIDDEN),
    ("provider_name", "", "Enter who offered the course."),
    ("provider_name", "x" * 121, "Use 120 characters or fewer."),
    ("learned", "x" * 4001, "Use 4000 characters or fewer."),
    ("learned", "a\x00b", HIDDEN),
    ("instructor", "x" * 4001, "Use 4000 characters or fewer."),
    ("topic", "no-such-topic", "Choose a topic from the list."),
    ("topic", "\x00", "Choose a topic from the list."),
    ("topic", "1", "Choose a topic from the list."),
    *(
        ("provider_link", typed, LINK)
        for typed in (
            "javascript:alert(1)", "ftp://files.example", "no web address", "http://[x", "data:text/html,x",
            "https://", "//",
        )
    ),
    ("provider_link", "www.example.org/\u202e", HIDDEN),
    ("provider_link", "https://example.org/" + "x" * 300, "Use 300 characters or fewer."),
    ("completed_on_month", "٣", "in numbers"),
    ("completed_on_day", "31.5", "in numbers"),
    ("completed_on_year", "9" * 31, "in numbers"),
    ("completed_on_month", "13", "as a real date"),
    ("began_on_year", "1899", "4 digits"),
]  # fmt: skip
EXTRA = {
    **dict.fromkeys(("state", "status", "to_state"), "approved"),
    **dict.fromkeys(
        ("asked_hundredths", "hundredths", "ceus", "fee_cents", "agreed_cents", "amount"), "9999"
    ),
    **dict.fromkeys(("trainer", "trainer_id", "credential", "credential_id", "owner", "by", "id", "pk"), "1"),
    **dict.fromkeys(("is_staff", "is_superuser", "lists_course", "paid", "approved"), "on"),
    **dict.fromkeys(("received_at", "received_on", "submitted_at", "started_at", "ended_at"), "2020-01-01"),
    **dict.fromkeys(("charge", "record", "category", "reference", "answer_due_on"), "cpr_aed"),
}


@pytest.fixture(autouse=True)
def at(clock_at):
    return clock_at("2027-02-01 12:00")


@pytest.fixture
def addresses(jordan, at) -> list[str]:
    """Where the first page is sent to: for a new petition, and for a draft that is changed."""
    return ["/petitions/new/", f"/petitions/{scenes.draft(jordan, at=at, title='Before').reference}/change/"]


def all_there_is() -> list[object]:
    return [list(Petition.objects.values()), Document.objects.count(), HistoryEntry.objects.count()]


@pytest.mark.parametrize(("field", "typed", "sentence"), CASES)
def test_what_cannot_be_read_is_answered_at_its_field_and_kept(
    jordan, signed_in, addresses, field, typed, sentence
):
    before, browser = all_there_is(), signed_in(jordan)
    for address in addresses:
        answer = browser.post(address, {**FORM, field: typed})
        assert answer.status_code == 422
        errors = answer.context["form"].errors
        assert list(errors) == [field.rsplit("_", 1)[0] if field[:5] in ("compl", "began") else field]
        assert sentence in str(errors)
        assert answer.context["form"].data[field] == typed
    assert all_there_is() == before


def test_half_a_character_is_answered_at_its_field(jordan, signed_in, addresses):
    body = "title=%ED%A0%80&provider_name=x"
    for address in addresses:
        answer = signed_in(jordan).post(address, body, "application/x-www-form-urlencoded")
        assert answer.status_code in (302, 422)
    assert "\ud800" not in "".join(Petition.objects.values_list("title", flat=True))


def test_nothing_at_all_is_answered_like_everything_missing(jordan, signed_in, addresses):
    for address in addresses:
        answer = signed_in(jordan).post(address, {})
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"title", "provider_name"}


def test_thirty_more_fields_change_nothing_but_what_was_asked(jordan, stranger, signed_in, addresses):
    assert len(EXTRA) >= 30
    for address in addresses:
        assert signed_in(jordan).post(address, {**EXTRA, **SHORTEST_FORM}).status_code == 302
    for petition in Petition.objects.all():
        assert (petition.trainer, petition.credential.trainer) == (jordan, jordan)
        assert (petition.state, petition.charge, petition.record) == ("draft", None, None)
        assert (petition.asked_hundredths, petition.category, petition.received_at) == (
            None,
            "education",
            None,
        )


def test_a_flood_of_fields_or_text_is_turned_away(jordan, signed_in, addresses):
    before, browser = all_there_is(), signed_in(jordan)
    for address in addresses:
        assert browser.post(address, {f"f{n}": "x" for n in range(300)}).status_code == 400
        assert browser.post(address, {**FORM, "learned": "x" * 3_000_000}).status_code in (400, 413, 422)
    assert all_there_is() == before


@pytest.mark.parametrize("field", ["certificate", "agenda", "instructor_proof"])
@pytest.mark.parametrize(
    ("name", "content"), [("empty.pdf", b""), ("page.png", hostile.HTML), ("CON.pdf", b"\x00" * 100)]
)
def test_a_bad_file_is_answered_at_its_field(jordan, signed_in, field, name, content):
    answer = signed_in(jordan).post("/petitions/new/", {**FORM, field: SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Petition.objects.exists()


def test_words_that_look_like_code_are_words(jordan, signed_in):
    typed = {**FORM, "title": "<script>alert(1)</script>", "learned": "=cmd()\n{{ 7*7 }}"}
    page = signed_in(jordan).post("/petitions/new/", typed, follow=True).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "=cmd()<br>{{ 7*7 }}" in page


def test_the_name_of_a_file_is_words_too(jordan, at, signed_in):
    petition = scenes.draft(jordan, at=at)
    Document.objects.update(original_name="<img src=x onerror=alert(1)>.pdf")
    for end in ("", "check/", "change/"):
        page = signed_in(jordan).get(f"/petitions/{petition.reference}/{end}").content.decode()
        assert "<img" not in page
        assert "&lt;img src=x" in page


def test_a_title_is_one_line_because_it_stands_in_the_subject_of_mails(jordan, signed_in):
    typed = {**FORM, "title": "Hip\r\nBcc: all@example.org", "provider_name": "North\tside"}
    signed_in(jordan).post("/petitions/new/", typed)
    petition = Petition.objects.get()
    assert (petition.title, petition.provider_name) == ("Hip Bcc: all@example.org", "North side")


def test_the_same_words_too_long_are_refused_in_an_answer_and_in_another_look(jordan, at, signed_in):
    reviewer, browser = colleague("reviewer"), signed_in(jordan)
    petition = scenes.services.ask_question(
        scenes.submitted(jordan, at=at), by=reviewer, at=at, text="How long?"
    )
    about = petition.questions.get().pk
    for text in ("x" * 4001, "a\x00b", "\u202e"):
        answer = browser.post(f"/petitions/{petition.reference}/answer/", {"about": about, "text": text})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["text"])
        answer = browser.post(f"/petitions/{petition.reference}/another-look/", {"why": text})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["why"])
    petition.refresh_from_db()
    assert petition.state == "question"


@pytest.mark.parametrize(
    ("typed", "hundredths"),
    [("4", 40), ("4.5", 45), ("0.1", 1), ("04.0", 40), ("1000", 10_000), ("1000.0", 10_000)],
)
def test_hours_are_tenths_of_a_ceu(typed, hundredths):
    assert hundredths_of(typed, hours_unit("10")) == hundredths


def test_a_policy_without_a_rate_takes_ceus_and_one_with_another_rate_only_what_comes_out_even():
    assert hundredths_of("0.4", hours_unit(None)) == 40
    assert hundredths_of("3", hours_unit("12")) == 25
    with pytest.raises(BadCeus):
        hundredths_of("1", hours_unit("12"))


def hours_unit(rate: str | None) -> Unit:
    return replace(HUNDREDTHS, hours_per_unit=rate)
