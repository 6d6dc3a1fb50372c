"""The structure of the certificate's PDF, as programs that read it aloud find it, and the scripts of names."""

import os
from datetime import date
from io import BytesIO

import pikepdf
import pytest

from core.lettering import can_write
from core.organisation import OrganisationFacts
from renewals.pages.certificate import Certificate
from renewals.pages.certificate_paper import render_certificate
from tests.documents import good
from tests.reading import text_of

FONTS = os.environ.get("TEST_FONTS_DIR", "/usr/share/fonts")
BODY = {"name": "Meridian Institute of Training", "short_name": "Meridian", "signer_name": "Lena Whitfield"}


def certificate_for(name: str) -> Certificate:
    return Certificate(
        name=name,
        title="Certified Personal Trainer",
        number="1193 2207",
        granted="recertification",
        awarded_on=date(2021, 2, 11),
        issued_on=date(2026, 11, 28),
        starts_on=date(2027, 2, 12),
        expires_on=date(2029, 2, 11),
        verify_url="https://portal.example/v/11932207/",
        code_url="https://portal.example/c/7Q2M9K/",
    )


def opened(name: str) -> pikepdf.Pdf:
    issuer = OrganisationFacts(**BODY, signature=good.png())
    return pikepdf.open(BytesIO(render_certificate(certificate_for(name), issuer=issuer)))


def elements(parent: pikepdf.Object) -> list[tuple[str, str]]:
    """Tag and words of every element, in reading order; those inside of another come after it."""
    found = []
    for one in parent.K:
        found.append((str(one.S), str(one.get("/Alt", ""))))
        if isinstance(one.K, pikepdf.Array):
            found += elements(one)
    return found


def test_the_pdf_has_language_title_headings_and_figures_in_reading_order():
    pdf = opened("Jordan Reyes")
    root = pdf.Root
    assert (str(root.Lang), bool(root.MarkInfo.Marked)) == ("en-US", True)
    assert str(pdf.docinfo["/Title"]) == "Certified Personal Trainer, number 1193 2207"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    tags = [one for one in elements(root.StructTreeRoot.K[0]) if one[0] != "/Span"]
    assert tags == [
        ("/Figure", "Mark of Meridian Institute of Training"),
        *[("/P", "")] * 3,
        ("/H1", ""),
        ("/H2", ""),
        ("/P", ""),
        ("/Figure", "Signature of Lena Whitfield"),
        *[("/P", "")] * 5,
        ("/Figure", "QR code that leads to https://portal.example/c/7Q2M9K/"),
        ("/Figure", "Seal of Meridian Institute of Training"),
    ]


def test_everything_on_the_certificate_pdf_belongs_to_one_element_or_is_background():
    pdf = opened("Jordan Reyes")
    page, marked, depth = pdf.pages[0], [], 0
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC":
            marked.append(int(operands[1].MCID))
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(operator), 0)
        assert depth <= 1
        if str(operator) in ("Tj", "TJ", "Do", "f", "S"):
            assert depth == 1
    of_page = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    assert marked == list(range(len(of_page)))
    assert [int(one.K) for one in of_page] == marked


NAMES = [
    "محمد بن عبد الله",
    "נֹעָה לוי",
    "प्रिया क्षेत्री",
    "สมชาย ใจดี",
    "李小龍",
    "山田はなこ",
    "김민수",
    "Aïcha محمد",
    "Ἑλένη Παπαδοπούλου",
]


@pytest.mark.fonts
@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_is_written_with_the_fonts_of_the_folder(settings, name):
    settings.FONTS_DIR = FONTS
    assert can_write(name)
    pdf = opened(name)
    assert len(pdf.pages) == 1
    assert any("Noto" in str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values())


@pytest.mark.fonts
def test_arabic_letters_are_joined(settings):
    settings.FONTS_DIR = FONTS
    pdf = opened("ببب")
    fonts = {key: str(font.BaseFont) for key, font in pdf.pages[0].Resources.Font.items()}
    font, glyphs = "", []
    for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
        if str(operator) == "Tf":
            font = fonts[str(operands[0])]
        elif str(operator) in ("Tj", "TJ") and "Arabic" in font:
            parts = operands[0] if str(operator) == "TJ" else [operands[0]]
            drawn = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            glyphs += [drawn[at : at + 2] for at in range(0, len(drawn), 2)]
    assert len(set(glyphs)) == 3  # one letter, written as first, middle and last


@pytest.mark.parametrize("name", NAMES)
def test_without_a_font_folder_a_name_that_open_sans_cannot_write_has_a_page_and_no_pdf(
    jordan, signed_in, clock_at, name
):
    jordan.name = name
    jordan.save()
    clock_at("2027-03-01")
    browser = signed_in(jordan)
    told = text_of(browser.get("/certificate/"))
    assert name in told
    assert "Our PDF cannot write the letters of your name." in told
    assert "Print this page to have it on paper." in told
    assert browser.get("/certificate.pdf").status_code == 404


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("Jordan Rivera", ""),
        ("Zoe Castellanos-Ray", "long"),
        ("Maximiliana Featherstonehaugh", "longest"),
        ("Maximiliana Wolfeschlegelsteinhausen-Featherstonehaugh von und zu Hohenlohe", "utmost"),
    ],
)
def test_a_longer_name_stands_smaller_on_the_page_so_that_it_leaves_the_mark_free(name, step):
    assert certificate_for(name).name_step == step
