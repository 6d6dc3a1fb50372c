"""What no form of this room accepts: a 4xx with a sentence at the field, nothing changed, what was typed kept (RELIABILITY §4)."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ceus.models import CeuRecord
from core.models import HistoryEntry
from documents.models import Document
from tests import factories
from tests.ceus.scenes import a_day
from tests.documents import hostile

GOOD = {
    "log": a_day("completed_on", "5/3/2026"),
    "change": a_day("completed_on", "5/3/2026"),
    "card": {**a_day("completed_on", "5/3/2026"), **a_day("valid_through", "5/3/2028")},
    "change_card": {**a_day("completed_on", "5/3/2026"), **a_day("valid_through", "5/3/2028")},
}
FILES = {
    "log": ["certificate"],
    "change": ["certificate"],
    "card": ["front", "back"],
    "change_card": ["front"],
}
DATES = [
    ("completed_on", "//", "Enter the date you finished the"),
    ("completed_on", "5/3/", "Enter the year of the date you finished"),
    ("completed_on", "2/30/2026", "as a real date"),
    ("completed_on", "13/1/2026", "as a real date"),
    ("completed_on", "0/0/0000", "4 digits"),
    ("completed_on", "5/3/26", "4 digits"),
    ("completed_on", "5/3/1899", "4 digits"),
    ("completed_on", "5/3/9999", "4 digits"),
    ("completed_on", "6/16/2026", "cannot be in the future"),
    ("completed_on", "3/13/2021", "first certified on March 14, 2021"),
    ("completed_on", "5/3/1985", "first certified on March 14, 2021"),
    ("completed_on", "٣/3/2026", "in numbers"),
    ("completed_on", "-5/3/2026", "in numbers"),
    ("completed_on", "1e1/3/2026", "in numbers"),
    ("completed_on", "NaN/3/2026", "in numbers"),
    ("completed_on", "0,5/3/2026", "in numbers"),
    ("completed_on", "5.0/3/2026", "in numbers"),
    ("completed_on", "9999999999999999999999999999999/1/2026", "in numbers"),
    ("completed_on", "<script>alert(1)</script>/1/2026", "in numbers"),
    ("completed_on", "=cmd()/1/2026", "in numbers"),
    ("completed_on", "5\x00/3/2026", "in numbers"),
    ("completed_on", "\u202e5/3/2026", "in numbers"),
    ("completed_on", "5" * 5000 + "/3/2026", "in numbers"),
]
CARD_DATES = [
    ("valid_through", "//", "Enter the last day the card is valid."),
    ("valid_through", "5/2/2026", "The last valid day is before the day you finished."),
    ("valid_through", "5/3/2200", "4 digits"),
    ("valid_through", "x/3/2028", "in numbers"),
]
EXTRA = {
    **dict.fromkeys(("state", "status", "to_state", "next_state"), "accepted"),
    **dict.fromkeys(("hundredths", "ceus", "id", "pk", "record", "course", "course_id"), "9999"),
    **dict.fromkeys(
        ("trainer", "trainer_id", "credential", "credential_id", "owner", "by", "logged_by"), "1"
    ),
    **dict.fromkeys(("is_staff", "is_superuser", "reported_by_provider", "approved", "eligible"), "on"),
    **dict.fromkeys(("logged_at", "at", "today", "received_on", "completed_on"), "2020-01-01"),
    **dict.fromkeys(("fee_cents", "claimed_for", "claimed_for_id", "stored_as"), "0"),
}


@pytest.fixture(autouse=True)
def _on_a_day(clock_at):
    clock_at("2026-06-15")


@pytest.fixture
def address(jordan, course):
    """Where each form is sent to; two of them change what is on record."""
    credential = jordan.credentials.get()
    record = factories.CeuRecordFactory(credential=credential, completed_on=date(2026, 5, 1))
    card = factories.CardFactory(credential=credential, completed_on=date(2026, 5, 1))
    return {
        "log": "/my-courses/add/older/",
        "change": reverse("ceus:change", args=[record.pk]),
        "card": "/cpr/",
        "change_card": reverse("ceus:change", args=[card.pk]),
    }


@pytest.fixture
def all_there_is():
    def rows() -> list[object]:
        records = list(CeuRecord.objects.order_by("pk").values())
        return [records, Document.objects.count(), HistoryEntry.objects.count()]

    return rows


def refused(answer, sentence: str) -> None:
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in text
    assert sentence in text


CASES = [(form, *case) for form in GOOD for case in DATES] + [
    (form, *case) for form in ("card", "change_card") for case in CARD_DATES
]


@pytest.mark.parametrize(("form", "field", "typed", "sentence"), CASES)
def test_a_bad_date_is_answered_at_its_field_and_kept(
    jordan, signed_in, address, all_there_is, picture, form, field, typed, sentence
):
    before = all_there_is()
    boxes = (f"{field}_{part}" for part in ("month", "day", "year"))
    data = {**GOOD[form], **dict(zip(boxes, split(typed), strict=True))}
    answer = signed_in(jordan).post(address[form], {**data, **files(form, picture)})
    refused(answer, sentence)
    assert all_there_is() == before
    assert answer.context["form"][field].value() == split(typed)


def split(typed: str) -> list[str]:
    """Month, day and year; a slash inside the month belongs to it."""
    month, day, year = typed.rsplit("/", 2)
    return [month, day, year]


def files(form: str, picture) -> dict[str, object]:
    """Both sides, where they are asked for: so that the date alone is wrong."""
    return {name: picture() for name in FILES[form]} if form == "card" else {}


@pytest.mark.parametrize("form", GOOD)
def test_half_a_character_is_answered_at_its_field(jordan, signed_in, address, form):
    body = "completed_on_month=%ED%A0%80&completed_on_day=3&completed_on_year=2026"
    browser = signed_in(jordan)
    refused(browser.post(address[form], body, "application/x-www-form-urlencoded"), "in numbers")


@pytest.mark.parametrize("form", GOOD)
def test_nothing_at_all_is_answered_like_everything_missing(jordan, signed_in, address, form):
    refused(signed_in(jordan).post(address[form], {}), "Enter the date you finished the")


@pytest.mark.parametrize("form", GOOD)
def test_thirty_more_fields_change_nothing_but_what_was_asked(
    jordan, stranger, signed_in, address, picture, form
):
    data = {**EXTRA, **GOOD[form], **files(form, picture)}
    assert len(EXTRA) >= 30
    assert signed_in(jordan).post(address[form], data).status_code == 302
    record = CeuRecord.objects.get(completed_on=date(2026, 5, 3))
    assert record.credential.trainer == jordan
    assert record.logged_by in (jordan, None)
    assert (record.reported_by_provider, record.claimed_for) == (False, None)
    assert record.hundredths in (10, 40)
    assert record.state == ("pending" if form == "log" else "accepted")


@pytest.mark.parametrize("form", GOOD)
def test_a_flood_of_fields_or_text_is_turned_away(jordan, signed_in, address, all_there_is, form):
    before, browser = all_there_is(), signed_in(jordan)
    assert browser.post(address[form], {f"f{n}": "x" for n in range(300)}).status_code == 400
    flood = {"completed_on_month": "x" * 1_100_000}
    assert browser.post(address[form], flood).status_code in (400, 413)
    assert all_there_is() == before


@pytest.mark.parametrize("form", GOOD)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.pdf", b""),
        ("page.png", hostile.HTML),
        ("photo.jpg", hostile.ZIP),
        ("..\\..\\x.pdf", b"%PDF-1.7 nothing"),
        ("CON.pdf", b"\x00" * 100),
    ],
)
def test_a_bad_file_is_answered_at_its_field(
    jordan, signed_in, address, all_there_is, picture, form, name, content
):
    before, field = all_there_is(), FILES[form][0]
    data = {**GOOD[form], **files(form, picture), field: SimpleUploadedFile(name, content)}
    answer = signed_in(jordan).post(address[form], data)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert all_there_is() == before


@pytest.mark.parametrize("token", ["x", "", "a:b:c", "\x00", "x" * 5000])
def test_a_made_up_word_for_a_kept_file_is_no_file(jordan, signed_in, address, token):
    data = {**GOOD["card"], "front-kept": token, "back-kept": token}
    answer = signed_in(jordan).post(address["card"], data)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"front", "back"}


def test_a_file_kept_for_another_trainer_is_no_file(jordan, stranger, signed_in, address, picture):
    answer = signed_in(stranger).post(address["card"], {"front": picture()})
    from documents.waiting import token_of

    kept = token_of(answer.context["form"].fields["front"].widget.kept)
    data = {**GOOD["card"], "front-kept": kept, "back": picture()}
    assert signed_in(jordan).post(address["card"], data).status_code == 422


@pytest.mark.parametrize("end", ["", "change/", "remove/"])
@pytest.mark.parametrize("pk", ["0", "999999999999999999999999", "-1", "1.5", "x", "%00"])
def test_an_id_that_is_none_is_not_found(jordan, signed_in, end, pk):
    assert signed_in(jordan).get(f"/my-courses/{pk}/{end}").status_code in (400, 404)


def test_removing_by_following_a_link_removes_nothing(jordan, signed_in, address):
    browser = signed_in(jordan)
    browser.get(address["change"].replace("change", "remove"))
    assert not CeuRecord.objects.filter(state="removed").exists()


def test_a_removed_record_cannot_change(jordan, signed_in, address):
    record = CeuRecord.objects.filter(course__isnull=False).get()
    CeuRecord.objects.filter(pk=record.pk).update(state="removed")
    assert signed_in(jordan).post(address["change"], GOOD["change"]).status_code == 404
