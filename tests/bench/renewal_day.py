"""A renewal day: RENEWALS (120) trainers agree, PER_MINUTE (120) of them begin each minute, pay on the practice payment page
and come back, while the provider's messages arrive. Their sessions exist before.

Goals at 1,200 a minute: 95 of 100 answers within 500 ms, nothing paid twice, and nothing lost.
"""

import json
import os
import re
import time
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from tests.bench.home import make_trainers
from tests.bench.load import at_rate, free_port, progress, served, settle, share
from tests.throwaway import Throwaway

RENEWALS, PER_MINUTE = int(os.environ.get("RENEWALS", "120")), float(os.environ.get("PER_MINUTE", "120"))
GOAL_MS = 500
LONGEST_WAIT = 60  # seconds, for the messages that are still on their way
HIDDEN = re.compile(
    r'<input type="hidden" name="(csrfmiddlewaretoken|attestation_version|agreed_cents)" value="([^"]*)"'
)


def make_data() -> None:
    """Trainers who have met everything, each with a session."""
    print(json.dumps({"cookies": make_trainers(RENEWALS), "engine": settle()}))


def count() -> None:
    """Print as JSON how many renewals were submitted, how many are paid, and how many payments there are."""
    from payments.models import Charge, LedgerEntry
    from renewals.models import Application

    paid = Application.objects.filter(charge__state=Charge.State.PAID)
    found = {
        "submitted": Application.objects.exclude(state=Application.State.DRAFT).count(),
        "paid": paid.count(),
        "waiting": paid.filter(state=Application.State.SUBMITTED).count(),
        "payments": LedgerEntry.objects.filter(kind="payment").count(),
    }
    print(json.dumps(found))


def run(database: Throwaway) -> bool:
    data = _told(database, "make_data")
    port, provider = free_port(), free_port()
    place = {"PORTAL_URL": f"http://127.0.0.1:{port}", "STRIPE_API_BASE": f"http://127.0.0.1:{provider}"}
    bank = database.start("manage.py", "payment_stand_in", "--port", str(provider), env=place)
    try:
        with served(database, at=port, **place):
            day = RenewalDay(port, data["cookies"])
            _, wrong = at_rate(day.renew, per_second=PER_MINUTE / 60, number=RENEWALS)
            found = _settled(database)
    finally:
        bank.terminate()
        bank.wait(20)
    spent = sorted(day.spent)
    half, most = (1000 * share(spent, part) for part in (0.5, 0.95))
    lost, doubled = RENEWALS - found["paid"] + found["waiting"], found["payments"] - found["paid"]
    print(
        f"renewal day, on {data['engine']}, {RENEWALS} renewals, {PER_MINUTE:.0f} begun a minute, {len(spent)} answers"
    )
    print(f"answers within {half:.0f} ms (half), {most:.0f} ms (95 %, goal ≤ {GOAL_MS})")
    print(
        f"submitted {found['submitted']}, paid {found['paid']}; lost {lost} (goal 0), doubled {doubled} (goal 0), {len(wrong)} errors"
    )
    for words in sorted(set(wrong))[:5]:
        print(f"  {words}")
    return most <= GOAL_MS and not lost and not doubled and not wrong


class RenewalDay:
    """What each trainer's browser does, and how long the portal's answers took."""

    def __init__(self, port: int, cookies: list[str]) -> None:
        self.port, self.cookies = port, cookies
        self.spent: list[float] = []

    def renew(self, number: int) -> None:
        browser = _Browser(self.cookies[number], self.spent, self.port)
        browser.get("/home/")
        shown = dict(HIDDEN.findall(browser.get("/renew/check/")))
        to_pay = browser.post("/renew/submit/", shown)
        back = browser.post(to_pay, {"do": "pay"})
        browser.get(back)


class _Browser:
    """One trainer's browser: it keeps its cookies, follows redirects of pages and stops at those that lead elsewhere."""

    def __init__(self, cookie: str, spent: list[float], port: int) -> None:
        self.cookies = dict([cookie.split("=", 1)])
        self.spent, self.port = spent, port

    def get(self, address: str) -> str:
        status, where, body = self._ask("GET", address, None)
        for _ in range(5):
            if status not in (301, 302, 303):
                break
            status, where, body = self._ask("GET", where, None)
        if status != 200:
            raise RuntimeError(f"{urlsplit(address).path} answered {status}")
        return body

    def post(self, address: str, fields: dict[str, str]) -> str:
        """Return the address to which the answer leads."""
        status, where, body = self._ask("POST", address, fields)
        if status not in (302, 303):
            raise RuntimeError(f"{urlsplit(address).path} answered {status} to a form: {body[:200]}")
        return where

    def _ask(self, method: str, address: str, fields: dict[str, str] | None) -> tuple[int, str, str]:
        url = urlsplit(address)
        port = url.port or self.port
        headers = {"Host": f"127.0.0.1:{port}", "Content-Type": "application/x-www-form-urlencoded"}
        if port == self.port:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            headers["Origin"] = f"http://127.0.0.1:{port}"
        began = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request(method, f"{url.path}?{url.query}".rstrip("?"), urlencode(fields or {}), headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        if port == self.port:
            self.spent.append(time.perf_counter() - began)
            for line in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), body


def _settled(database: Throwaway) -> dict[str, int]:
    """Wait until every message has arrived, then count."""
    until = time.monotonic() + LONGEST_WAIT
    while True:
        found = _told(database, "count")
        if found["paid"] - found["waiting"] >= RENEWALS or time.monotonic() > until:
            progress("")
            return found
        progress(f"{found['paid']} of {RENEWALS} are paid")
        time.sleep(2)


def _told(database: Throwaway, name: str) -> dict:
    code = f"from tests.bench.renewal_day import {name}; {name}()"
    done = database.manage("shell", "-v0", "-c", code, timeout=900)
    return json.loads(done.stdout.strip().splitlines()[-1]) if done.returncode == 0 else exit(done.stderr)
