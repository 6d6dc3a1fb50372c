"""More time to correct a renewal and to answer a question: the case's own last day moves (Q25, Q34)."""

from datetime import date

import pytest

from petitions.services import ask_question
from renewals.status import is_kept
from tests.hardship.scenes import granted
from tests.petitions import scenes as petition_scenes
from tests.renewals import scenes
from tests.renewals.decided import return_application
from tests.renewals.scenes import moment


def test_a_hardship_extension_moves_the_last_day_to_answer_a_question(jordan, reviewer, lead):
    petition = petition_scenes.submitted(jordan, at=moment("2027-02-01"))
    ask_question(petition, by=reviewer, at=moment("2027-02-01"), text="How long?")
    granted(jordan, lead, "2027-02-02", what="answer", case_ref=petition.reference, through=date(2027, 9, 1))
    assert petition.questions.get().answer_through == date(2027, 9, 1)


@pytest.mark.parametrize(("day", "kept"), [("2027-12-31", True), ("2028-01-01", False)])
def test_a_returned_renewal_keeps_its_trainer_certified_through_the_extended_day(
    ready, reviewer, lead, day, kept
):
    application = scenes.submit(ready, "2027-03-01")
    application.cycle.claimed_records.filter(category="education").update(state="rejected")
    application = scenes.pay(application, "2027-03-01")
    returned = return_application(application, by=reviewer, at=moment("2027-03-01"), reason="Not yours.")
    granted(
        ready, lead, "2027-03-03", what="correction", case_ref=returned.reference, through=date(2027, 12, 31)
    )
    returned.refresh_from_db()
    assert returned.correct_through == date(2027, 12, 31)
    assert is_kept(returned, returned.cycle, date.fromisoformat(day)) is kept
