"""The link of an invitation to a provider's side. Its token is the signed primary key of the role,
and stops working when a newer link is sent.
"""

from django.core.signing import BadSignature, Signer

from providers.models import ProviderPerson

_signer = Signer(salt="providers.invitation", sep=".")


def token_for_role(role: ProviderPerson) -> str:
    """Return the token in the newest link of the invitation."""
    return _signer.sign(f"{role.pk}-{role.times_sent}")


def role_of_token(token: str) -> ProviderPerson | None:
    """Return the role of a link's token; None when we did not sign it, or a newer link replaced it."""
    try:
        pk, _, times = _signer.unsign(token).partition("-")
    except BadSignature:
        return None
    found = ProviderPerson.objects.filter(pk=int(pk), times_sent=int(times))
    return found.select_related("person", "provider", "invited_by").first()
