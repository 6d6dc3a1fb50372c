"""An employer checks a list: each line gets the answer of the public check, up to a number each day."""

import csv
from io import BytesIO, StringIO

import pytest

from tests.employers.scenes import gina, lakeside
from tests.reading import text_of

pytestmark = pytest.mark.django_db
PAGE = "/employer/check/"


@pytest.fixture
def gym(viewer, jordan, stranger, clock_at, signed_in):
    clock_at("2027-03-02 12:00")
    return signed_in(viewer)


def a_file(content: bytes) -> BytesIO:
    file = BytesIO(content)
    file.name = "team.csv"
    return file


def test_a_pasted_list_gets_an_answer_for_each_line_without_consent_and_no_more_than_in_public(gym):
    told = text_of(gym.post(PAGE, {"people": "1193 4482, Rivera\n1193 4482\n99999999\nnobody"}))
    assert "2 in force, 1 no match, 1 not checked." in told
    assert "Jordan Rivera In force Certified Personal Trainer. Certified through March 14, 2027" in told
    assert "This certification is in force." in told
    assert "jordan@example.org" not in told


@pytest.mark.parametrize(
    "content",
    [
        b"number,family name\r\n1193 4482,Rivera\r\n",
        b"\xef\xbb\xbfnumber;name\n11934482;Rivera\n",
        "number\tname\n1193 4482\tRivera\n".encode("utf-16"),
        b'"Rivera","1193 4482"\n',
    ],
)
def test_a_csv_file_is_read_without_its_first_line_of_names(gym, content):
    told = text_of(gym.post(PAGE, {"file": a_file(content)}))
    assert "1 in force." in told
    assert "Jordan Rivera" in told


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "This is no list in CSV."),
        (b"PK\x03\x04\x00\x00", "This is no list in CSV."),
        (b"1193\x004482,Rivera", "This is no list in CSV."),
        (b'"1193,Rivera\n', "This is no list in CSV."),
        (b"number,name\n", "Paste at least one line, or choose a file."),
        (b"1" * 500_001, "The file is larger than 500 KB."),
        (b"9,A\n" * 1001, "Check at most 1,000 people. This list has 1,001 lines."),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(gym, content, said):
    answer = gym.post(PAGE, {"file": a_file(content)})
    assert (answer.status_code, said in text_of(answer)) == (422, True)


def test_no_list_or_two_lists_are_refused_and_what_was_pasted_is_kept(gym):
    assert "Paste at least one line, or choose a file." in text_of(gym.post(PAGE, {}))
    both = gym.post(PAGE, {"people": "1193 4482", "file": a_file(b"1193 4482\n")})
    assert "Paste a list or choose a file, not both." in text_of(both)
    assert "1193 4482" in both.content.decode()
    hidden = gym.post(PAGE, {"people": "1193\x004482"})
    assert (hidden.status_code, "Take out the hidden characters" in text_of(hidden)) == (422, True)


def test_a_list_beyond_the_employers_day_gets_no_answer_and_uses_up_nothing(
    gym, settings, signed_in, clock_at
):
    settings.EMPLOYER_CHECKS_PER_DAY = 3
    assert gym.post(PAGE, {"people": "1193 4482\nnobody"}).status_code == 200
    refused = gym.post(PAGE, {"people": "1193 4482\n" * 3})
    assert refused.status_code == 429
    assert "You can check 3 numbers a day, and 2 are left today." in text_of(refused)
    colleague = signed_in(gina(name="Gus Gym"))
    assert colleague.post(PAGE, {"people": "1193 4482\n" * 2}).status_code == 200
    assert gym.post(PAGE, {"people": "1193 4482"}).status_code == 429
    other = signed_in(gina(lakeside("Other Gym"), "Otto Other"))
    assert other.post(PAGE, {"people": "1193 4482"}).status_code == 200
    clock_at("2027-03-03 12:00")
    assert gym.post(PAGE, {"people": "1193 4482"}).status_code == 200


def test_the_answers_as_csv_have_a_row_for_each_line_and_no_formula(gym):
    answer = gym.post(PAGE, {"people": "1193 4482\tRivera\n1193 4482\t=1+1", "csv": "1"})
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][:5] == ["1", "1193 4482", "Rivera", "In force", "Certified Personal Trainer"]
    assert rows[2][2:4] == ["'=1+1", "No match"]


def test_a_thousand_lines_are_answered_with_few_queries(gym, django_assert_max_num_queries):
    people = "1193 4482, Rivera\n2000 0001, Stranger\n" * 500
    with django_assert_max_num_queries(12):
        told = text_of(gym.post(PAGE, {"people": people}))
    assert "1000 in force." in told
