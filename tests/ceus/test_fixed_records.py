"""The page of a record that its trainer cannot change says why."""

import pytest

from tests import factories
from tests.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"granted": True}, "We decided on this course, so it cannot change."),
        (
            {"state": "rejected"},
            "We did not accept this, so it cannot change. You can log it with another proof.",
        ),
    ],
)
def test_the_page_of_a_record_that_cannot_change_says_why_and_offers_no_change(
    jordan, signed_in, facts, sentence
):
    record = factories.CeuRecordFactory(credential=jordan.credentials.get(), **facts)
    answer = signed_in(jordan).get(f"/my-courses/{record.pk}/")
    page = text_of(answer)
    assert sentence in page
    assert "part of a renewal" not in page
    assert f"/my-courses/{record.pk}/change/" not in answer.content.decode()
