"""The public check of a pasted list: an answer for each line, never with more than a single check
reveals (Q29).
"""

import csv
from datetime import date
from io import StringIO

import pytest

from renewals import limits
from renewals.pages.verification_list import lines_of
from tests.factories import CycleFactory
from tests.reading import heading_of, text_of
from trainers.models import Credential

NO_PAIR = "We have no certification with this number and family name. Check both and try again."


def check(client, people: str, **extra):
    return client.post("/verify/list/", {"people": people, **extra})


@pytest.mark.parametrize(
    "row",
    ["1193 4482\tRivera", "1193-4482;Rivera", "1193 4482, Rivera", '"11934482","Rivera"', "Rivera\t11934482",
     "1193 4482 Rivera", " 11934482 , Jordan, Rivera "],
)  # fmt: skip
def test_a_list_accepts_each_way_to_separate_number_and_name(jordan, client, clock_at, row):
    clock_at("2027-03-02")
    told = text_of(check(client, f"\n\n{row}\n\n"))
    assert "1 in force." in told
    assert "Jordan Rivera In force Certified Personal Trainer. Certified through March 14, 2027." in told


def test_each_line_of_a_list_gets_the_answer_of_a_single_check(jordan, stranger, client, clock_at):
    clock_at("2027-03-02")
    people = (
        "1193 4482\tRivera\n1193 4482\tStranger\n9999 9999\tRivera\n1193 4482\nno number here\n12/34;Rivera"
    )
    page = check(client, people)
    told = text_of(page)
    assert heading_of(page) == "Check a list of people"
    assert "2 in force, 2 no match, 2 not checked." in told
    assert told.count(NO_PAIR) == 2
    assert "1193 4482 – In force This certification is in force." in told
    assert "no number here Not checked This line has no certification number." in told
    assert "12/34 Rivera Not checked A certification number has only letters and digits." in told
    assert "Sam" not in told
    assert page["Cache-Control"] == "no-store"


def test_a_pasted_list_reveals_nothing_of_a_suspension_but_its_first_day(jordan, client, clock_at):
    Credential.objects.filter(trainer=jordan).update(state="suspended", state_on="2027-03-01")
    clock_at("2027-03-02")
    told = text_of(check(client, "1193 4482, Rivera"))
    assert "Not in force Certified Personal Trainer. Not certified since March 1, 2027." in told
    assert "uspended" not in told


def test_a_list_as_csv_has_a_row_for_each_line_and_no_formula(jordan, client, clock_at):
    clock_at("2027-03-02 15:05")
    page = check(client, '1193 4482, Rivera\n=1+1, "=cmd()"\n\n9999 9999, @Rivera', csv="1")
    assert page["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(StringIO(page.content.decode("utf-8-sig"))))
    assert rows[1] == [
        *("1", "1193 4482", "Rivera", "In force", "Certified Personal Trainer", "2027-03-14", ""),
        "Certified through March 14, 2027.",
    ]
    assert rows[2][:4] == ["2", "'=1+1", "'=cmd()", "Not checked"]
    assert rows[3][:4] == ["4", "9999 9999", "'@Rivera", "No match"]
    assert rows[4][3] == "Checked March 2, 2027 at 3:05 pm"


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ("", "Paste at least one line."),
        (" \n ; \n\t,", "Paste at least one line."),
        ("1193 4482, Rivera\n" * 101, "Check at most 100 people at a time. This list has 101 lines."),
        ("1193 4482, Ri\x00vera", "Take out the hidden characters"),
        ("x" * 20_001, "Use 20000 characters or fewer."),
    ],
)
def test_a_list_that_cannot_be_read_shows_a_field_error_and_is_kept(client, db, people, sentence):
    page = check(client, people)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert not people.strip() or people[:9] in page.content.decode()


def test_a_line_that_is_too_long_does_not_stop_the_check_of_the_other_lines(jordan, client, clock_at):
    clock_at("2027-03-02")
    told = text_of(check(client, f"1193 4482, {'x' * 300}\n1193 4482, Rivera"))
    assert "1 not checked, 1 in force." in told
    assert "This line is too long." in told


def test_the_line_numbers_of_a_list_count_its_blank_lines():
    assert [(one.place, one.number, one.name) for one in lines_of("\n1 2;A B\n\n3\tC")] == [
        (2, "1 2", "A B"),
        (4, "3", "C"),
    ]


# --- limits


def test_each_line_of_a_pasted_list_counts_towards_the_callers_daily_limit_of_checks(
    jordan, client, clock_at, monkeypatch
):
    monkeypatch.setattr(limits, "PER_PERIOD", {60: 30, 86_400: 10})
    clock_at("2027-03-02 12:00:00")
    four = "1193 4482, Rivera\n" * 4
    assert [check(client, four).status_code for _ in range(3)] == [200, 200, 429]
    page = check(client, four)
    told = text_of(page)
    assert (
        "There were too many checks from your connection. Nothing was checked. Try again in 5 hours." in told
    )
    assert "A list of up to 2 lines works now." in told
    assert "1193 4482, Rivera" in page.content.decode()
    assert page["Retry-After"] == "18000"
    assert check(client, "1193 4482, Rivera\n" * 2).status_code == 200
    assert client.get("/verify/11934482/").status_code == 429


def test_lines_of_a_pasted_list_that_cannot_be_checked_do_not_count_towards_the_limit(
    jordan, client, clock_at, monkeypatch
):
    monkeypatch.setattr(limits, "PER_PERIOD", {60: 30, 86_400: 2})
    clock_at("2027-03-02 12:00:00")
    assert check(client, "nobody\n" * 50).status_code == 200
    assert check(client, "nobody\n1193 4482, Rivera\n1193 4482, Rivera").status_code == 200


def test_a_list_refused_by_the_limit_for_everybody_uses_up_none_of_the_callers_own_checks(
    jordan, client, clock_at, monkeypatch
):
    monkeypatch.setattr(limits, "PER_PERIOD", {60: 30, 86_400: 5})
    monkeypatch.setattr(limits, "OF_ALL_PER_PERIOD", {60: 300, 86_400: 3})
    clock_at("2027-03-02 12:00:00")
    page = check(client, "1193 4482, Rivera\n" * 5)
    assert page.status_code == 429
    assert "There were too many checks from everybody together." in text_of(page)
    assert "A list of up to 3 lines works now." in text_of(page)
    assert check(client, "1193 4482, Rivera\n" * 3).status_code == 200


def test_a_list_of_a_hundred_is_answered_with_few_queries(
    jordan, stranger, client, clock_at, django_assert_max_num_queries
):
    clock_at("2027-03-02")
    people = "1193 4482, Rivera\n2000 0001, Stranger\n" * 50
    with django_assert_max_num_queries(4):
        page = check(client, people)
    assert "100 in force." in text_of(page)


def test_a_list_of_many_ended_certifications_is_answered_with_as_many_queries_as_one(
    db, client, clock_at, django_assert_max_num_queries
):
    clock_at("2027-03-20")
    cycles = [CycleFactory(expires_on=date(2027, 3, 14)) for _ in range(12)]
    people = "\n".join(f"{one.credential.number}, Number" for one in cycles)
    numbers = "\n".join(one.credential.number for one in cycles)
    for asked, state in ((people, "no match"), (numbers, "not in force")):
        with django_assert_max_num_queries(5):
            page = check(client, asked)
        assert f"12 {state}." in text_of(page)
