"""The links on the page of a person to what the viewer may do about the name, address, time zone,
certification and account.
"""

from collections.abc import Iterator

from django.urls import reverse

from core.policy_words import fitting_policies
from staff.actions import ActionLink
from staff.roles import DECIDES
from staff.trainers.doing import RECORD, STANDING, TIME_AND_MONEY, Person, person_actions
from trainers.models import Credential

REGISTRAR, LEAD = "trainers.change_trainer", "trainers.suspend_credential"


def may_change_account(person: Person) -> bool:
    """Return whether the viewer may change this account; a colleague's account only a superuser
    may.
    """
    if person.erased:
        return False
    return person.viewer.is_superuser or (not person.trainer.is_staff and person.viewer.has_perm(REGISTRAR))


@person_actions(RECORD, 20)
def change_record(person: Person) -> Iterator[ActionLink]:
    if may_change_account(person):
        yield ActionLink("Change the name…", _page("name", person))
        yield ActionLink("Change the email…", _page("email", person))
        yield ActionLink("Change the time zone…", _page("time-zone", person))
        yield ActionLink("Take back a new email…", _page("email-back", person))


@person_actions(RECORD, 90)
def stay_away(person: Person) -> Iterator[ActionLink]:
    if not person.known and any(map(person.may, DECIDES)):
        yield ActionLink("I know this person…", _page("know", person))


@person_actions(TIME_AND_MONEY, 80)
def give_back(person: Person) -> Iterator[ActionLink]:
    if person.may("payments.give_refund"):
        yield ActionLink("Refund a payment…", _page("refund", person))


@person_actions(STANDING, 20)
def change_standing(person: Person) -> Iterator[ActionLink]:
    labels = {"suspended": "Suspend…", "in_force": "Reinstate…", "revoked": "Revoke…"}
    pages = {"suspended": "suspend", "in_force": "reinstate", "revoked": "revoke"}
    for credential in person.credentials if person.may(LEAD) else ():
        possible = [state for state in labels if state in Credential.TRANSITIONS[credential.state]]
        links = ((labels[state], page_of_credential(pages[state], credential)) for state in possible)
        yield from person.links_of(credential, *links)


@person_actions(STANDING, 30)
def switch_rules(person: Person) -> Iterator[ActionLink]:
    if not person.may(LEAD) or len(fitting_policies()) < 2:
        return
    for credential in person.credentials:
        if credential.in_force:
            yield from person.links_of(credential, ("Other rules…", page_of_credential("switch", credential)))


@person_actions(STANDING, 60)
def change_account(person: Person) -> Iterator[ActionLink]:
    if may_change_account(person):
        closing = (
            ("deactivate", "Stop sign-in…") if person.trainer.is_active else ("reactivate", "Allow sign-in…")
        )
        yield ActionLink(closing[1], _page(closing[0], person))
    if person.viewer.is_superuser and not person.erased:
        yield ActionLink("Roles…", _page("roles", person))
    if person.may("core.erase_person") and not person.trainer.is_staff and not person.erased:
        yield ActionLink("Erase the data…", _page("erase", person))


@person_actions(STANDING, 50)
def merge_account(person: Person) -> Iterator[ActionLink]:
    if person.may("core.merge_accounts") and not person.trainer.is_staff and not person.erased:
        yield ActionLink("Merge with another account…", _page("merge", person))


def page_of_credential(name: str, credential: Credential) -> str:
    """Return the address of the page `name` on which staff do something about a certification."""
    return reverse(f"admin:trainers_credential_{name}", args=[credential.pk])


def _page(name: str, person: Person) -> str:
    return reverse(f"admin:trainers_trainer_{name}", args=[person.trainer.pk])
