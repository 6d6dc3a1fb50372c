"""Hostile files of attendance: each is refused with a sentence at its field, or answered row by row, on
the page and in the report; never an error, and never more than was asked for.
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ceus.models import CeuRecord
from core.errors import Refusal
from providers.models import Batch
from providers.reading import read_report
from tests.providers.hostile_files import ANSWERED, REFUSED
from tests.providers.scenes import UNIT, broken, outcomes, report

pytestmark = pytest.mark.django_db
PAGE = "/provider/report/file/"


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_of_attendance_is_refused_with_a_sentence_at_its_field(
    jordan, course, reporter, signed_in, clock_at, name
):
    clock_at("2026-06-01 12:00")
    content, sentence = REFUSED[name]
    response = signed_in(reporter).post(PAGE, {"file": SimpleUploadedFile("a.csv", content)})
    assert 400 <= response.status_code < 500
    assert sentence in response.content.decode()
    assert not Batch.objects.exists()


@pytest.mark.parametrize("name", ANSWERED)
def test_a_strange_file_of_attendance_is_answered_row_by_row(
    jordan, course, reporter, signed_in, clock_at, name
):
    clock_at("2026-06-01 12:00")
    content, expected = ANSWERED[name]
    shown = signed_in(reporter).post(PAGE, {"file": SimpleUploadedFile("a.csv", content)})
    assert shown.status_code == 200
    assert not CeuRecord.objects.exists(), "the dry run changes nothing"
    rows = read_report(content, UNIT)
    assert outcomes(report(*rows)) == expected
    assert CeuRecord.objects.count() == expected.count("taken")
    assert broken() == []


def test_a_file_that_cannot_be_read_raises_a_refusal_at_its_field_and_nothing_else():
    for content, _ in REFUSED.values():
        with pytest.raises(Refusal) as refused:
            read_report(content, UNIT)
        assert refused.value.field == "file"
