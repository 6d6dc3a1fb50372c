"""Text as people paste it from PDFs, Word and phones, made into text as they would type it (F13)."""

import unicodedata

_LINE_BREAKS = str.maketrans(dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n"))
_TYPED = (
    "\r\n\t\u200c\u200d\u200e\u200f"  # and the joiners: words of some languages, and some emoji, contain them
)
_WORDS_BULLET = "\uf0b7"  # Microsoft Word's bullet, in Unicode's private area
_OVERRIDES = "\u202d\u202e"
_NOT_CHARACTERS = range(0xFDD0, 0xFDF0)


def clean_pasted(text: str, *, one_line: bool = False) -> str:
    """Return `text` without invisible characters and without blanks at its ends.

    Unicode line and paragraph separators become line breaks; with `one_line` every line break
    becomes a space. Characters that `hides_meaning` names are kept, for the form to refuse.
    """
    broken = text.translate(_LINE_BREAKS)
    if one_line:
        broken = " ".join(broken.splitlines()) if "\n" in broken or "\r" in broken else broken
    return "".join(_kept(character) for character in broken).strip()


def hides_meaning(character: str) -> bool:
    """Return whether the character is one that nobody types: NUL, a lone surrogate, a code point
    that is no character, or an override of the text's direction.
    """
    code = ord(character)
    return (
        not code
        or 0xD800 <= code <= 0xDFFF
        or code & 0xFFFE == 0xFFFE
        or code in _NOT_CHARACTERS
        or character in _OVERRIDES
    )


def _kept(character: str) -> str:
    if character == _WORDS_BULLET:
        return "•"
    if character in _TYPED or hides_meaning(character):
        return character
    return "" if unicodedata.category(character) in ("Cc", "Cf", "Co") else character
