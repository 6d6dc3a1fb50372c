"""The QR code of an address, for pages and papers."""

from functools import lru_cache

import segno


def scan_code(address: str) -> segno.QRCode:
    """Return the QR code of an address, with error correction M (15 %)."""
    return segno.make(address, error="m", micro=False)


@lru_cache(maxsize=1000)
def scan_code_image(address: str) -> str:
    """Return the QR code as a data URL. It needs no request of its own, which would reveal who is
    viewing it.
    """
    return str(scan_code(address).svg_data_uri(border=0, scale=4))
