"""Bad input that the forms of an employer's side, and of a trainer's entry in the directory, must refuse."""

from tests.access.bad_input import BLANK, HIDDEN, NO_HIDDEN, Bad, Form
from tests.access.bad_provider_input import KEY

LIST = (
    Bad("people", BLANK, "Paste at least one line, or choose a file."),
    Bad("people", HIDDEN, NO_HIDDEN),
    Bad("people", ("1\n" * 1001,), "Check at most 1,000 people. This list has 1,001 lines."),
    Bad("people", ("x" * 200_001,), "Use 200000 characters or fewer."),
)
CITY = (
    Bad("city", HIDDEN, NO_HIDDEN),
    Bad("city", ("x" * 81, "x" * 100_000), "Use 80 characters or fewer."),
    Bad("topics", ("x", "0", "9" * 30), "Choose topics from the list."),
)

EMPLOYER_FORMS = (
    Form("employers:check", "at_lakeside", LIST, "viewer", required=("people",)),
    Form("employers:keys", "at_lakeside", KEY, "viewer", good={"name": "Planner", "scopes": "team"}, required=("name", "scopes")),
    Form("employers:listing", "at_lakeside", CITY, good={"city": "Mesa"}),
)  # fmt: skip
EMPLOYER_LOOKED_AT = (
    ("viewer", "at_lakeside", "employers:check employers:keys employers:revoke_key employers:replace_link".split()),
)  # fmt: skip
