"""The sheet that `./portal up` prints: the demo's sign-ins, and what there is to see with each."""

from pathlib import Path
from textwrap import wrap

from django.conf import settings

from demo.people import NAMED
from demo.staff import COLLEAGUES, SUPERUSER
from demo.stage import PASSWORD

WIDTH = 120
WORTH_TRYING = "jordan maya leo omar priya quinn ruth tara vera wes alma cara zoe anna lena".split()


def write_sheet() -> Path:
    """Write `demo.txt` into the folder of the portal's own files."""
    path = settings.VAR_DIR / "demo.txt"
    path.write_text(_sheet(), encoding="utf-8")
    return path


def _sheet() -> str:
    people = {person.login: person for person in NAMED}
    rows = [(people[login].email, people[login].shows) for login in WORTH_TRYING]
    rows += [(f"{login}@example.org", f"Staff: {group}") for login, (_, group) in COLLEAGUES.items()]
    rows.append((f"{SUPERUSER}@example.org", "Staff: may do everything"))
    width = max(len(email) for email, _ in rows)
    lines = [f"Sign in with any of these and the password {PASSWORD}", ""]
    lines += [f"  {email:<{width}}  {shows}" for email, shows in rows]
    others = ", ".join(person.login for person in NAMED if person.login not in WORTH_TRYING)
    lines += ["", *wrap(f"Others, at the same example.org: {others}", WIDTH)]
    return "\n".join(lines) + "\n"
