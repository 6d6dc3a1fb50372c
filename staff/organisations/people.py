"""People of organisations: what staff do about a role, and the list of roles."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern

from core import clock
from staff.actions import Action, ActionLink, Answers, preview_notice
from staff.forms import ReasonForm
from staff.lists import ReadOnlyAdmin
from staff.organisations.forms import InvitePersonForm
from trainers.models import Trainer
from trainers.models.role import OrganisationRole, RoleRow

CLOSED = "They are signed out everywhere, and their account is closed."
NEW_LINK = "The mail has a link that works for 7 days. They sign in with a code and set up a second factor."


def _about_keys(role: OrganisationRole) -> str:
    """Return the sentence about the keys that end with a role; "" when they made none."""
    keys = getattr(role, role.ORGANISATION).api_keys.working(clock.now()).filter(made_by=role.person)
    number = keys.count()
    return f"API keys that they made: {number}. They are revoked, so programs need others." if number else ""


@dataclass(frozen=True)
class RoleActions(Generic[RoleRow]):
    """What staff do about the people of one kind of organisation: the three services and the notice
    of an invitation, and how they read. In `invite_title` and `ended`, {name} is the person and
    {organisation} the organisation.
    """

    invite: Callable[..., RoleRow]
    send_again: Callable[..., RoleRow]
    end: Callable[..., RoleRow]
    notice: str
    invite_title: str
    sees: str
    ended: str
    stays: str = ""

    def action_to_invite(self, organisation: Any, by: Trainer) -> Action:
        def do(answers: Answers) -> str:
            self.invite(organisation, by=by, at=clock.now(), **answers)
            return f"{answers['name']} is invited."

        return Action(
            title=self.invite_title.format(organisation=organisation.name),
            button="Send the invitation",
            do=do,
            form=InvitePersonForm,
            preview=lambda answers: preview_notice(lambda: do(answers), kind=self.notice),
            lines=(NEW_LINK, self.sees),
        )

    def action_to_invite_again(self, role: RoleRow, by: Trainer) -> Action:
        def do(answers: Answers) -> str:
            self.send_again(role, by=by, at=clock.now())
            return f"{role.person.name} gets a new link. The one before works no more."

        return Action(
            title=f"Send the invitation of {role.person.name} again",
            button="Send it again",
            do=do,
            preview=lambda answers: preview_notice(lambda: do(answers), kind=self.notice),
            lines=(NEW_LINK, "The link that was sent before works no more."),
        )

    def action_to_end_role(self, role: RoleRow, by: Trainer) -> Action:
        names = {"name": role.person.name, "organisation": getattr(role, role.ORGANISATION).name}

        def do(answers: Answers) -> str:
            self.end(role, by=by, at=clock.now(), **answers)
            return self.ended.format(**names)

        return Action(
            title=f"End the role of {names['name']} at {names['organisation']}",
            button="End the role",
            do=do,
            form=ReasonForm,
            lines=tuple(filter(None, (CLOSED, _about_keys(role), self.stays))),
            danger=True,
        )


class RoleAdmin(ReadOnlyAdmin[RoleRow]):
    """The list of the people of one kind of organisation, for those who have the permission `leads`
    with its actions.
    """

    doing: RoleActions[Any]
    leads: str
    list_filter = ("state",)

    def get_urls(self) -> list[URLPattern]:
        return [
            self.action("again", self.doing.action_to_invite_again, self.leads),
            self.action("end", self.doing.action_to_end_role, self.leads),
            *super().get_urls(),
        ]

    def action_links(self, request: HttpRequest, row: RoleRow) -> list[ActionLink]:
        if row.state == OrganisationRole.State.ENDED or not request.user.has_perm(self.leads):
            return []
        again = [ActionLink("Send the invitation again", self.address("again", row.pk))]
        end = [ActionLink("End the role", self.address("end", row.pk))]
        return (again if row.state == OrganisationRole.State.INVITED else []) + end

    def heading(self, row: RoleRow) -> str:
        return f"{row.person.name}, {getattr(row, row.ORGANISATION).name}"

    @admin.display(description="name")
    def name(self, row: RoleRow) -> str:
        return str(row.person.name)

    @admin.display(description="email address")
    def email(self, row: RoleRow) -> str:
        return str(row.person.email)
