"""The tabs of the staff side, each with the number of rows that wait, for people who may open it.

A room registers its tab in its own module; a tab whose page does not exist is not shown.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from staff.actions import staff_user
from staff.counting import CappedCount, count_words, counts_of
from trainers.models import Trainer

RowReader = Callable[[], Iterable["QuerySet[Model]"]]


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: its page, and the apps whose lists belong to it. `url_name` names a page at /staff/.
    `permission` is needed to open the tab; empty for all staff.
    """

    place: int
    label: str
    url_name: str
    permission: str
    apps: tuple[str, ...] = ()
    waiting: RowReader | None = None  # the rows that wait for somebody here

    @property
    def url(self) -> str:
        """Return the URL of the tab's page; empty while there is no such page."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""


@dataclass(frozen=True, slots=True)
class ShownTab:
    """A tab as a page shows it; `current` is the value of aria-current."""

    label: str
    url: str
    current: str
    count: int = 0

    @property
    def count_words(self) -> str:
        return count_words(self.count)


@dataclass(frozen=True, slots=True)
class ShownList:
    """A list that belongs to the open tab."""

    label: str
    url: str
    current: bool


_tabs: dict[str, Tab] = {}


def register_tab(tab: Tab) -> None:
    """Add a tab, or replace the tab with the same label."""
    _tabs[tab.label] = tab


def tabs_for(request: HttpRequest) -> list[ShownTab]:
    """Return the tabs that this member of staff may open, each with the number of rows that wait.
    One query.
    """
    person = staff_user(request)
    tabs = list(open_tabs(person))
    counts = waiting_counts(request, tabs)
    current = current_tab(request, tabs)
    return [
        ShownTab(tab.label, tab.url, _is_current(request, tab, current), counts.get(tab.label, 0))
        for tab in tabs
    ]


def lists_of_tab(request: HttpRequest) -> list[ShownList]:
    """Return the lists of the open tab that this member of staff may see."""
    tab = current_tab(request, list(open_tabs(staff_user(request))))
    return lists_in(request, tab) if tab else []


def lists_in(request: HttpRequest, tab: Tab) -> list[ShownList]:
    """Return the lists of a tab that this member of staff may see."""
    found = [
        (model, options)
        for model, options in admin.site._registry.items()
        if model._meta.app_label in tab.apps and options.has_view_permission(request)
    ]
    return [_shown_list(request, model) for model, _options in found]


def _shown_list(request: HttpRequest, model: type[Model]) -> ShownList:
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    label = str(model._meta.verbose_name_plural)
    return ShownList(label[0].upper() + label[1:], url, request.path == url)


def open_tabs(person: Trainer) -> Iterator[Tab]:
    """Return the tabs that this member of staff may open, in their order."""
    by_place = sorted(_tabs.values(), key=lambda tab: tab.place)
    return (tab for tab in by_place if (not tab.permission or person.has_perm(tab.permission)) and tab.url)


def current_tab(request: HttpRequest, tabs: list[Tab]) -> Tab | None:
    """Return the tab to which the shown page belongs; None without one."""
    desk = reverse("admin:index")
    for tab in tabs:
        below = [f"{desk}{app}/" for app in tab.apps]
        below += [tab.url] if tab.url != desk else []
        if request.path.startswith(tuple(below)) or request.path == tab.url:
            return tab
    return None


def _is_current(request: HttpRequest, tab: Tab, current: Tab | None) -> str:
    if tab is not current:
        return ""
    return "page" if request.path == tab.url else "true"


def waiting_counts(request: HttpRequest, tabs: Iterable[Tab]) -> dict[str, int]:
    """Return how many rows wait behind each tab, counting only those that this person may see. One
    query, together with whatever else the page counts.
    """
    person, counts = staff_user(request), counts_of(request)
    columns = {
        f"waiting_{place}_{part}": (tab.label, CappedCount(rows))
        for place, tab in enumerate(tabs)
        if tab.waiting
        for part, rows in enumerate(tab.waiting())
        if person.has_perm(_permission_to_see(rows.model))
    }
    counts.ask({name: count for name, (_, count) in columns.items()})
    totals: dict[str, int] = {}
    for name, (label, _) in columns.items():
        totals[label] = totals.get(label, 0) + counts.read(name)
    return totals


def _permission_to_see(model: type[Model]) -> str:
    return f"{model._meta.app_label}.{get_permission_codename('view', model._meta)}"
