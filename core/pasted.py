"""Text as people paste it from PDFs, Word and phones, made into text as they would type it (F13)."""

import unicodedata

_LINE_BREAKS = str.maketrans(dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n"))
_TYPED = (
    "\r\n\t\u200c\u200d\u200e\u200f"  # and the joiners: words of some languages, and some emoji, contain them
)
_WORDS_BULLET = "\uf0b7"  # Microsoft Word's bullet, in Unicode's private area
_NO_CHARACTERS = range(0xFDD0, 0xFDF0)


def clean_pasted(text: str, *, one_line: bool = False) -> str:
    """Return `text` without invisible characters and without blanks at its ends.

    Unicode line and paragraph separators become line breaks; with `one_line` every line break
    becomes a space. Characters that `cannot_be_stored` finds are kept, so that the form refuses
    them.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    broken = text.translate(_LINE_BREAKS)
    if one_line:
        broken = " ".join(broken.splitlines()) if "\n" in broken or "\r" in broken else broken
    return "".join(_kept(character) for character in broken).strip()


def cannot_be_stored(character: str) -> bool:
    """Return whether the character is NUL or a lone surrogate, which nobody types or pastes and not
    every database stores.
    """
    return character == "\0" or 0xD800 <= ord(character) <= 0xDFFF


def can_be_stored(text: str) -> bool:
    """Return whether every database stores `text`."""
    return "\0" not in text if text.isascii() else not any(map(cannot_be_stored, text))


def _kept(character: str) -> str:
    if character == _WORDS_BULLET:
        return "•"
    if character in _TYPED or cannot_be_stored(character):
        return character
    if _is_no_character(ord(character)):
        return ""
    return "" if unicodedata.category(character) in ("Cc", "Cf", "Co") else character


def _is_no_character(code: int) -> bool:
    """Return whether `code` is a code point that Unicode never assigns, such as U+FFFE, which PDFs
    contain in the place of a hyphen.
    """
    return code & 0xFFFE == 0xFFFE or code in _NO_CHARACTERS
