"""Which texts can be printed on a certificate as a name."""

import unicodedata

LONGEST_NAME = 120
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0"  # letters by their category, and nothing to see


def is_a_name(text: str) -> bool:
    """Return whether `text` has 1 to 120 characters, one of them a visible letter."""
    letters = (c for c in text if unicodedata.category(c).startswith("L") and c not in _BLANK_LETTERS)
    return len(text) <= LONGEST_NAME and any(letters)
