"""Access to an employer's side: `employer_only` finds the person's role before the view runs."""

from employers.lookups import role_of
from employers.models import Employer, EmployerPerson
from trainers.role_access import OrganisationRequest, role_only

EMPLOYER = "employer"  # of a session: its person belongs to an employer, which menus ask without a query
employer_only = role_only(EMPLOYER, role_of)


class EmployerRequest(OrganisationRequest):
    """The request of a view under `employer_only`."""

    role: EmployerPerson
    employer: Employer
