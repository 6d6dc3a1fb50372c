"""The cards that trainers keep because the rules ask for them, as staff see them and refuse one."""

from collections.abc import Iterator

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.http import urlencode

from ceus.models import HeldCard
from ceus.services.held_cards import MAY_REFUSE, refuse_card
from core import clock
from core.policy_words import fill_policy_words, in_policy_words
from staff.actions import Action, ActionLink, Answers, staff_user
from staff.evidence import NamedFile, evidence_for
from staff.filters import QueueFilter
from staff.forms import WordsForm
from staff.lists import ReadOnlyAdmin
from staff.of_person import PERSON
from staff.trainers.doing import RECORD, Person, person_actions
from trainers.models import Trainer


@person_actions(RECORD, 26)
def see_cards(person: Person) -> Iterator[ActionLink]:
    """Yield the link to a person's cards, where a policy of theirs may ask for some. No query."""
    if any(one.policy.wide for one in person.credentials) and person.viewer.has_perm("ceus.view_heldcard"):
        query = urlencode({PERSON: person.trainer.pk})
        yield ActionLink(
            "Cards that the rules ask for", f"{reverse('admin:ceus_heldcard_changelist')}?{query}"
        )


class StateFilter(QueueFilter[HeldCard]):
    """A filter of the list of cards by whether they are kept."""

    labels = {"kept": "Kept", "refused": "Refused", "removed": "Removed"}

    def parts(self, rows: "QuerySet[HeldCard]") -> "dict[str, QuerySet[HeldCard]]":
        return {state: rows.filter(state=state) for state in self.labels}


@admin.register(HeldCard)
class HeldCardAdmin(ReadOnlyAdmin[HeldCard]):
    person = "trainer"
    search_help_text = in_policy_words("The {holder}'s name, email address or certification number")
    ordering = ("-added_at", "-pk")
    list_display = ("kind", "trainer", "valid_from", "valid_through", "state")
    list_select_related = ("document", "trainer")
    list_filter = (StateFilter,)
    fields = (
        *("trainer", "kind", "format", "valid_from", "valid_through"),
        *("state", "added_at", "words", "ended_at"),
    )

    def get_urls(self) -> list[URLPattern]:
        return [self.action("refuse", action_to_refuse, MAY_REFUSE), *super().get_urls()]

    def action_links(self, request: HttpRequest, row: HeldCard) -> list[ActionLink]:
        if row.state != HeldCard.State.KEPT or not request.user.has_perm(MAY_REFUSE):
            return []
        return [ActionLink("Does not count", self.address("refuse", row.pk), "3")]

    def _row_context(self, request: HttpRequest, object_id: str | None) -> dict[str, object]:
        """Add the card as pictures. History records who views them, as for every document."""
        context = super()._row_context(request, object_id)
        row = self.get_object(request, object_id) if context and object_id else None
        if row is None:
            return context
        viewer = staff_user(request)
        seen = {
            "evidence": evidence_for([NamedFile("Card", row.document)], viewer, request.GET),
            "may_open_files": viewer.has_perm("documents.view_document"),
            "entries": self.history_lines(row),
        }
        return {**context, **seen}


def action_to_refuse(card: HeldCard, by: Trainer) -> Action:
    """Return the action by which staff decide that a card does not count."""

    def do(answers: Answers) -> str:
        refuse_card(card, by=by, at=clock.now(), **answers)
        return "The card does not count any more."

    return Action(
        title="This card does not count",
        button="Refuse this card",
        do=do,
        form=WordsForm,
        lines=(
            fill_policy_words(
                "The {holder} reads your words on the page of their cards, and can add another one."
            ),
        ),
        danger=True,
    )
