"""What every form shares: typed text, dates in three boxes, refusals at their field."""

from datetime import date

import pytest
from django import forms

from core.errors import Refusal
from core.forms import DateField3, PlainForm

DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


class NoteForm(PlainForm):
    title = forms.CharField()
    note = forms.CharField(widget=forms.Textarea, required=False)
    finished_on = DateField3(label="Date you finished", what="the date you finished", required=False)


def filled(**typed) -> NoteForm:
    form = NoteForm({"title": "A title", **typed})
    form.is_valid()
    return form


def dated(month: str, day: str, year: str) -> NoteForm:
    return filled(finished_on_month=month, finished_on_day=day, finished_on_year=year)


@pytest.mark.parametrize(
    "text", ["Łukasz O’Brien-Ñandú", "שלום", "a\u200fb", "=SUM(A1)", "<b>x</b>", "😀", "line\ttab"]
)
def test_ordinary_text_is_accepted_unchanged(text):
    assert filled(title=text).cleaned_data["title"] == text


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_nul_characters_and_lone_surrogates_are_refused_with_a_sentence(text):
    assert "Take out the hidden characters" in filled(title=text).errors["title"][0]


@pytest.mark.parametrize(
    ("pasted", "note", "title"),
    [
        ("Pro\u00adgramming for older adults", "Programming for older adults", None),
        ("Programming\u200b for older adults", "Programming for older adults", None),
        ("\ufeffProgramming", "Programming", None),
        ("a\u2060b", "ab", None),
        *((f"a{control}b", "ab", None) for control in DIRECTIONS),
        ("exer\ufffecise", "exercise", None),  # a hyphen at the end of a line, as PDFs have it
        *((f"a{nothing}b", "ab", None) for nothing in "\uffff\ufdd0\ufdef\U0001fffe\U0001ffff\U0010ffff"),
        ("\ufdcf\ufdf0\ufffd", "\ufdcf\ufdf0\ufffd", None),  # beside those that are no characters
        ("a\u0378b", "a\u0378b", None),  # not assigned yet
        ("one\u2028two\u2029three", "one\ntwo\nthree", "one two three"),
        ("page 1\x0cpage 2\x0bline", "page 1\npage 2\nline", "page 1 page 2 line"),
        ("a\x85b", "a\nb", "a b"),
        ("exer\x02cise\x1b\x7f", "exercise", None),
        ("\uf0b7 squats", "• squats", None),
        ("a\ue000b", "ab", None),
        ("one\r\ntwo", "one\r\ntwo", "one two"),
        ("👩\u200d🏫 \U0001fae8", "👩\u200d🏫 \U0001fae8", None),
    ],
)
def test_pasted_text_is_cleaned_of_invisible_characters_and_its_words_are_kept(pasted, note, title):
    form = filled(title=pasted, note=pasted)
    assert form.errors == {}
    assert form.cleaned_data["note"] == note
    assert form.cleaned_data["title"] == (note if title is None else title)


def test_text_made_only_of_invisible_characters_is_refused_as_empty():
    assert filled(title="\u200b\ufeff\ufffe\u202e").errors["title"] == ["This field is required."]


def test_a_password_is_not_cleaned():
    class SignIn(PlainForm):
        password = forms.CharField(strip=False, widget=forms.PasswordInput)

    form = SignIn({"password": " a\u00adb "})
    assert form.is_valid()
    assert form.cleaned_data["password"] == " a\u00adb "


def test_a_text_area_accepts_line_breaks():
    assert filled(note="one\r\ntwo\nthree").is_valid()


@pytest.mark.parametrize(("field", "limit"), [("title", 200), ("note", 2000)])
def test_text_over_its_limit_gets_an_error_that_names_the_limit(field, limit):
    assert filled(**{field: "x" * limit}).is_valid()
    assert filled(**{field: "x" * (limit + 1)}).errors[field] == [f"Use {limit} characters or fewer."]


def test_a_megabyte_of_text_is_refused_and_kept_in_the_form():
    form = filled(title="x" * 1_000_000)
    assert form["title"].value() == "x" * 1_000_000
    assert not form.is_valid()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("3", "27", "2026"), date(2026, 3, 27)),
        (("03", " 27 ", "2026"), date(2026, 3, 27)),
        (("2", "29", "2028"), date(2028, 2, 29)),
        (("", "", ""), None),
    ],
)
def test_a_date_is_entered_in_three_fields_for_month_day_and_year(typed, expected):
    assert dated(*typed).cleaned_data["finished_on"] == expected


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("3", "", "2026"), "Enter the day of the date you finished."),
        (("", "", "2026"), "Enter the month and the day of the date you finished."),
        (("2", "29", "2027"), "Enter the date you finished as a real date, for example 3 27 2026."),
        (("13", "1", "2026"), "Enter the date you finished as a real date, for example 3 27 2026."),
        (("0", "1", "2026"), "Enter the date you finished as a real date, for example 3 27 2026."),
        (("٣", "27", "2026"), "Enter the date you finished in numbers, for example 3 27 2026."),
        (("March", "27", "2026"), "Enter the date you finished in numbers, for example 3 27 2026."),
        (("-3", "27", "2026"), "Enter the date you finished in numbers, for example 3 27 2026."),
        (("3", "27", "26"), "Enter the year with 4 digits, for example 2026."),
        (("3", "27", "0026"), "Enter the year with 4 digits, for example 2026."),
        (("3", "27", "99999"), "Enter the date you finished in numbers, for example 3 27 2026."),
        (("3\x00", "27", "2026"), "Enter the date you finished in numbers, for example 3 27 2026."),
    ],
)
def test_an_impossible_date_gets_an_error_that_says_how_to_correct_it(typed, sentence):
    form = dated(*typed)
    assert form.errors["finished_on"] == [sentence]
    assert form["finished_on"].value() == list(typed)


class CardDates(PlainForm):
    valid_through = DateField3(label="Valid", what="the last day the card is valid", ends_month=True)


@pytest.mark.parametrize(
    ("typed", "last_day"),
    [
        (("11", "", "2028"), date(2028, 11, 30)),
        (("12", "", "2028"), date(2028, 12, 31)),
        (("2", "", "2028"), date(2028, 2, 29)),
        (("2", "", "2027"), date(2027, 2, 28)),
        (("11", "3", "2028"), date(2028, 11, 3)),
    ],
)
def test_a_card_date_without_a_day_means_the_last_day_of_its_month(typed, last_day):
    parts = zip(("month", "day", "year"), typed, strict=True)
    form = CardDates({f"valid_through_{part}": value for part, value in parts})
    assert form.is_valid()
    assert form.cleaned_data["valid_through"] == last_day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("13", "", "2028"), "Enter the last day the card is valid as a real date, for example 3 27 2026."),
        (("11", "", "28"), "Enter the year with 4 digits, for example 2026."),
        (("", "", "2028"), "Enter the month and the day of the last day the card is valid."),
    ],
)
def test_a_card_date_without_a_real_month_gets_an_error_that_says_how_to_correct_it(typed, sentence):
    parts = zip(("month", "day", "year"), typed, strict=True)
    form = CardDates({f"valid_through_{part}": value for part, value in parts})
    assert form.errors["valid_through"] == [sentence]


def test_a_required_date_left_empty_gets_an_error_sentence():
    class Needed(PlainForm):
        finished_on = DateField3(label="Date", what="the date you finished")

    assert Needed({}).errors["finished_on"] == ["Enter the date you finished."]


def test_each_field_of_a_date_has_a_label_and_is_marked_when_invalid():
    html = str(dated("2", "29", "2027")["finished_on"])
    for part, box in (("Month", 0), ("Day", 1), ("Year", 2)):
        assert f'<label for="id_finished_on_{box}">{part}</label>' in html
    assert html.count('aria-invalid="true"') == 3
    assert 'value="29"' in html


@pytest.mark.parametrize(
    ("field", "place"), [("title", "title"), ("elsewhere", "__all__"), (None, "__all__")]
)
def test_the_refusal_of_a_service_is_shown_at_its_form_field_or_at_the_top(field, place):
    form = filled()
    form.refuse(Refusal("Not today.", code="late", field=field))
    assert form.errors[place].as_data()[0].message == "Not today."
    assert form.has_error(place, "late")
