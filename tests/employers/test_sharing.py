"""A trainer lets an employer see their certification by its link, and ends that."""

import pytest

from core.errors import Refusal
from core.models import HistoryEntry
from employers.invariants import CHECKS
from employers.lookups import team_of
from employers.models import Consent
from employers.services.accounts import close_employer, replace_consent_link
from employers.services.consenting import end_consent, give_consent
from outbox.models import Notice
from tests.employers.scenes import AT, consent, gina, lakeside, link_of
from tests.factories import TrainerFactory
from tests.reading import text_of

pytestmark = pytest.mark.django_db


def names(employer) -> list[str]:
    return [cycle.credential.trainer.name for cycle in team_of(employer)]


def test_the_link_says_who_asks_and_what_they_see_and_shows_nothing_before_the_trainer_agrees(
    jordan, employer, signed_in
):
    told = text_of(signed_in(jordan).get(link_of(employer)))
    assert "Show Lakeside Gym your certification?" in told
    assert "your name, Jordan Rivera which certification you have whether it is in force" in told
    assert "They do not see your number, your email address, your courses or your payments." in told
    assert names(employer) == []


def test_a_trainer_who_agrees_is_on_the_team_and_on_their_own_page(jordan, stranger, employer, signed_in):
    browser = signed_in(jordan)
    for _ in range(2):
        answer = browser.post(link_of(employer), follow=True)
        assert "Lakeside Gym sees your certification now." in text_of(answer)
    assert names(employer) == ["Jordan Rivera"]
    assert Consent.objects.get().trainer == jordan
    assert "Lakeside Gym sees your certification already." in text_of(browser.get(link_of(employer)))
    assert "No employer sees it" in text_of(signed_in(stranger).get("/account/sharing/"))
    assert [line for check in CHECKS for line in check.find()] == []


def test_a_trainer_ends_a_consent_after_a_question_and_is_off_the_team_at_once(
    jordan, employer, viewer, signed_in
):
    given, browser = consent(jordan), signed_in(jordan)
    page = f"/account/sharing/{given.pk}/end/"
    assert "Show Lakeside Gym nothing any more?" in text_of(browser.get(page))
    assert names(employer) == ["Jordan Rivera"]
    for _ in range(2):
        answer = browser.post(page, follow=True)
        assert "Lakeside Gym does not see your certification any more." in text_of(answer)
    assert names(employer) == []
    verbs = HistoryEntry.objects.filter(subject=f"employers.consent:{given.pk}").order_by("pk")
    assert list(verbs.values_list("verb", "by")) == [("given", jordan.pk), ("ended", jordan.pk)]
    notice = Notice.objects.get(kind="employers.consent_ended")
    assert (notice.trainer, notice.private) == (viewer, True)


def test_a_stranger_neither_sees_nor_ends_the_consent_of_another_trainer(jordan, stranger, signed_in):
    given, browser = consent(jordan), signed_in(stranger)
    page = f"/account/sharing/{given.pk}/end/"
    assert (browser.get(page).status_code, browser.post(page).status_code) == (404, 404)
    with pytest.raises(Refusal, match="Only the person whom it is about may do this"):
        end_consent(given, by=stranger, at=AT)
    assert Consent.objects.standing().get() == given


@pytest.mark.parametrize("ended", ["replaced", "closed", "unknown"])
def test_a_link_that_was_replaced_or_is_of_a_closed_employer_or_is_not_ours_shows_no_employer(
    jordan, employer, viewer, registrar, signed_in, ended
):
    old = link_of(employer)
    if ended == "replaced":
        replace_consent_link(employer, by=viewer, at=AT, seen=1)
    elif ended == "closed":
        close_employer(employer, by=registrar, at=AT, reason="It has moved away.")
    else:
        old = "/share/1-1.forged/"
    for method in ("get", "post"):
        answer = getattr(signed_in(jordan), method)(old)
        assert (answer.status_code, "Lakeside" in text_of(answer)) == (410, False)
    assert not Consent.objects.exists()
    if ended != "unknown":
        with pytest.raises(Refusal, match="This link has ended"):
            give_consent(employer, link=1, by=jordan, at=AT)


def test_whoever_has_no_certification_cannot_consent(employer, signed_in):
    person = TrainerFactory()
    with pytest.raises(Refusal, match="Only somebody with a certification"):
        give_consent(employer, link=1, by=person, at=AT)
    assert signed_in(person).post(link_of(employer)).status_code == 403


def test_a_new_consent_after_an_ended_one_is_a_new_row_and_the_mail_about_the_end_is_not_sent(
    jordan, employer, viewer
):
    first = consent(jordan)
    end_consent(first, by=jordan, at=AT)
    second = consent(jordan)
    assert second.pk != first.pk
    assert names(employer) == ["Jordan Rivera"]


def test_only_people_of_the_employer_replace_its_link_and_a_repeated_click_replaces_it_once(
    employer, viewer, stranger
):
    other = gina(lakeside("Other Gym"), "Otto Other")
    for person in (other, stranger):
        with pytest.raises(Refusal, match="Only people of this employer"):
            replace_consent_link(employer, by=person, at=AT, seen=1)
    for _ in range(2):
        assert replace_consent_link(employer, by=viewer, at=AT, seen=1).links_made == 2


def test_a_closed_employer_has_no_people_no_consents_and_no_mail_about_them(
    jordan, employer, viewer, registrar
):
    consent(jordan)
    for _ in range(2):
        closed = close_employer(employer, by=registrar, at=AT, reason="It has moved away.")
    assert (closed.state, names(employer)) == ("closed", [])
    assert not employer.people.open().exists()
    assert not Consent.objects.standing().exists()
    assert not Notice.objects.filter(kind="employers.consent_ended").exists()
    viewer.refresh_from_db()
    assert not viewer.is_active
    assert [line for check in CHECKS for line in check.find()] == []
