"""How many numbers a provider may look up. Each lookup reveals a name, and nobody should read the
whole register.
"""

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
