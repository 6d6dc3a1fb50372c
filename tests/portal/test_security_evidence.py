"""What docs/security.md says of pages, scripts and modules as a whole, looked at in every one of them."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from django.test import Client

from core.mail import QuickMessage
from tests.tree import ROOT, tracked

LONG = "correct horse battery staple " * 6 + "and a last hat"  # of 188 characters
OTHER_SITES = re.compile(r"""(?:src|srcset|action|data|poster|@import|url\()\s*=?\s*["']?(?:https?:)?//""")
# What can open a connection. Redis, the database and Celery reach what the settings name.
REACH_OUT = {
    "aiohttp", "anymail", "boto3", "botocore", "ftplib", "http.client", "httpx", "opentelemetry", "requests",
    "sentry_sdk", "smtplib", "socket", "stripe", "telnetlib", "urllib.request", "urllib3", "websockets",
}  # fmt: skip
REACHED = {
    "core/smtp.py": "the mail server",
    "documents/object_storage.py": "object storage",
    "outbox/bounces.py": "anymail's addresses, which are asked and ask nobody",
    "outbox/postbox.py": "the errors of the mail server",
    "payments/gateway/asking.py": "the payment provider",
    "payments/gateway/hearing.py": "the signatures of the payment provider",
    "recert/backups/buckets.py": "object storage",
    "recert/error_reports.py": "Sentry",
    "recert/traces.py": "the collector of traces",
    "trainers/oidc.py": "the provider at which staff sign in",
    "trainers/views/oidc.py": "the errors of that provider",
    "webhooks/addresses.py": "which addresses a name has",
    "webhooks/posting.py": "the addresses that leads and finance name",
}
# SQL with more than parameters in it: names of tables and columns, and fixed pieces, all of the code.
PIECED = {
    "core/loading.py",
    "core/read_only.py",
    "core/triggers.py",
    "outbox/planning.py",
    "recert/backups/database.py",
    "recert/management/commands/verify_restore.py",
    "trainers/roster/facts.py",
    "trainers/roster/merging.py",
}
NOT_SERVED = ("tests", "tools", "demo", "docs")


def product() -> dict[str, str]:
    """Return every module that runs in production, with its text."""
    paths = {str(path.relative_to(ROOT)): path for path in tracked("*.py")}
    return {
        name: path.read_text()
        for name, path in paths.items()
        if name.split("/")[0] not in NOT_SERVED and "/migrations/" not in name
    }


def imports_of(text: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def inputs_of(page: str) -> list[dict[str, str | None]]:
    found: list[dict[str, str | None]] = []

    class Fields(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag in ("input", "textarea", "select"):
                found.append(dict(attrs))

    Fields().feed(page)
    return found


def test_only_the_listed_modules_open_connections_to_other_machines():
    reaching = {
        name
        for name, text in product().items()
        if any(one in REACH_OUT or one.split(".")[0] in REACH_OUT for one in imports_of(text))
    }
    assert reaching == set(REACHED)


def test_every_sql_statement_outside_the_listed_modules_is_a_constant_with_parameters():
    found = set()
    for name, text in product().items():
        for node in ast.walk(ast.parse(text)):
            called = isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in ("execute", "executemany", "raw", "RawSQL") and node.args:
                pieces = (ast.JoinedStr, ast.BinOp, ast.Call)
                if isinstance(node.args[0], pieces):
                    found.add(name)
    assert found == PIECED


def test_random_numbers_of_the_portal_come_from_the_operating_system_but_for_waits_between_tries():
    assert {name for name, text in product().items() if "random" in imports_of(text)} == {
        "webhooks/sender.py"
    }


def test_no_page_and_no_style_sheet_loads_anything_from_another_site_or_needs_a_plug_in():
    files = [*tracked("*.html"), *tracked("*.css"), *tracked("*.svg")]
    served = [path for path in files if path.relative_to(ROOT).parts[0] not in NOT_SERVED]
    assert len(served) > 100
    for path in served:
        text = path.read_text()
        assert not OTHER_SITES.search(text), path
        assert not re.search(r"<(object|embed|applet)\b|<link[^>]+href=\"(https?:)?//", text), path


@pytest.mark.parametrize("path", sorted((ROOT / "static" / "js").glob("*.js")), ids=lambda path: path.name)
def test_a_script_merges_no_objects_and_stops_no_pasting(path: Path):
    text = path.read_text()
    assert not re.search(r"\.assign\(|__proto__|prototype|JSON\.parse|\bfor \([^)]* in\b|\]\s*=[^=]", text)
    assert not re.search(r"paste|localStorage|sessionStorage|indexedDB|eval\(|innerHTML", text)


@pytest.mark.parametrize("address", ["/account/login/", "/account/password/change/"])
def test_passwords_are_typed_into_password_fields_that_programs_may_fill_and_people_may_paste_into(
    signed_in, jordan, client, address
):
    browser = client if "login" in address else signed_in(jordan)
    page = browser.get(address).content.decode()
    fields = [one for one in inputs_of(page) if "password" in (one.get("name") or "")]
    assert fields
    for field in fields:
        assert field["type"] == "password"
        assert field["autocomplete"] in ("current-password", "new-password")
        assert not {"onpaste", "readonly", "oncopy"} & field.keys()


def test_a_password_of_188_characters_is_taken_whole(signed_in, jordan, client):
    jordan.set_password("old enough to go")
    jordan.save()
    typed = {"oldpassword": "old enough to go", "password1": LONG, "password2": LONG}
    assert signed_in(jordan).post("/account/password/change/", typed).status_code == 302
    tries = [{"login": jordan.email, "password": word} for word in (LONG[:-1], LONG)]
    assert [client.post("/account/login/", one).status_code for one in tries] == [422, 302]


def test_whoever_forgot_a_password_is_asked_for_an_address_and_a_mailed_code_and_no_secret_question(
    client, jordan
):
    page = client.get("/account/password/reset/").content.decode()
    asked = {one["name"] for one in inputs_of(page) if one.get("type") != "hidden"}
    assert asked == {"email"}
    code = client.post("/account/password/reset/", {"email": jordan.email}, follow=True).content.decode()
    assert {one["name"] for one in inputs_of(code) if one.get("type") != "hidden"} == {"code"}


def test_every_cookie_of_a_visit_is_kept_from_scripts(client, jordan):
    browser = Client()
    browser.get("/account/login/")
    jordan.set_password("old enough to go")
    jordan.save()
    browser.post("/account/login/", {"login": jordan.email, "password": "old enough to go"})
    browser.get("/home/")
    assert len(browser.cookies) >= 3  # the session, the forms' token, the known device
    assert [name for name, cookie in browser.cookies.items() if not cookie["httponly"]] == []


@pytest.mark.parametrize("address", ["/home/", "/account/", "/courses/", "/messages/", "/help/", "/verify/"])
def test_every_page_of_somebody_signed_in_offers_to_sign_out(signed_in, jordan, address):
    assert 'action="/account/logout/"' in signed_in(jordan).get(address).content.decode()


def test_the_staff_desk_offers_to_sign_out(signed_in, reviewer):
    assert 'action="/account/logout/"' in signed_in(reviewer).get("/staff/").content.decode()


@pytest.mark.parametrize(
    "address", ["/static/", "/static/css/", "/files/", "/media/", "/.git/", "/.well-known/"]
)
def test_no_folder_lists_what_is_in_it(client, db, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
def test_a_line_feed_in_a_header_of_a_mail_is_refused_and_adds_no_recipient(line):
    for place in ("subject", "to"):
        values = {"subject": "Hello", "to": ["jordan@example.org"], "body": "text"}
        values[place] = f"Hello{line}Bcc: stranger@example.org"
        values["to"] = values["to"] if isinstance(values["to"], list) else [values["to"]]
        mail = QuickMessage(from_email="portal@example.org", **values)
        mail.attach_alternative("<p>text</p>", "text/html")
        with pytest.raises(ValueError, match="ewline"):
            mail.as_wire()


def test_updates_of_packages_and_images_are_proposed_each_week_and_the_times_to_install_them_are_written():
    proposed = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text())["updates"]
    assert {(one["package-ecosystem"], one["schedule"]["interval"]) for one in proposed} >= {
        ("pip", "weekly"),
        ("docker", "weekly"),
    }
    section = (ROOT / "docs" / "security.md").read_text().split("## Parts of others")[1].split("\n## ")[0]
    assert [re.search(rf"within {days} days", section) for days in (3, 14, 60)] != [None, None, None]
    assert all(f"within {days} days" in " ".join(section.split()) for days in (3, 14, 60))
