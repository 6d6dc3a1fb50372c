"""Access to a provider's side: `provider_only` finds the person's role before the view runs."""

from ceus.models import Provider
from providers.lookups import role_of
from providers.models import ProviderPerson
from trainers.role_access import OrganisationRequest, role_only

PROVIDER = "provider"  # of a session: its person belongs to a provider, which menus ask without a query
provider_only = role_only(PROVIDER, role_of)


class ProviderRequest(OrganisationRequest):
    """The request of a view under `provider_only`."""

    role: ProviderPerson
    provider: Provider
