"""The link of an invitation. It holds no secret of its own: we signed it, and it is void once another was sent."""

from django.core.signing import BadSignature, Signer

from trainers.models import Invitation

_signer = Signer(salt="trainers.invitation", sep=".")


def token_for_invitation(invitation: Invitation) -> str:
    """Return the token in the link that was sent last."""
    return _signer.sign(f"{invitation.pk}-{invitation.times_sent}")


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation of a link; None for a link that we did not make, or that another one replaced."""
    try:
        pk, _, times = _signer.unsign(token).partition("-")
    except BadSignature:
        return None
    found = Invitation.objects.filter(pk=int(pk), times_sent=int(times))
    return found.select_related("person", "by").first()
