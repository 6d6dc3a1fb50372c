"""The links of invitations to a role at an organisation. The token of a link is the signed primary
key of the role, and stops working when a newer link is sent.
"""

from typing import Generic

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from trainers.models.role import RoleRow


class RoleLinks(Generic[RoleRow]):
    """The links to one kind of role. `salt` keeps its tokens apart from those of other kinds; `page`
    is the URL name of the page that a link opens.
    """

    def __init__(self, model: type[RoleRow], *, salt: str, page: str) -> None:
        self.model, self.page = model, page
        self._signer = Signer(salt=salt, sep=".")

    def token_for_role(self, role: RoleRow) -> str:
        """Return the token in the newest link of the invitation."""
        return self._signer.sign(f"{role.pk}-{role.times_sent}")

    def path_for_role(self, role: RoleRow) -> str:
        """Return the path of the newest link of the invitation."""
        return reverse(self.page, args=[self.token_for_role(role)])

    def role_of_token(self, token: str) -> RoleRow | None:
        """Return the role of a link's token; None when we did not sign it, or a newer link replaced
        it.
        """
        try:
            pk, _, times = self._signer.unsign(token).partition("-")
        except BadSignature:
            return None
        found = self.model._default_manager.filter(pk=int(pk), times_sent=int(times))
        return found.select_related("person", self.model.ORGANISATION, "invited_by").first()
