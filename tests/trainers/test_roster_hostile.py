"""Roster files from spreadsheets, old systems and attackers: the same answer on both databases."""

import codecs

import pytest

from tests.trainers.scenes import HEADER, KIM, ROBIN, row
from trainers.models import Trainer
from trainers.roster import Unreadable


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_byte_order_marks_and_any_line_endings_are_accepted(desk, encoding, newline):
    result = desk.bring_in(row(name="Zoë Åström"), KIM, encoding=encoding, newline=newline)
    assert (result.new, result.applied) == (2, True)
    assert Trainer.objects.get(email="robin@example.org").name == "Zoë Åström"


def test_a_big_endian_utf_16_roster_is_accepted(desk):
    text = f"{HEADER}\n{row(name='Zoë')}\n"
    desk.path.write_bytes(codecs.BOM_UTF16_BE + text.encode("utf-16-be"))
    assert desk.bring_in_file().applied


def test_mixed_line_endings_empty_lines_and_columns_in_any_order_are_accepted(desk):
    desk.path.write_bytes(
        b"Email, time_zone ,EXPIRES_ON,awarded_on,name,number\r\n\n"
        b"robin@example.org,,2027-03-14,2021-03-14,Robin Vale,1\r\n"
        b"\r\n"
        b'kim@example.org,,2028-02-29,2024-02-29,"Ode, Kim",2\r'
        b"lee@example.org,,2028-02-29,2024-02-29,Lee,3"
    )
    assert desk.bring_in_file().new == 3
    assert desk.said[1] == "line 5: new, 2, Ode, Kim"
    assert Trainer.objects.get(email="kim@example.org").name == "Ode, Kim"


def test_a_line_break_inside_quotes_becomes_a_space_and_the_lines_after_it_keep_their_numbers(desk):
    desk.bring_in(row(name='"Robin\nVale"'), row(number="2", email="x"))
    assert [text.partition(":")[0] for text in desk.said] == ["line 2", "line 4"]
    assert desk.said[0] == "line 2: new, 1234 5678, Robin Vale"
    assert desk.bring_in(row(name='"Robin\nVale"')).new == 1
    assert Trainer.objects.get(email="robin@example.org").name == "Robin Vale"


def test_the_longest_allowed_number_name_and_address_are_accepted(desk):
    address = f"{'x' * 64}@{'y' * 63}.{'z' * 63}.{'w' * 57}.org"
    assert len(address) == 254
    assert desk.bring_in(row(number="1" * 20, name="x" * 120, email=address)).new == 1


@pytest.mark.parametrize(
    ("length", "sentence"),
    [(131_072, "A name has 1 to 120 characters, with letters."), (131_073, "This row cannot be read (")],
)
def test_a_cell_over_the_csv_size_limit_is_reported_as_an_unreadable_row(desk, length, sentence):
    assert sentence in desk.refused(row(name="x" * length))


@pytest.mark.parametrize(
    "name", ["Robin\x1bVale", "Robin\u202eVale", "\ue000RobinVale", "Robin\u00adVale\x07"]
)
def test_invisible_characters_in_a_cell_are_removed(desk, name):
    assert desk.bring_in(row(name=name)).new == 1
    assert Trainer.objects.get(email="robin@example.org").name == "RobinVale"


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"number": "1.19E+07"}, "A spreadsheet has rewritten this number."),
        ({"number": "11934482.0"}, "A spreadsheet has rewritten this number."),
        ({"number": '"11934482,0"'}, "A spreadsheet has rewritten this number."),
        ({"number": "'11934482"}, "This is a spreadsheet formula."),
        ({"number": '"=""11934482"""'}, "This is a spreadsheet formula."),
        ({"number": "=1+1"}, "This is a spreadsheet formula."),
        ({"number": ""}, "Everybody needs a certification number."),
        ({"number": "x" * 21}, "A number has letters and digits only, at most 20."),
        ({"number": "11934482;DROP"}, "A number has letters and digits only, at most 20."),
        ({"number": "١١٩٣٤٤٨٢"}, "A number has letters and digits only, at most 20."),
        ({"name": "=cmd|' /C calc'!A0"}, "This is a spreadsheet formula."),
        ({"name": "+Robin"}, "This is a spreadsheet formula."),
        ({"name": "@SUM(A1)"}, "This is a spreadsheet formula."),
        ({"name": "   "}, "A name has 1 to 120 characters, with letters."),
        ({"name": "x" * 121}, "A name has 1 to 120 characters, with letters."),
        ({"name": "Robin\x00Vale"}, "This holds a hidden character that cannot be stored."),
        ({"name": "Ren\ufffde"}, "Some letters were lost."),
        ({"email": ""}, "Use an email address"),
        ({"email": "robin@"}, "Use an email address"),
        ({"email": "robin@example.org robin@example.com"}, "Use an email address"),
        ({"email": f"{'x' * 64}@{'y' * 60}.{'z' * 60}.{'w' * 60}.{'v' * 60}.org"}, "at most 254 characters"),
        ({"awarded_on": "3/14/2021"}, "Write the day as year-month-day"),
        ({"awarded_on": "44269"}, "Write the day as year-month-day"),
        ({"awarded_on": "2021-3-14"}, "Write the day as year-month-day"),
        ({"awarded_on": "2021-03-14T00:00"}, "Write the day as year-month-day"),
        ({"awarded_on": "٢٠٢١-٠٣-١٤"}, "Write the day as year-month-day"),
        ({"awarded_on": ""}, "Write the day as year-month-day"),
        ({"expires_on": "2027-02-29"}, "There is no such day."),
        ({"expires_on": "9999-12-31"}, "This day is too near to an end of the calendar."),
        ({"expires_on": "0001-01-01"}, "No cycle of this award ends on this day."),
        ({"time_zone": "Phoenix"}, "Use the name of a time zone"),
        ({"time_zone": "../../etc/passwd"}, "Use the name of a time zone"),
    ],
)
def test_an_invalid_cell_is_reported_with_its_line_column_and_value(desk, cells, sentence):
    said = desk.refused(KIM, row(**cells))
    assert said.startswith(f"line 3: bad, {next(iter(cells))} ")
    assert sentence in said
    assert said.isprintable()
    assert not Trainer.objects.exists()


def test_certification_numbers_are_stored_in_capitals_without_spaces_and_dashes(desk):
    desk.bring_in(row(number=" ab-12 34 "))
    assert Trainer.objects.get().credentials.get().number == "AB1234"


def test_invalid_utf_8_is_reported_with_line_and_column(desk):
    said = desk.refused(KIM, row(name="René"), encoding="latin-1")
    assert said.startswith("line 3: bad, name ")
    assert "Save the file as UTF-8" in said


def test_names_are_stored_unicode_composed_with_single_spaces(desk):
    desk.bring_in(row(name="  Rene\u0301e\u00a0  Vale "))
    assert Trainer.objects.get().name == "Ren\u00e9e Vale"


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("number,name,email,awarded_on,expires_on", "the column time_zone is missing"),
        (f"{HEADER},phone", "the column phone is not known"),
        (f"{HEADER},email", "the column email stands there 2 times"),
        (HEADER.replace(",", "|"), "the column number is missing"),
        ("", "the column number is missing"),
        ("number\x00,name,email,awarded_on,expires_on,time_zone", "the column number is missing"),
        ('"number,name', "Line 1 cannot be read"),
        ("x" * 200_000, "Line 1 cannot be read"),
    ],
)
def test_a_file_without_the_six_columns_is_refused_as_a_roster(desk, header, problem):
    with pytest.raises(Unreadable) as error:
        desk.bring_in(ROBIN, header=header)
    assert problem in str(error.value)
    assert str(error.value).isprintable()


def test_an_empty_file_or_a_picture_is_refused_as_a_roster(desk):
    for content in (b"", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, codecs.BOM_UTF16_LE + b"x"):
        desk.path.write_bytes(content)
        with pytest.raises(Unreadable):
            desk.bring_in_file()


def test_a_row_with_more_or_fewer_columns_than_the_header_is_invalid(desk):
    said = desk.refused(ROBIN + ",extra")
    assert said == ("line 2: bad, row: This row has 7 columns where the first line has 6.")
    assert "This row has 1 columns" in desk.refused("only a name")


@pytest.mark.parametrize("cell", ['"Robin', "x" * 1_000_000, '"Robin" Vale'])
def test_an_unreadable_row_stops_the_roster_import_with_a_message(desk, cell):
    said = desk.refused(KIM, row(name=cell), row(number="5", email="five@example.org"))
    assert said.startswith("line 3: bad, row: This row cannot be read")
    assert said.endswith("Nothing after it was read.")
    assert not Trainer.objects.exists()


def test_markup_in_a_roster_is_stored_as_plain_text(desk):
    desk.bring_in(row(name="<script>alert(1)</script>"))
    assert Trainer.objects.get().name == "<script>alert(1)</script>"
