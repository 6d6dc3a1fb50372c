"""The link of an invitation. Its token is the signed primary key of the invitation, and stops
working when a newer link is sent.
"""

from django.core.signing import BadSignature, Signer

from trainers.models import Invitation

_signer = Signer(salt="trainers.invitation", sep=".")


def token_for_invitation(invitation: Invitation) -> str:
    """Return the token in the newest link of the invitation."""
    return _signer.sign(f"{invitation.pk}-{invitation.times_sent}")


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation of a link's token; None when we did not sign it, or a newer link
    replaced it.
    """
    try:
        pk, _, times = _signer.unsign(token).partition("-")
    except BadSignature:
        return None
    found = Invitation.objects.filter(pk=int(pk), times_sent=int(times))
    return found.select_related("person", "by").first()
