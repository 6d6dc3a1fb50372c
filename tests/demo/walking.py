"""Load a small demo and read every page, mail and staff page of it, in a process whose policy is another one."""

import json
import re
import tomllib
from collections import deque
from collections.abc import Iterator, Sequence
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pikepdf
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from rules.policy import parse
from rules.policy.load import policy_path
from tests.badge_structure import badge_in_png
from tests.cast import pass_second_factor
from tests.reading import words_of
from trainers.models import Trainer

LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')
SCRIPT = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
READ_OUT = re.compile(r'\b(?:aria-label|alt|title|placeholder|content)="([^"]*)"')
# The code under which history names a record or a person, and an address.
NO_WORDS = re.compile(r"\b(?:ceus|trainers)\.\w+|https?://\S+")
# What only the sample policy says: its unit, its card, its titles, its currency and its tiers.
FIRST = re.compile(
    r"\bCEUs?\b|\bCPR\b|\bAED\b|\bNASM\b|nasm-cpt|cpr_aed|personal train|Kettlebell|two-year|"
    r"additional fee|late fee|\$\d|\bUSD\b|\btrainers?\b",
    re.IGNORECASE,
)
BASES = Path(parse.__file__).parent / "bases"
# The field of amounts in the interface for programs, whatever the policy counts in: programs read it by this name.
API_FIELD = re.compile(r"\b[cC]eus\b")
READ = ("text/html", "text/csv", "text/calendar", "application/json", "application/vc", "image/svg+xml")
PEOPLE = ("jordan", "leo", "quinn", "xenia", "alma", "lena")
# The columns of the catalogue's file are its format, whatever the policy counts in.
NOT_OPENED = {
    "account_logout",
    "admin:logout",
    "documents:download",
    "renewals:feed",  # of a token; its content is that of the file of the calendar
    "admin:ceus_course_file",
}


def load_small_demo(people: Sequence[str] = PEOPLE, *, others: int = 10) -> None:
    """People in a state each, and some of the crowd who file petitions."""
    from demo.crowd import make_crowd
    from demo.load import load_demo
    from demo.people import NAMED

    load_demo(print, named=[one for one in NAMED if one.login in people], others=make_crowd()[:others])


@cache
def words_of_its_own(name: str) -> frozenset[str]:
    """The words of the first policy that the body's own file says too, or the file that it is based on."""
    found = policy_path(name) or BASES / f"{name}.toml"
    text = found.read_text("utf-8")
    based_on = tomllib.loads(text).get("based_on")
    words = frozenset(one.group().lower() for one in FIRST.finditer(text))
    money = {f"${digit}" for digit in range(10)} if '"$"' in text else set()
    return words | money | (words_of_its_own(based_on) if based_on else frozenset())


def words_of_the_first(text: str) -> list[str]:
    """Return the words of the first policy that a page or mail contains, each with the text around it."""
    text = SCRIPT.sub(" ", text)
    told = " ".join(word for tag in TAG.findall(text) for word in READ_OUT.findall(tag))
    text = NO_WORDS.sub(" ", f"{TAG.sub(' ', text)} {told}")
    return [
        " ".join(text[max(0, one.start() - 40) : one.end() + 20].split())
        for one in FIRST.finditer(text)
        if one.group().lower() not in words_of_its_own(settings.PORTAL_POLICY)
    ]


def text_in(answer: HttpResponse) -> str:
    """The words of a page or file that the portal made; "" for one of another kind. A picture of a badge
    holds its credential as text.
    """
    kind, content = answer["Content-Type"], answer.getvalue()
    if kind == "application/pdf":
        with pikepdf.open(BytesIO(content)) as pdf:
            told = " ".join(str(value) for value in pdf.docinfo.values())
        return " ".join([told, *words_of(content)])
    if kind == "image/png":
        return json.dumps(badge_in_png(content), ensure_ascii=False) if b"iTXt" in content else ""
    return content.decode() if kind.startswith(READ) else ""


def pages_seen(browser: Client, *starts: str, per_kind: int = 1) -> Iterator[tuple[str, str]]:
    """Each page that is linked from `starts` and onwards, `per_kind` of a kind; its path and its text."""
    reached, opened, waiting = set(starts), dict[str, int](), deque(starts)
    while waiting:
        path = waiting.popleft()
        try:
            kind = resolve(path.partition("?")[0]).view_name
        except Resolver404:
            continue
        if kind in NOT_OPENED or opened.get(kind, 0) >= per_kind:
            continue
        opened[kind] = opened.get(kind, 0) + 1
        answer = browser.get(path, follow=True)
        if answer.status_code != 200:
            print(f"FOUND {path}: it answers {answer.status_code}")
            continue
        text = text_in(answer)
        if not text:
            continue
        if path.startswith("/api/"):
            text = API_FIELD.sub(" ", text)
        yield path, text
        for link in LINK.findall(text):
            found = urlsplit(urljoin(path, unescape(link)))
            address = f"{found.path}?{found.query}" if found.query else found.path
            if not found.netloc and address not in reached:
                reached.add(address)
                waiting.append(address)


def mails_made() -> Iterator[tuple[str, str]]:
    """Each example of a message, and each copy of one that the demo sent."""
    from outbox.examples import all_examples, mail_of
    from outbox.models import Notice

    for one in all_examples():
        mail = mail_of(one)
        yield f"{one.kind.kind} {one.state}", f"{mail.title} {mail.text} {mail.html}"
    for kind, title, text in Notice.objects.exclude(text="").values_list("kind", "title", "text"):
        yield f"sent {kind}", f"{title} {text}"


def signed_in(email: str) -> Client:
    person = Trainer.objects.get(email=email)
    browser = Client(SERVER_NAME="localhost", raise_request_exception=False)
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    if person.is_staff:
        pass_second_factor(browser.session, person)
    return browser


def everything_seen() -> Iterator[tuple[str, str]]:
    from demo.staff import SUPERUSER

    yield from mails_made()
    yield from pages_seen(
        Client(SERVER_NAME="localhost"),
        "/",
        "/how-renewal-works/",
        "/rules/",
        "/calculator/",
        "/courses/",
        "/privacy/",
        "/api/docs/",
        "/api/v1/openapi.json",
    )
    for login in PEOPLE:
        yield from pages_seen(signed_in(f"{login}@example.org"), "/home/", "/account/")
    yield from pages_seen(signed_in(f"{SUPERUSER}@example.org"), "/staff/", per_kind=2)


def load_and_walk() -> None:
    """Print which words of the first policy were found; the exit status says whether there were any."""
    load_small_demo()
    seen, found = 0, set[tuple[str, str]]()
    for place, text in everything_seen():
        seen += 1
        found |= {(re.sub(r"\d+", "N", place), words) for words in words_of_the_first(text)}
    for place, words in sorted(found):
        print(f"FOUND {place}: {words}")
    print(f"SEEN {seen}")
    raise SystemExit(bool(found))
