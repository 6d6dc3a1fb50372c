"""The fonts of our PDF documents: Open Sans, and for letters that it lacks the fonts in a folder
(FONTS_DIR).
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from ttf_opensans import OPENSANS_BOLD, OPENSANS_REGULAR

if TYPE_CHECKING:
    from fpdf import FPDF

FONT = "OpenSans"
STYLES = {"": "Regular", "B": "Bold"}
EAST_ASIAN = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"}
# Which face of Noto's file for East Asia writes Chinese characters as a name's other letters ask.
FACES = (("HIRAGANA", 0), ("KATAKANA", 0), ("HANGUL", 1))
SIMPLIFIED = 2
UNSEEN = {"\u200c", "\u200d"}  # joiners, which only tell how their neighbours are written


@dataclass(frozen=True, slots=True)
class Font:
    """A font of the folder FONTS_DIR, with the files of both styles. `face` is its position in a
    file that holds several fonts, from 0.
    """

    family: str
    regular: Path
    bold: Path
    face: int = 0


def can_write(text: str) -> bool:
    """Return whether our fonts have every letter of `text`: Open Sans has Latin, Greek and Cyrillic
    letters, and the fonts in FONTS_DIR may have others.
    """
    return all(_is_in_open_sans(letter) or _font_for(letter, text) for letter in plain_text(text))


def plain_text(text: str) -> str:
    """Return `text` with each letter and its accents as one character, where Unicode has that character."""
    return unicodedata.normalize("NFC", text)


def is_simple(text: str) -> bool:
    """Return whether Open Sans can write `text` one character after the other, without combining or
    reordering any.
    """
    return all(_is_in_open_sans(one) and not unicodedata.combining(one) for one in plain_text(text))


def fonts_beside(text: str) -> list[Font]:
    """Return the fonts of FONTS_DIR for the letters of `text` that Open Sans lacks: each font once,
    in the order of the letters.
    """
    found = (_font_for(one, text) for one in plain_text(text) if not _is_in_open_sans(one))
    return list(dict.fromkeys(font for font in found if font))


def _is_in_open_sans(letter: str) -> bool:
    return letter in UNSEEN or ord(letter) in _letters_of(Path(OPENSANS_BOLD.path), 0)


def _font_for(letter: str, text: str) -> Font | None:
    if not settings.FONTS_DIR:
        return None
    script = unicodedata.name(letter, "").partition(" ")[0]
    wanted = ["NotoSansCJK"] if script in EAST_ASIAN else [f"NotoSans{script.title()}", "NotoSans"]
    for family in wanted:
        font = _installed(settings.FONTS_DIR, family, _face(text) if script in EAST_ASIAN else 0)
        if font and ord(letter) in _letters_of(font.bold, font.face):
            return font
    return None


def _face(text: str) -> int:
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in text}
    return next((face for script, face in FACES if script in scripts), SIMPLIFIED)


@cache
def _installed(folder: str, family: str, face: int) -> Font | None:
    """Return a font that lies anywhere below the folder; None unless both its regular and its bold
    file are there.
    """
    paths = []
    for style in STYLES.values():
        found = (
            path
            for end in ("ttf", "ttc", "otf")
            for path in _files(folder).get(f"{family}-{style}.{end}", ())
        )
        paths.append(next(found, None))
    regular, bold = paths
    return Font(f"{family}{face or ''}", regular, bold, face) if regular and bold else None


@cache
def _files(folder: str) -> dict[str, list[Path]]:
    """Return the font files anywhere below a folder, by their names."""
    files: dict[str, list[Path]] = {}
    for path in sorted(Path(folder).rglob("Noto*")):
        files.setdefault(path.name, []).append(path)
    return files


@cache
def _letters_of(path: Path, face: int) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # a dependency of fpdf2, and slow to import

    with TTFont(path, fontNumber=face, lazy=True) as font:
        return frozenset(font.getBestCmap())


def add_fonts(pdf: "FPDF", *, regular: str, bold: str) -> None:
    """Add to a document only the fonts that its texts in each style need, because reading a large
    font takes seconds.
    """
    pdf.add_font(FONT, "", OPENSANS_REGULAR.path)
    pdf.add_font(FONT, "B", OPENSANS_BOLD.path)
    families = []
    for style, text in (("", regular), ("B", bold)):
        for font in fonts_beside(text):
            path = font.bold if style else font.regular
            pdf.add_font(font.family, style, path, collection_font_number=font.face)
            families.append(font.family)
    if families:
        pdf.set_fallback_fonts(list(dict.fromkeys(families)))
