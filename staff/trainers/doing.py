"""The actions on the page of a person, in groups. A room adds its own with `person_actions`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from staff.actions import ActionLink
from trainers.models import Credential, Trainer

RECORD, TIME_AND_MONEY, STANDING = "record", "time_and_money", "standing"
# The last group is collapsed, so that nobody opens it by accident.
HEADINGS = {RECORD: "The record", TIME_AND_MONEY: "Time and money", STANDING: "Standing and account"}


@dataclass(frozen=True, slots=True)
class Person:
    """Whose page it is, and who looks at it. `credentials` are all of the person's, first the one
    whose cycle ends last. `erased` is true when the person's data is erased or about to be; `known`
    is true when the viewer has declared to know the person.
    """

    trainer: Trainer
    viewer: Trainer
    credentials: tuple[Credential, ...] = ()
    erased: bool = False
    known: bool = False

    def may(self, permission: str) -> bool:
        """Return whether the viewer has `permission` and the page is somebody else's."""
        return self.viewer.has_perm(permission) and self.viewer.pk != self.trainer.pk

    def links_of(self, credential: Credential, *links: tuple[str, str]) -> Iterator[ActionLink]:
        """Yield a link for each (label, URL) of what is done about this certification. Of several,
        the label names it.
        """
        number = f"{credential.display_number}: " if len(self.credentials) > 1 else ""
        for label, url in links:
            yield ActionLink(f"{number}{label}", url)


@dataclass(frozen=True, slots=True)
class ActionGroup:
    heading: str
    links: tuple[ActionLink, ...]
    closed: bool


ActionReader = Callable[[Person], Iterable[ActionLink]]
_readers: list[tuple[str, int, ActionReader]] = []


def person_actions(group: str, place: int) -> Callable[[ActionReader], ActionReader]:
    """Return a decorator for functions that yield the links to what the viewer may do to a person,
    without a query.

    The links are shown under the heading `group`, in the order of `place`. Each leads to a page
    that asks for a reason, so its label ends in "…".
    """
    if group not in HEADINGS:
        raise ValueError(f"no group of actions is called {group}")

    def remember(read: ActionReader) -> ActionReader:
        _readers.append((group, place, read))
        return read

    return remember


def actions_for(person: Person) -> list[ActionGroup]:
    """Return the groups of actions that the viewer may use; groups without any are left out."""
    found: dict[str, list[ActionLink]] = {group: [] for group in HEADINGS}
    for group, _, read in sorted(_readers, key=lambda one: one[1]):
        found[group].extend(read(person))
    return [
        ActionGroup(HEADINGS[group], tuple(links), group == STANDING)
        for group, links in found.items()
        if links
    ]
