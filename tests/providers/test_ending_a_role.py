"""What becomes of an account when its role at a provider ends."""

import pytest

from api.services import make_key
from providers.models import ApiKey
from providers.services.people import end_provider_role
from tests.cast import colleague
from tests.providers.scenes import AT, harbor, penny, role_of_penny
from trainers.models import Trainer
from trainers.services.people import accept_invitation, invite_colleague


@pytest.mark.django_db
@pytest.mark.parametrize("works_here", [False, True])
def test_ending_a_provider_role_closes_the_account_unless_the_person_also_works_here(registrar, works_here):
    person = penny()
    if works_here:
        asked = {"email": person.email, "name": "Penny", "role": "reviewer", "by": colleague("lead")}
        accept_invitation(invite_colleague(**asked, at=AT), at=AT)
    for _ in range(2):
        role = end_provider_role(role_of_penny(), by=registrar, at=AT, reason="She left them.")
        assert role.state == "ended"
    person = Trainer.objects.get(pk=person.pk)
    assert (person.is_active, person.is_staff) == (works_here, works_here)


@pytest.mark.django_db
def test_ending_a_provider_role_revokes_the_keys_that_the_person_made_and_no_others(registrar):
    for person in (penny(), penny(harbor(), "Olga Other")):
        make_key(harbor(), kind=ApiKey, name=person.name, scopes=["courses"], by=person, at=AT)
    end_provider_role(role_of_penny(), by=registrar, at=AT, reason="She left them.")
    revoked = ApiKey.objects.filter(revoked_at__isnull=False)
    assert [(one.name, one.revoked_by) for one in revoked] == [("Penny Provider", registrar)]
