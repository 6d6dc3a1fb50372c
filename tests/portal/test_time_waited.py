"""When a request began to arrive: by what our proxies state about it, and never by what a visitor writes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from core import clock
from recert.middleware import ReceiptTime, time_waited

TIMES = [
    # proxies, X-Waited, the seconds that count
    (1, "3.001", 3.001),
    (1, "240", 240),
    (1, "0.000", 0),
    (1, "500,3.001", 3.001),
    (1, "500, 500 ,\t3.001", 3.001),
    (2, "3.001,0.002", 3.003),
    (2, "0.002,3.001", 3.003),
    (2, "500,3.001,0.002", 3.003),
    (2, "3.001", 3.001),  # it came by the inner proxy alone, or the outer one writes nothing
    (2, ",3.001", 3.001),
    (1, "900.000", 900),
    (1, "900.001", 900),
    (2, "800,800", 900),
    (1, "9" * 400, 900),
    (1, "", 0),
    (1, "500,", 0),
    (1, "500,soon", 0),
    (2, "500,soon,3.001", 3.001),
    (1, "-500", 0),
    (2, "-500,3.001", 3.001),
    (1, "nan", 0),
    (2, "nan,3.001", 3.001),
    (1, "inf", 0),
    (1, "1e3", 0),
    (1, "1_000", 0),
    (1, "+500", 0),
    (1, "٣", 0),
    (1, "500 3", 0),
    (1, "500;3", 0),
    (0, "500", 0),
    (0, "500,500", 0),
    (1, "500," * 9000 + "3.001", 3.001),
]


@pytest.mark.parametrize(("proxies", "header", "seconds"), TIMES)
def test_the_upload_time_is_read_only_from_our_own_proxies_and_capped_at_15_minutes(proxies, header, seconds):
    assert time_waited(header, proxies=proxies) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("proxies", "headers", "began"),
    [
        (1, {"HTTP_X_WAITED": "500,240.000"}, datetime(2027, 3, 2, 6, 58, tzinfo=UTC)),
        (2, {"HTTP_X_WAITED": "500,240.000,60.000"}, datetime(2027, 3, 2, 6, 57, tzinfo=UTC)),
        (0, {"HTTP_X_WAITED": "240.000"}, datetime(2027, 3, 2, 7, 2, tzinfo=UTC)),
        (1, {}, datetime(2027, 3, 2, 7, 2, tzinfo=UTC)),
    ],
)
def test_a_request_counts_as_begun_when_our_outermost_proxy_received_its_first_byte(
    settings, proxies, headers, began
):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", **headers)
    with clock.moved_to(datetime(2027, 3, 2, 7, 2, tzinfo=UTC)):
        ReceiptTime(lambda request: HttpResponse())(request)
    assert request.began_at == began
