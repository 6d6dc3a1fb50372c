"""The file with which an author of a policy begins: short, in force from a day, and commented."""

import json
from pathlib import Path
from string import Template

from rules.policy.building_blocks import ANY_HOLDER, Holder

STARTER = Path(__file__).with_name("starter.toml")


def starter_of(code: str, *, title: str, plural: str, singular: str, holders: Holder = ANY_HOLDER) -> str:
    """Return the text of a new policy file. It passes the check of policies, but each of its
    figures is only a guess, to be replaced by that of the certifying body.
    """
    words = {"code": code, "title": title, "units": plural, "unit": singular}
    words |= {"holder": holders.singular, "holders": holders.plural}
    # A text of JSON is one of TOML, too: the same quotes and escapes.
    quoted = {
        name: json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f") for name, text in words.items()
    }
    return Template(STARTER.read_text(encoding="utf-8")).substitute(quoted, file=code)
