"""Holders of badges hear that a key is trusted no more, once, and only if there is a badge to download again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from badges.services import distrust_key, ensure_key, rotate_key
from outbox.models import Notice
from outbox.notices import kind_of
from renewals.services.badges import make_badge, tell_badge_holders
from tests.factories import CycleFactory, walk_to
from tests.payments.scenes import mail_of

pytestmark = pytest.mark.django_db
MADE = datetime(2027, 3, 2, 19, 0, tzinfo=UTC)
WHY = "A copy of the disk was lost."


@pytest.fixture(autouse=True)
def _today(clock_at) -> None:
    clock_at("2027-03-02 12:00")


def badge_of(trainer, *, at: datetime = MADE):
    return make_badge(trainer.credentials.get(), by=trainer, at=at)


def told() -> list[str]:
    return list(Notice.objects.filter(kind="renewals.badge_key").values_list("trainer__email", flat=True))


def test_a_holder_gets_one_mail_that_says_until_when_files_are_affected(jordan, stranger, lead, clock_at):
    badge_of(jordan)
    at = clock_at("2027-03-05 09:00")
    distrust_key(ensure_key(at=at), by=lead, at=at, reason=WHY)
    assert (tell_badge_holders(at=at), told()) == (1, [jordan.email])
    assert (tell_badge_holders(at=at), len(told())) == (0, 1)
    mail = mail_of(Notice.objects.get(kind="renewals.badge_key"))
    assert mail.title == "Please download your badge again"
    assert "through March 5, 2027" in mail.text.replace("\xa0", " ")
    assert "/certificate/" in mail.text
    assert WHY not in mail.text


def test_whoever_made_a_badge_after_the_key_had_retired_hears_nothing(jordan, stranger, lead, clock_at):
    badge_of(jordan)
    old = ensure_key(at=MADE)
    rotate_key(old, by=lead, at=MADE + timedelta(days=1))
    badge_of(stranger, at=MADE + timedelta(days=2))
    at = clock_at("2027-03-10 09:00")
    distrust_key(old, by=lead, at=at, reason=WHY)
    tell_badge_holders(at=at)
    assert told() == [jordan.email]
    assert "through March 3, 2027" in mail_of(Notice.objects.latest("pk")).text.replace("\xa0", " ")


def test_a_replaced_key_that_is_trusted_still_leads_to_no_mail(jordan, lead):
    badge_of(jordan)
    rotate_key(ensure_key(at=MADE), by=lead, at=MADE)
    assert (tell_badge_holders(at=MADE), told()) == (0, [])


def test_a_suspended_holder_is_not_told_to_download_a_badge_that_there_is_not(jordan, lead):
    badge_of(jordan)
    distrust_key(ensure_key(at=MADE), by=lead, at=MADE, reason=WHY)
    walk_to(jordan.credentials.get(), "suspended", state_on=date(2027, 3, 2))
    assert (tell_badge_holders(at=MADE), told()) == (0, [])


def test_a_notice_is_dropped_when_the_certification_has_ended_before_it_is_sent(jordan, lead, clock_at):
    badge_of(jordan)
    distrust_key(ensure_key(at=MADE), by=lead, at=MADE, reason=WHY)
    tell_badge_holders(at=MADE)
    notice = Notice.objects.get(kind="renewals.badge_key")
    assert notice.trainer == jordan
    assert kind_of(notice.kind).still_due([notice]) == {notice.pk}
    clock_at("2027-03-20 12:00")
    assert kind_of(notice.kind).still_due([notice]) == set()


def test_as_many_queries_tell_many_holders_as_few(jordan, lead, django_assert_max_num_queries):
    for number in range(12):
        cycle = CycleFactory(expires_on=date(2028, 3, 14), credential__number=f"5000{number:02}")
        badge_of(cycle.credential.trainer)
    distrust_key(ensure_key(at=MADE), by=lead, at=MADE, reason=WHY)
    with django_assert_max_num_queries(6):
        assert tell_badge_holders(at=MADE) == 12
