"""The link of an invitation to an employer's side, and the link by which trainers consent. The token
of the second is the signed primary key of the employer, and stops working when the employer makes
a newer link.
"""

from django.core.signing import BadSignature, Signer

from employers.models import Employer, EmployerPerson
from trainers.role_links import RoleLinks

LINKS = RoleLinks(EmployerPerson, salt="employers.invitation", page="employers:join")
_signer = Signer(salt="employers.consent", sep=".")


def token_for_consent(employer: Employer) -> str:
    """Return the token in the employer's newest link for trainers."""
    return _signer.sign(f"{employer.pk}-{employer.links_made}")


def employer_of_token(token: str) -> Employer | None:
    """Return the open employer of a link's token; None when we did not sign it, or a newer link
    replaced it.
    """
    try:
        pk, _, number = _signer.unsign(token).partition("-")
    except BadSignature:
        return None
    return Employer.objects.open().filter(pk=int(pk), links_made=int(number)).first()
