"""The provider's own site, as far as finance needs it for practice: a page for a payment, one for a
dispute and one for a payout, with buttons.
"""

from collections.abc import Callable
from urllib.parse import parse_qs

from demo.standin import back, payouts
from demo.standin.provider import Provider, Refused
from demo.standin.store import StoredObject
from rules.units import money_in_words

Words = dict[str, object]


def site_page(provider: Provider, method: str, path: str, body: bytes) -> tuple[str, Words] | None:
    """Do what the pressed button does, then return (template, words) of the page; None when the
    site has no page at `path`.

    A button that no longer fits changes nothing.
    """
    kind, _, name = path.strip("/").partition("/")
    act = parse_qs(body.decode(errors="replace")).get("do", [""])[0] if method == "POST" else ""
    try:
        if kind == "payments":
            return _payment(provider, name, act)
        if kind == "payouts":
            return _payout(provider, name, act)
        return _dispute(provider, name, act) if kind == "disputes" else None
    except Refused:
        return None


def _payment(provider: Provider, name: str, act: str) -> tuple[str, Words]:
    payment = provider.payment(name)
    acts: dict[str, Callable[[], object]] = {
        "dispute": lambda: back.dispute_payment(provider, name),
        "refund": lambda: back.refund_on_site(provider, name),
        "warn": lambda: back.warn_of_fraud(provider, name),
        **{f"fail {one['id']}": _failing(provider, one["id"]) for one in provider.refunds(name)},
    }
    if act in acts:
        acts[act]()
    about = [one for one in provider.store.every("dispute") if one["payment_intent"] == name]
    disputes = [{**one, "url": f"/disputes/{one['id']}"} for one in about]
    left = payment["amount"] - sum(
        one["amount"] for one in provider.refunds(name) if one["status"] != "failed"
    )
    words: Words = {"payment": payment, "price": _price(payment), "disputes": disputes, "left": left}
    return "payments/stand_in_payment.html", {**words, "refunds": provider.refunds(name)}


def _failing(provider: Provider, refund: str) -> Callable[[], object]:
    return lambda: back.fail_refund(provider, refund)


def _dispute(provider: Provider, name: str, act: str) -> tuple[str, Words]:
    acts: dict[str, Callable[[], object]] = {
        "answer": lambda: back.answer_dispute(provider, name),
        "won": lambda: back.close_dispute(provider, name, won=True),
        "lost": lambda: back.close_dispute(provider, name, won=False),
    }
    if act in acts and back.find_dispute(provider, name)["status"] not in ("won", "lost"):
        acts[act]()
    dispute = back.find_dispute(provider, name)
    return "payments/stand_in_dispute.html", {
        "dispute": dispute,
        "price": _price(dispute),
        "payment_url": f"/payments/{dispute['payment_intent']}",
    }


def _payout(provider: Provider, name: str, act: str) -> tuple[str, Words]:
    if act == "fail":
        payouts.send_payout_back(provider, name)
    if act == "now":
        payouts.pay_out(provider)
    payout = payouts.find_payout(provider, name)
    rows = [one for one in provider.store.every("balance_transaction") if one["x_payout"] == name]
    lines = [
        {**one, "price": _price({**one, "amount": one["net"]})} for one in rows if one["type"] != "payout"
    ]
    return "payments/stand_in_payout.html", {"payout": payout, "price": _price(payout), "lines": lines}


def _price(thing: StoredObject) -> str:
    symbol = "$" if thing["currency"] == "usd" else f"{thing['currency'].upper()} "
    return money_in_words(thing["amount"], symbol)
