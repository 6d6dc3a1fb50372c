"""What an address may ask of a list: its filters, and nothing that could be guessed letter by letter."""

import pytest

pytestmark = pytest.mark.django_db

SECRETS = [
    "/staff/trainers/trainer/?password__startswith=argon2",
    "/staff/trainers/trainer/?password__gt=a",
    "/staff/outbox/notice/?payload__code__startswith=A",
    "/staff/outbox/notice/?text__contains=code",
    "/staff/outbox/notice/?trainer__password__startswith=a",
    "/staff/trainers/credential/?trainer__password__startswith=a",
    "/staff/renewals/application/?trainer__email__startswith=j",
]


@pytest.mark.parametrize("address", SECRETS)
def test_a_lookup_on_a_column_that_no_filter_offers_is_refused(jordan, onlooker, desk, address):
    assert desk(onlooker).get(address).status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "/staff/trainers/trainer/?is_active__exact=1",
        "/staff/outbox/notice/?shows=failed",
        "/staff/ceus/course/?topics__id__exact=1",
        "/staff/payments/refund/?state__exact=failed&cause__exact=twice",
    ],
)
def test_a_lookup_that_a_filter_of_the_list_offers_is_accepted(jordan, onlooker, desk, address):
    assert desk(onlooker).get(address).status_code == 200
