"""Whatever belongs to a trainer can be reached from their Home by links: each demo trainer's pages are crawled."""

import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from audits.models import Audit
from ceus.models import CeuRecord
from petitions.models import Petition
from renewals.models import Application
from trainers.models import Cycle, Trainer

LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')
# Of these kinds no page is opened: they lead to nothing that is a trainer's own.
LEAVES = {
    *("ceus:course", "ceus:provider", "ceus:providers", "ceus:log", "trainers:message", "audits:draw_file"),
    *(
        "payments:receipt",
        "documents:download",
        "documents:thumbnail",
        "documents:page",
        *("renewals:certificate_pdf", "renewals:certificate_of_cycle_pdf"),
        *(
            "renewals:transcript_pdf",
            "renewals:transcript_csv",
            "renewals:calendar_file",
            "payments:receipt_pdf",
        ),
        "renewals:verify",
        "pages:privacy",
    ),
}
PER_KIND = 2  # pages of a kind that are opened; the links to the others are enough
# Different states of Home; the others show the same pages.
PEOPLE = ("jordan", "maya", "quinn", "xenia", "alma", "anna", "zoe")
ALWAYS = (
    *("renewals:past", "renewals:calendar", "renewals:calculator", "renewals:how", "renewals:certificate"),
    *("renewals:check", "renewals:verify", "ceus:my_courses", "ceus:find", "ceus:card", "ceus:courses"),
    *("petitions:list", "payments:list", "trainers:messages", "trainers:account", "trainers:data"),
    *(
        "trainers:reminders",
        "trainers:change_time_zone",
        "trainers:erase",
        "names:change",
        "audits:draws",
        "employers:sharing",
    ),
    *("account_change_password", "mfa_index", "usersessions_list", "pages:help", "pages:privacy"),
)


def kind_of(path: str) -> str | None:
    """The name of the route of `path`; None for one of staff, or of nobody."""
    try:
        found = resolve(path).view_name
    except Resolver404:
        return None
    return None if path.startswith("/staff/") else found


def links_of(browser: Client, path: str) -> Iterator[str]:
    """The paths to which the page at `path` links; a second page of a list is followed too."""
    answer = browser.get(path, follow=True)
    assert answer.status_code == 200, (path, answer.status_code)
    if not answer["Content-Type"].startswith("text/html"):
        return
    here = answer.redirect_chain[-1][0] if answer.redirect_chain else path
    for address in LINK.findall(answer.content.decode()):
        found = urlsplit(urljoin(here, unescape(address)))
        if not found.netloc:
            yield f"{found.path}?{found.query}" if found.query.startswith("page=") else found.path


def reached_from_home(trainer: Trainer) -> set[str]:
    """Every path that is linked from Home, from what it links to, and so on."""
    browser = Client()
    browser.force_login(trainer)
    reached, opened, waiting = {"/home/"}, dict[str, int](), deque(["/home/"])
    while waiting:
        path = waiting.popleft()
        kind = kind_of(path.partition("?")[0])
        if kind is None or kind in LEAVES or opened.get(kind, 0) >= PER_KIND + 5 * ("?" in path):
            continue
        opened[kind] = opened.get(kind, 0) + 1
        for link in links_of(browser, path):
            if link not in reached:
                reached.add(link)
                waiting.append(link)
    return reached


def belongings_of(trainer: Trainer) -> Iterator[str]:
    """The page of everything of theirs, and the pages that everybody has."""
    yield from map(reverse, ALWAYS)
    for application in Application.objects.owned_by(trainer).exclude(state="draft"):
        yield reverse("renewals:application", args=[application.reference])
    for petition in Petition.objects.filter(credential__trainer=trainer).exclude(state="draft"):
        yield reverse("petitions:petition", args=[petition.reference])
    for audit in Audit.objects.announced().filter(cycle__credential__trainer=trainer):
        yield reverse("audits:audit", args=[audit.reference])
    if Cycle.objects.filter(credential__trainer=trainer, credential__state="in_force").exists():
        running = Cycle.objects.filter(credential__trainer=trainer).latest("starts_on")
        yield reverse("renewals:certificate_of_cycle", args=[running.pk])
    for record in CeuRecord.objects.filter(credential__trainer=trainer).exclude(state="removed"):
        yield reverse("ceus:record", args=[record.pk])


@pytest.mark.parametrize("login", PEOPLE)
def test_every_page_about_a_demo_trainer_can_be_reached_from_home_by_links(demo, login):
    trainer = Trainer.objects.get(email=f"{login}@example.org")
    missing = sorted(set(belongings_of(trainer)) - reached_from_home(trainer))
    assert missing == []
