"""Where text becomes HTML without being escaped: every such place is named here, with what it holds."""

import re

from tests.tree import named, our_python, text_of, tracked

UNESCAPED = re.compile(r"\|\s*safe(?:seq)?\b|mark_safe\(|SafeString\(|html_safe|autoescape off|__html__")
KNOWN = {
    "ceus/pages/searching.py": ["mark_safe("],  # a template's HTML, and in it an escaped text
    "core/mail.py": ["mark_safe("],  # marks of ours, filled with escaped texts
    "core/templatetags/kept.py": ["mark_safe("] * 3,  # as above; and two marks of ours
    "core/templatetags/words.py": ["__html__"],  # asks whether a text is HTML already
    "core/templatetags/svg.py": ["SafeString("],  # nothing
    "renewals/pages/timeline.py": ["mark_safe("],  # a drawing: numbers, and texts that are escaped
    "staff/outbox/lists.py": ["SafeString(", "SafeString("],  # a line break, a dash
    "staff/payments/pages.py": ["SafeString("],  # a dash
    "staff/hardship/lists.py": ["SafeString("],  # a dash
    "staff/sentences/places.py": [
        "mark_safe("
    ],  # a sentence of ours; each place is escaped before it is filled
    "staff/templatetags/desk.py": ["mark_safe("] * 3,  # cells as the admin escaped them
    "staff/trainers/lists.py": ["SafeString("],  # a dash
    "staff/worded.py": ["mark_safe("],  # a cell as the admin escaped it
    "templates/account/messages/email_confirmed.txt": ["autoescape off"],  # plain text; the page escapes it
    "templates/emails/copy.html": ["|safe"],  # a message of ours as it was rendered and sent
    "templates/includes/field_words.html": ["|safe"],  # help of our own forms
}


def test_every_place_that_marks_html_as_safe_is_on_the_list_of_known_ones():
    sources = [path for path in our_python() if not named(path).startswith(("tests/", "tools/"))]
    found = {named(path): UNESCAPED.findall(text_of(path)) for path in (*sources, *tracked("templates"))}
    assert {path: places for path, places in found.items() if places} == KNOWN


def test_format_html_is_called_only_with_literal_strings_or_constants():
    """What was put together before would not be escaped. Words in capitals are constants."""
    calls = re.compile(r"\bformat_html(?:_join)?\(\s*+(?!['\"]|[A-Z]+,|SafeString\(\"<br>\"\))([^\n]*)")
    sources = [path for path in our_python() if not named(path).startswith("tests/")]
    assert {
        named(path): calls.findall(text_of(path)) for path in sources if calls.search(text_of(path))
    } == {}


def test_csv_files_are_written_only_by_the_spreadsheet_module():
    writers = {
        named(path)
        for path in our_python()
        if "csv.writer(" in text_of(path) or "DictWriter(" in text_of(path)
    }
    assert {path for path in writers if not path.startswith("tests/")} == {
        "core/spreadsheet.py",
        "demo/roster.py",
    }
