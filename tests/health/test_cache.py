"""Redis is away or hangs: pages answer, people sign in, rate limits apply in each process,
readiness reports it.
"""

from collections.abc import Iterator

import pytest
from django.core.cache import cache, caches
from django.test import override_settings

from tests.factories import TrainerFactory
from tests.faults.servers import Redis

pytestmark = [pytest.mark.django_db, pytest.mark.redis]


@pytest.fixture
def server() -> Iterator[Redis]:
    server = Redis().open()
    yield server
    server.close()


@pytest.fixture(autouse=True)
def _shared(server) -> Iterator[None]:
    """The cache of production, anew for this test."""
    shared = {"default": {"BACKEND": "recert.cache.SharedCache", "LOCATION": server.url}}
    with override_settings(CACHES=shared):
        yield
        caches["default"]._own.clear()


@pytest.fixture(params=["refused", "hanging"])
def outage(request, server):
    return server.close if request.param == "refused" else server.freeze


def sign_in(client, password: str):
    return client.post("/account/login/", {"login": "jordan@example.org", "password": password})


def test_signing_in_works_while_redis_is_down(client, outage):
    TrainerFactory(email="jordan@example.org", password="correct horse battery")
    outage()
    assert client.get("/account/login/").status_code == 200
    assert sign_in(client, "wrong").status_code == 422
    assert sign_in(client, "correct horse battery").status_code == 302


def test_rate_limits_continue_within_each_process_while_redis_is_down(outage):
    outage()
    tried = [cache.add("tries", 0), cache.add("tries", 0), cache.incr("tries"), cache.incr("tries")]
    assert tried == [True, False, 1, 2]
    cache.set("word", "kept")
    assert (cache.get("word"), cache.get_many(["word"])) == ("kept", {"word": "kept"})
    assert cache.has_key("word")
    cache.delete("word")
    assert cache.get("word", "gone") == "gone"


def test_readiness_reports_redis_down_and_up_again(client, outage, server):
    assert client.get("/readyz").json()["missing"] == {}
    outage()
    assert client.get("/readyz").json()["missing"] == {"cache": ["away"]}
    server.close()
    server.open()
    assert client.get("/readyz").json()["missing"] == {"cache": ["away"]}
    cache._away_until = 0.0  # as if its seconds were over
    assert client.get("/readyz").json()["missing"] == {}


def test_cached_values_in_redis_are_used_again_once_it_is_up(server):
    cache.set("word", "shared")
    server.freeze()
    assert cache.get("word") is None
    server.thaw()
    cache._away_until = 0.0
    assert cache.get("word") == "shared"
