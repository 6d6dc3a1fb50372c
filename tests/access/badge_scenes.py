"""Jordan's digital badge, and the parts of its addresses."""

import pytest

from badges.services import ensure_key
from renewals.models import Badge
from tests import factories
from trainers.models import Credential

BY_CODE = ("verify_code", "badge", "badge_json", "badge_png", "badge_svg")


def of_badge(credential: Credential) -> dict[str, object]:
    """Give Jordan a badge; return a value for each part of the addresses of its page, files and lists."""
    Badge.objects.create(credential=credential, list_number=1, position=7, made_at=factories.LONG_AGO)
    ensure_key(at=factories.LONG_AGO)
    return {
        **{f"renewals:{name}.code": credential.check_code for name in BY_CODE},
        "renewals:badge_list.purpose": "suspension",
        "renewals:badge_list.number": 1,
        "renewals:passport.cycle": credential.cycles.latest("starts_on").pk,
        "renewals:passport.part": 1,
    }


@pytest.fixture
def badge_key_here(lead, second_lead, clock_at) -> dict[str, object]:
    """The key that signs badges."""
    return {"object_id": ensure_key(at=clock_at("2026-06-15 12:00")).pk}
