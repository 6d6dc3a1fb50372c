"""How many numbers a provider may look up. Each lookup reveals a name, and nobody should read the
whole register.
"""

from collections.abc import Iterable
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache

from ceus.models import Provider
from core import clock
from core.errors import Refusal

ONE_DAY = 24 * 60 * 60
TOO_MANY = "You have looked up as many numbers as one may in a day. Go on tomorrow, or report by a file."


def count_lookups(provider: Provider, count: int) -> None:
    """Add `count` to the certification numbers that the provider has looked up today: a lookup
    shows the trainer's name. Raises Refusal (code "limit") when that is more than one day allows.
    """
    name = f"numbers:{provider.pk}:{clock.real_now().date().isoformat()}"
    cache.add(name, 0, ONE_DAY)
    try:
        used = cache.incr(name, count)
    except ValueError:  # it was evicted between the two
        used = count
    if used > settings.PROVIDER_NUMBERS_PER_DAY:
        raise Refusal(TOO_MANY, code="limit", field="numbers")


def count_numbers_once(provider: Provider, numbers: Iterable[str]) -> None:
    """Count these numbers as `count_lookups` does; the same ones together only once in a day, so that
    confirming what was shown costs nothing.
    """
    asked = sorted(numbers)
    name = f"numbers:{provider.pk}:{sha256(','.join(asked).encode()).hexdigest()}"
    if not cache.get(name):
        count_lookups(provider, len(asked))
        cache.set(name, 1, ONE_DAY)
