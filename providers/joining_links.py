"""The link of an invitation to a provider's side."""

from providers.models import ProviderPerson
from trainers.role_links import RoleLinks

LINKS = RoleLinks(ProviderPerson, salt="providers.invitation", page="providers:join")
