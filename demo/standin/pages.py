"""The practice payment page: what is paid for, and a button for everything that a bank can do. It
never asks for a card.
"""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from django.template.loader import render_to_string

from demo.standin.provider import Provider, Refused
from demo.standin.site import site_page
from demo.standin.store import StoredObject
from rules.units import money_in_words

STYLE = Path(__file__).with_name("page.css")
HEADINGS = {
    "open": "Practice payment page — no card needed",
    "processing": "The bank is thinking",
    "paid": "This is paid",
    "declined": "The bank said no",
    "closed": "This page is closed",
}


@dataclass(frozen=True)
class Page:
    status: int
    body: str
    media_type: str = "text/html"
    headers: dict[str, str] = field(default_factory=dict)


def answer_browser(provider: Provider, method: str, path: str, body: bytes) -> Page:
    """Answer a browser's request for a page of the stand-in."""
    if path == "/style.css":
        return Page(200, STYLE.read_text(encoding="utf-8"), "text/css")
    found = site_page(provider, method, path, body)
    if found and method == "POST":
        return Page(303, "", headers={"Location": path, **_policy(None)})
    if found:
        return Page(200, _render(*found), headers=_policy(None))
    try:
        page = provider.page(path.removeprefix("/pay/").strip("/")) if path.startswith("/pay/") else None
    except Refused:
        page = None
    if page is None:
        return Page(404, _render("payments/stand_in_lost.html", {}), headers=_policy(None))
    if method == "POST":
        return _act(provider, page, parse_qs(body.decode(errors="replace")).get("do", [""])[0])
    return _show(provider, page)


def _act(provider: Provider, page: StoredObject, act: str) -> Page:
    name = page["id"]
    acts = {
        "pay": lambda: provider.pay(name),
        "slow": lambda: provider.wait_for_bank(name),
        "decline": lambda: provider.decline(name),
        "bank_yes": lambda: provider.bank_answers(name, yes=True),
        "bank_no": lambda: provider.bank_answers(name, yes=False),
    }
    try:
        page = acts[act]() if act in acts else page
    except Refused:
        return _show(provider, provider.page(name))
    if act in ("pay", "slow"):
        return Page(303, "", headers={"Location": _back_to_portal(page), **_policy(page)})
    return Page(303, "", headers={"Location": f"/pay/{name}", **_policy(page)})


def _show(provider: Provider, page: StoredObject) -> Page:
    state = _state(provider, page)
    words = {
        "heading": HEADINGS[state],
        "state": state,
        "page": page,
        "description": page["x_description"],
        "price": _price(page),
        "refused": state == "open" and bool(page["payment_intent"]),
        "done_url": _back_to_portal(page),
    }
    return Page(200, _render("payments/stand_in.html", words), headers=_policy(page))


def _state(provider: Provider, page: StoredObject) -> str:
    if page["status"] != "complete":
        return "open" if page["status"] == "open" else "closed"
    if page["payment_status"] == "paid":
        return "paid"
    waits = provider.payment(page["payment_intent"])["status"] == "processing"
    return "processing" if waits else "declined"


def _price(page: StoredObject) -> str:
    symbol = "$" if page["currency"] == "usd" else f"{page['currency'].upper()} "
    return money_in_words(page["amount_total"], symbol)


def _back_to_portal(page: StoredObject) -> str:
    return str(page["success_url"]).replace("{CHECKOUT_SESSION_ID}", page["id"])


def _render(template: str, words: StoredObject) -> str:
    return render_to_string(template, words)


def _policy(page: StoredObject | None) -> dict[str, str]:
    """Return the content security policy of a page.

    It allows the redirect back to the portal, because browsers apply the policy also to where a
    form leads.
    """
    urls = [urlsplit(page[name]) for name in ("success_url", "cancel_url")] if page else []
    places = " ".join(sorted({f"{url.scheme}://{url.netloc}" for url in urls}))
    return {
        "Content-Security-Policy": f"default-src 'none'; img-src data:; style-src 'self'; form-action 'self' {places}; "
        "base-uri 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
