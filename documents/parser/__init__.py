"""Turn a stranger's bytes into harmless ones. Imports no Django: it runs in a child process with
little memory and time.
"""

from documents.parser.kinds import media_kind_of
from documents.parser.pictures import SIDE
from documents.parser.safe import RejectedFile as RejectedFile
from documents.parser.safe import SafeFile as SafeFile

__all__ = ["Rejected", "Safe", "make_safe"]


def make_safe(data: bytes, *, side: int = SIDE) -> SafeFile:
    """Return what people see in place of `data`: a picture of each page, and a copy to download.

    The copy is a re-encoded picture or a rebuilt PDF. `side` is the longest side of the pictures,
    in pixels. Equal `data` gives equal results. Raises Rejected with a code.
    """
    kind = media_kind_of(data)
    try:
        return _parse(kind, data, side)
    except MemoryError:
        raise RejectedFile("too_heavy") from None
    except RejectedFile:
        raise
    except Exception as error:
        raise RejectedFile("damaged") from error


def _parse(kind: str, data: bytes, side: int) -> SafeFile:
    # Imported late: a picture need not wait for the PDF libraries, or the other way round.
    if kind == "pdf":
        from documents.parser.copies import copy_pdf

        return copy_pdf(data, side)
    from documents.parser.images import reencode_image

    return reencode_image(data, kind, side)
