"""On a phone the rows of a table are displayed as blocks, by which they lose their roles for screen
readers: the markup states the roles.
"""

import re
from collections.abc import Iterator
from pathlib import Path

TEMPLATES = Path(__file__).parents[2] / "templates"
TABLE = re.compile(r'<table class="(?:rwd|table)\b.*?</table>', re.DOTALL)
ROLES = {
    "table": {"table"},
    "thead": {"rowgroup"},
    "tbody": {"rowgroup"},
    "tfoot": {"rowgroup"},
    "tr": {"row"},
    "th": {"columnheader", "rowheader"},
    "td": {"cell"},
}


def without_role(markup: str) -> Iterator[str]:
    """Yield the tags without a role attribute in tables whose rows become blocks."""
    for table in TABLE.findall(markup):
        for tag, name in re.findall(
            r"(<(table|thead|tbody|tfoot|tr|th|td)\b(?:[^>{]|{[{%].*?[}%]})*>)", table
        ):
            role = re.search(r'role="(\w+)"', tag)
            if role is None or role[1] not in ROLES[name]:
                yield tag


def test_every_table_whose_rows_become_blocks_on_phones_has_role_attributes():
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.rglob("*.html"))}
    assert sum(len(TABLE.findall(page)) for page in pages.values()) > 20
    found = [
        f"{path.relative_to(TEMPLATES)}: {tag}" for path, page in pages.items() for tag in without_role(page)
    ]
    assert found == []


def test_the_check_reports_a_table_row_without_a_role_attribute():
    table = '<table class="rwd" role="table"><tbody role="rowgroup"><tr><td role="cell"></td></tr></tbody></table>'
    assert list(without_role(table)) == ["<tr>"]
