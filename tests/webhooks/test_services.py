"""Who may change endpoints, what is refused, and what is queued."""

import pytest
from django.db import transaction

from core import clock
from core.errors import Refusal
from core.models import HistoryEntry
from tests.cast import colleague
from tests.webhooks.scenes import an_endpoint, tell
from webhooks import services
from webhooks.events import TEST
from webhooks.invariants import CHECKS
from webhooks.models import Delivery, Endpoint
from webhooks.sender import send_due
from webhooks.services.endpoints import MOST_ENDPOINTS, reveal_secret

pytestmark = pytest.mark.django_db


def verbs(row: Endpoint) -> list[str]:
    subject = f"webhooks.endpoint:{row.pk}"
    return list(HistoryEntry.objects.filter(subject=subject).order_by("pk").values_list("verb", flat=True))


@pytest.mark.parametrize("who", ["reviewer", "registrar", "read_only"])
def test_only_leads_and_finance_may_change_endpoints(who, endpoint, request):
    by = colleague(who)
    acts = (
        lambda: an_endpoint_by(by),
        lambda: services.pause_endpoint(endpoint, by=by, at=clock.now()),
        lambda: services.resume_endpoint(endpoint, by=by, at=clock.now()),
        lambda: services.end_endpoint(endpoint, by=by, at=clock.now()),
        lambda: services.rotate_endpoint_secret(endpoint, by=by, at=clock.now()),
        lambda: services.queue_test(endpoint, by=by, at=clock.now()),
        lambda: services.send_delivery_again(tell(), by=by, at=clock.now()),
        lambda: reveal_secret(endpoint, by=by, at=clock.now()),
    )
    for act in acts:
        with pytest.raises(Refusal, match="may not change webhooks"):
            act()
    endpoint.refresh_from_db()
    assert (endpoint.state, verbs(endpoint)) == ("active", ["made"])


def an_endpoint_by(person) -> Endpoint:
    told = {"name": "Own", "url": "https://x.example.org/", "events": [TEST]}
    return services.make_endpoint("", **told, by=person, at=clock.now())


def test_finance_may_add_an_endpoint_and_its_secret_is_stored_encrypted(db):
    finance = colleague("finance")
    made = an_endpoint_by(finance)
    secret = reveal_secret(made, by=finance, at=clock.now())
    assert secret.startswith("whsec_")
    assert secret not in str(Endpoint.objects.values().get())
    assert verbs(made) == ["made", "secret shown"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"url": "https://10.0.0.1/"}, "url"),
        ({"events": []}, "events"),
        ({"events": ["journal.nothing"]}, "events"),
    ],
)
def test_what_cannot_be_an_endpoint_is_refused_at_its_field(told, field, endpoint):
    by, at = colleague("lead"), clock.now()
    values = {"name": "Own", "url": "https://x.example.org/", "events": [TEST], **told}
    for act in (
        lambda: services.make_endpoint("", **values, by=by, at=at),
        lambda: services.change_endpoint(endpoint, **values, by=by, at=at),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.field == field
    assert Endpoint.objects.count() == 1


def test_there_are_at_most_ten_endpoints_and_an_ended_one_makes_room(db):
    made = [an_endpoint(name=f"Number {number}") for number in range(MOST_ENDPOINTS)]
    with pytest.raises(Refusal, match="There are 10 endpoints already"):
        an_endpoint()
    services.end_endpoint(made[0], by=colleague("lead"), at=clock.now())
    an_endpoint()


def test_an_ended_endpoint_forgets_its_secret_and_what_waits_is_not_sent(endpoint):
    by, at, delivery = colleague("lead"), clock.now(), tell()
    for _ in range(2):
        endpoint = services.end_endpoint(endpoint, by=by, at=at)
    delivery.refresh_from_db()
    assert (endpoint.secret_sealed, delivery.state) == ("", "dropped")
    assert verbs(endpoint) == ["made", "ended"]
    for act in (services.resume_endpoint, services.rotate_endpoint_secret, services.pause_endpoint):
        with pytest.raises(Refusal):
            act(endpoint, by=by, at=at)
    assert tell_nobody() == 0


def tell_nobody() -> int:
    with transaction.atomic():
        return services.queue_event(TEST, owner="", key="two", data={}, at=clock.now())


def test_an_event_is_queued_in_the_transaction_of_what_happened_or_not_at_all(endpoint):
    with transaction.atomic():
        assert services.queue_event(TEST, owner="", key="one", data={}, at=clock.now()) == 1
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()


def test_an_event_of_another_owner_or_of_no_kind_is_no_event(endpoint):
    for event, owner in (("nothing", ""), (TEST, "ceus.course:1")):
        with pytest.raises(ValueError, match="is no event"):
            services.queue_event(event, owner=owner, key="one", data={}, at=clock.now())
    with pytest.raises(ValueError, match="larger than"):
        services.queue_event(TEST, owner="", key="one", data={"x": "x" * 70_000}, at=clock.now())


def test_a_delivered_message_is_sent_again_under_its_own_id(endpoint, receiver):
    delivery, by = tell(), colleague("lead")
    send_due()
    for _ in range(2):
        services.send_delivery_again(delivery, by=by, at=clock.now())
    send_due()
    assert [one.id for one in receiver.received] == [delivery.webhook_id] * 2


def test_a_secret_is_not_replaced_twice_within_a_day(endpoint):
    by, at = colleague("lead"), clock.now()
    services.rotate_endpoint_secret(endpoint, by=by, at=at)
    with pytest.raises(Refusal, match="less than a day ago"):
        services.rotate_endpoint_secret(endpoint, by=by, at=at)


def test_changing_an_endpoint_to_what_it_is_writes_nothing(endpoint):
    told = {"name": endpoint.name, "url": endpoint.url, "events": endpoint.events}
    services.change_endpoint(endpoint, **told, by=colleague("lead"), at=clock.now())
    assert verbs(endpoint) == ["made"]
    services.change_endpoint(endpoint, **{**told, "name": "CRM"}, by=colleague("lead"), at=clock.now())
    assert verbs(endpoint) == ["made", "changed"]


def test_the_invariants_notice_a_delivery_that_nobody_tries(endpoint, clock_at):
    tell()
    assert not list(found())
    clock_at("2027-03-02 09:15")
    assert [problem for problem in found() if "should have been sent" in problem]


def found() -> list[str]:
    return [sentence for check in CHECKS for sentence in check.find()]
