"""What the specifications ask of a badge, a status list and a baked picture, checked without the
library that makes them: Open Badges 3.0, Bitstring Status List 1.0, PNG and its iTXt chunk.
"""

import base64
import gzip
import json
import struct
import zlib
from datetime import datetime

from defusedxml import ElementTree

OB3 = "https://purl.imsglobal.org/ob/v3p0"
KEYWORD = b"openbadgecredential"
LEAST_BITS = 131_072


def check_badge(badge: dict) -> None:
    """Assert the members that the schema of an OpenBadgeCredential requires."""
    assert badge["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert badge["@context"][1].startswith("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.")
    assert badge["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert badge["issuer"]["id"].startswith("did:web:")
    assert badge["issuer"]["type"] == ["Profile"]
    for moment in (badge["validFrom"], badge.get("validUntil", badge["validFrom"])):
        assert moment.endswith("Z")
        datetime.fromisoformat(moment)
    subject = badge["credentialSubject"]
    assert subject["type"] == ["AchievementSubject"]
    assert subject.get("id") or subject["identifier"]
    achievement = subject["achievement"]
    assert {"id", "type", "name", "description", "criteria"} <= set(achievement)
    for entry in badge["credentialStatus"]:
        assert entry["type"] == "BitstringStatusListEntry"
        assert 0 <= int(entry["statusListIndex"]) < LEAST_BITS
        assert entry["statusListCredential"].startswith("http")


def bits_of(status_list: dict) -> bytes:
    """Return the bits of a status list, the first of which is the highest of the first byte."""
    assert "BitstringStatusListCredential" in status_list["type"]
    subject = status_list["credentialSubject"]
    assert subject["type"] == "BitstringStatusList"
    assert subject["statusPurpose"] in ("revocation", "suspension")
    encoded = subject["encodedList"]
    assert encoded[0] == "u"
    padded = encoded[1:] + "=" * (-len(encoded[1:]) % 4)
    bits = gzip.decompress(base64.urlsafe_b64decode(padded))
    assert len(bits) * 8 >= LEAST_BITS
    return bits


def is_set(status_list: dict, index: str) -> bool:
    """Return the bit of a badge."""
    place = int(index)
    return bool(bits_of(status_list)[place // 8] >> (7 - place % 8) & 1)


def badge_in_png(content: bytes) -> dict:
    """Return the badge in the one iTXt chunk of a PNG file, every chunk of which has its checksum."""
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    at, found, names = 8, [], []
    while at < len(content):
        length, name = struct.unpack(">I4s", content[at : at + 8])
        data = content[at + 8 : at + 8 + length]
        assert struct.unpack(">I", content[at + 8 + length : at + 12 + length])[0] == zlib.crc32(name + data)
        names.append(name)
        if name == b"iTXt" and data.startswith(KEYWORD + b"\x00"):
            found.append(data.removeprefix(KEYWORD + b"\x00"))
        at += 12 + length
    assert (names[0], names[-1]) == (b"IHDR", b"IEND")
    assert len(found) == 1
    assert found[0][:4] == b"\x00\x00\x00\x00"  # not compressed, no language, no translated keyword
    return json.loads(found[0][4:])


def badge_in_svg(content: bytes) -> dict:
    """Return the badge in the element `credential` of an SVG file."""
    root = ElementTree.fromstring(content)
    found = root.findall(f"{{{OB3}}}credential")
    assert len(found) == 1
    assert "verify" not in found[0].attrib
    return json.loads(found[0].text)
