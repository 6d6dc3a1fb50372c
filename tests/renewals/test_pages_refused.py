"""Pages of a renewal that were opened in time and are posted too late."""

from datetime import date

import icalendar

from tests.reading import state_of, text_of
from tests.renewals import scenes


def test_withdrawing_a_renewal_that_is_already_approved_is_refused_and_changes_nothing(
    ready, signed_in, clock_at
):
    clock_at("2027-03-02")
    application = scenes.renew(ready, "2027-03-02")
    assert application.state == "approved"
    browser = signed_in(ready)
    answer = browser.post(f"/renew/{application.reference}/withdraw/", follow=True)
    assert "A renewal that is approved cannot be withdrawn." in text_of(answer)
    assert state_of(application) == "approved"
    opened = browser.get(f"/renew/{application.reference}/withdraw/")
    assert opened["Location"] == f"/renew/{application.reference}/"


def test_asking_for_a_second_review_of_a_renewal_that_was_not_denied_is_refused_and_the_text_is_kept(
    ready, signed_in, clock_at
):
    clock_at("2027-03-02")
    application = scenes.renew(ready, "2027-03-02")
    path = f"/renew/{application.reference}/"
    browser = signed_in(ready)
    answer = browser.post(f"{path}another-look/", {"why": "It is my own name."})
    assert answer.status_code == 422
    assert "There is no audit to look at again." in text_of(answer)
    assert "It is my own name." in text_of(answer)
    assert browser.get(f"{path}another-look/")["Location"] == path


def test_the_calendar_file_of_today_holds_the_expiration_date(ready, signed_in, clock_at):
    clock_at("2027-01-05")
    answer = signed_in(ready).get("/account/calendar/dates.ics")
    assert answer["Content-Disposition"] == 'attachment; filename="certification-dates.ics"'
    entries = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert date(2027, 3, 14) in [entry.decoded("DTSTART") for entry in entries]
