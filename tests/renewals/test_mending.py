"""A returned renewal is corrected on its own page: the record is changed and the renewal sent again
in one step.
"""

import pytest

from ceus.models import CeuRecord, RecordDocument
from core.errors import Refusal
from renewals.models import Application
from renewals.services.mending import mend_application
from tests import factories
from tests.ceus.scenes import a_day
from tests.reading import heading_of, text_of
from tests.renewals import decided, scenes
from tests.renewals.scenes import moment, submit

CARD = "We cannot read your CPR and AED card."


@pytest.fixture
def sent_back(ready, reviewer, clock_at, storage):
    """`sent_back("card")`: received and paid on March 2, returned for this reason; a petition keeps it in review.
    With `about`, an earlier claim of 0.1 CEUs is claimed too, and the return points at it.
    """
    clock_at("2027-03-02")

    def make(code: str, *, about: bool = False) -> Application:
        application = submit(ready, "2027-03-02")
        Application.objects.filter(pk=application.pk).update(decided_by=reviewer)
        application = scenes.pay(application, "2027-03-02")
        record = another_course(application) if about else None
        return decided.return_application(
            application,
            by=reviewer,
            at=moment("2027-03-02"),
            reason=CARD,
            reason_code=code,
            record=record,
        )

    return make


def another_course(application) -> CeuRecord:
    return factories.CeuRecordFactory(
        credential=application.cycle.credential, claimed_for=application.cycle, hundredths=10
    )


def claimed(application, *, card: bool) -> CeuRecord:
    return application.cycle.claimed_records.get(course__isnull=card)


def test_the_page_of_a_renewal_returned_for_its_card_shows_the_card_the_reason_and_what_is_correct(
    sent_back, ready, signed_in
):
    application = sent_back("card")
    page = signed_in(ready).get(f"/renew/{application.reference}/")
    told = text_of(page)
    assert heading_of(page) == "One thing needs correcting"
    for words in (
        f"{CARD} Correct it by the end of Thursday, April 1, 2027. Your price stays $99.",
        "Front of the card Sent",
        "Send the correction",
        "1 course 1.9 CEUs, all counted",
        "Paid $99 March 2, 2027. Nothing more to pay",
        "What happened",
        "Withdraw this renewal",
    ):
        assert words in told
    assert 'name="valid_through_year" value="2029"' in page.content.decode()


def test_a_new_photo_of_a_card_corrects_the_renewal_and_the_earlier_photo_stays_stored(
    sent_back, ready, signed_in, picture
):
    application = sent_back("card")
    card = claimed(application, card=True)
    data = {"record": card.pk, "front": picture(), **a_day("valid_through", "3/14/2029")}
    page = signed_in(ready).post(f"/renew/{application.reference}/correct/", data, follow=True)
    assert "You sent your correction." in text_of(page)
    application.refresh_from_db()
    assert application.state == "in_review"
    fronts = RecordDocument.objects.filter(record=card, part="card_front")
    assert (fronts.count(), fronts.current().count()) == (2, 1)
    card.refresh_from_db()
    assert card.claimed_for_id == application.cycle_id


def test_a_correction_that_changes_nothing_is_not_sent(sent_back, ready, signed_in):
    application = sent_back("card")
    card = claimed(application, card=True)
    data = {"record": card.pk, **a_day("valid_through", "3/14/2029")}
    page = signed_in(ready).post(f"/renew/{application.reference}/correct/", data)
    assert page.status_code == 422
    assert "Nothing has changed yet." in text_of(page)
    application.refresh_from_db()
    assert application.state == "returned"


def test_a_corrected_date_that_would_leave_ceus_missing_changes_neither_record_nor_renewal(
    sent_back, ready, signed_in, picture
):
    application = sent_back("card")
    card = claimed(application, card=True)
    data = {"record": card.pk, "front": picture(), **a_day("valid_through", "3/1/2027")}
    page = signed_in(ready).post(f"/renew/{application.reference}/correct/", data)
    assert page.status_code == 422
    assert 'name="front-kept"' in page.content.decode()
    card.refresh_from_db()
    application.refresh_from_db()
    assert (card.valid_through.year, application.state) == (2029, "returned")


def test_a_trainer_with_several_courses_chooses_which_one_to_correct_in_a_returned_renewal(
    sent_back, ready, signed_in
):
    application = sent_back("certificate")
    another = another_course(application)
    browser = signed_in(ready)
    page = browser.get(f"/renew/{application.reference}/")
    assert "Which one is it about?" in text_of(page)
    assert "Send the correction" not in text_of(page)
    assert "Send the correction" in text_of(
        browser.get(f"/renew/{application.reference}/?record={another.pk}")
    )


def test_the_page_of_a_renewal_returned_for_one_of_several_courses_opens_with_that_course(
    sent_back, ready, signed_in
):
    application = sent_back("certificate", about=True)
    meant = application.cycle.claimed_records.get(hundredths=10, category="education")
    page = signed_in(ready).get(f"/renew/{application.reference}/")
    assert "Which one is it about?" not in text_of(page)
    assert f'<input type="hidden" name="record" value="{meant.pk}">' in page.content.decode()


def test_a_renewal_cannot_be_returned_for_a_record_that_it_does_not_claim(
    ready, stranger, reviewer, clock_at
):
    clock_at("2027-03-02")
    application = submit(ready, "2027-03-02")
    Application.objects.filter(pk=application.pk).update(decided_by=reviewer)
    application = scenes.pay(application, "2027-03-02")
    foreign = factories.CeuRecordFactory(credential=stranger.credentials.get())
    for record in (foreign, factories.CeuRecordFactory(credential=ready.credentials.get())):
        with pytest.raises(Refusal, match="Choose a course or card of this renewal"):
            decided.return_application(
                application, by=reviewer, at=moment("2027-03-02"), reason=CARD, record=record
            )


def test_correcting_a_record_that_the_returned_renewal_does_not_claim_is_refused(sent_back, ready):
    application = sent_back("card")
    free = factories.CeuRecordFactory(credential=ready.credentials.get())
    with pytest.raises(Refusal, match="not what we asked you to correct"):
        mend_application(
            application, record=free, completed_on=free.completed_on, valid_through=None, files={},
            by=ready, at=moment("2027-03-03"),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("reported", "day", "state"), [(True, "5/3/2026", "returned"), (False, "5/3/2026", "in_review")]
)
def test_the_day_that_a_provider_reported_is_not_changed_in_a_returned_renewal(
    sent_back, ready, signed_in, picture, reported, day, state
):
    application = sent_back("certificate")
    course = claimed(application, card=False)
    CeuRecord.objects.filter(pk=course.pk).update(reported_by_provider=reported)
    data = {"record": course.pk, "certificate": picture(), **a_day("completed_on", day)}
    page = signed_in(ready).post(f"/renew/{application.reference}/correct/", data, follow=True)
    said = "The provider reported this. If it is wrong, ask them to correct it." in text_of(page)
    application.refresh_from_db()
    course.refresh_from_db()
    assert (said, application.state) == (reported, state)
    assert (str(course.completed_on) == "2026-05-03") is not reported


def test_a_stranger_cannot_correct_a_record_of_a_returned_renewal(sent_back, stranger, signed_in):
    application = sent_back("card")
    card = claimed(application, card=True)
    data = {"record": card.pk, **a_day("valid_through", "3/14/2030")}
    assert signed_in(stranger).post(f"/renew/{application.reference}/correct/", data).status_code == 404
    with pytest.raises(Refusal):
        mend_application(
            application, record=card, completed_on=card.completed_on, valid_through=card.valid_through,
            files={}, by=stranger, at=moment("2027-03-03"),
        )  # fmt: skip
