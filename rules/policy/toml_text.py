"""Where in the text of a TOML file something begins that is not closed: its reader names only the end."""

import re

AT_THE_END, HEADER = "at end of document", "[["
_AT_LINE = re.compile(r"at line (\d+)")
_TOKEN = re.compile(
    r"""#[^\n]*|(?P<long>\"{3}|'{3})|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|(?P<opens>[\[{])|(?P<closes>[\]}])"""
)


def toml_problem(text: str, error: Exception) -> str:
    """Return what is wrong with the text of a TOML file, as its reader says it, with the line on which
    something begins that is not closed.
    """
    said = str(error)
    if found := _AT_LINE.search(said):
        lines = text.split("\n")[: int(found[1])]
        begun = _unclosed("\n".join(lines[:-1]))
        if begun is not None and lines[-1].lstrip().startswith(HEADER):
            return f"what begins at line {begun} is not closed before line {found[1]}"
        return said
    begun = _unclosed(text)
    if begun is not None and AT_THE_END in said:
        return f"what begins at line {begun} is not closed"
    return said.replace(AT_THE_END, f"at line {_line_of(text, len(text.rstrip()))}")


def _unclosed(text: str) -> int | None:
    """Return the line on which the last list, table or long text begins that the text does not close; None
    when everything is closed.
    """
    opened: list[int] = []
    place = 0
    while token := _TOKEN.search(text, place):
        place = token.end()
        if mark := token["long"]:
            end = text.find(mark, place)
            if end < 0:
                return _line_of(text, token.start())
            place = end + len(mark)
        elif token["opens"]:
            opened.append(token.start())
        elif token["closes"] and opened:
            opened.pop()
    return _line_of(text, opened[-1]) if opened else None


def _line_of(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
