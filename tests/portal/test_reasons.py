"""A comment that silences a linter or type checker states the reason on the same line."""

import re

from tests.tree import named, our_python, text_of

SILENCED = re.compile(r"# (?:noqa|type: ignore)[^\n]*")
WITH_REASON = re.compile(
    r"# (?:noqa: [A-Z0-9, ]+ +[-(]|noqa: [A-Z0-9, ]+  |type: ignore\[[a-z, -]+\] +#) ?.*\w{2}"
)
TESTS = ("tests/",)  # there the table of the linter says it once for all


def test_every_noqa_and_type_ignore_in_product_code_has_a_reason():
    found = [
        f"{named(path)}: {line}"
        for path in our_python()
        if not named(path).startswith(TESTS)
        for line in SILENCED.findall(text_of(path))
        if not WITH_REASON.match(line)
    ]
    assert found == []
