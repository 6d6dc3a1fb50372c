"""Accepted files are rebuilt: only what can be seen is kept."""

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from documents.parser import make_safe
from tests.documents import good, hostile


def javascript(text: str = "app.alert(1)") -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=text)


def link(action: Dictionary) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 100, 100], A=action)


def on_opening(made):
    made.Root.OpenAction = javascript()


def on_every_event(made):
    made.Root.AA = Dictionary(WC=javascript(), WS=javascript())
    made.pages[0].AA = Dictionary(O=javascript())


def by_name(made):
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["run", javascript()])))


def starting_a_program(made):
    made.Root.OpenAction = Dictionary(S=Name.Launch, F="cmd.exe")


def with_a_link(made):
    made.pages[0].Annots = Array([link(Dictionary(S=Name.URI, URI="https://example.org/track"))])


def with_a_link_to_a_file(made):
    made.pages[0].Annots = Array([link(Dictionary(S=Name.GoToR, F="//host/share"))])


def sending_itself(made):
    made.pages[0].Annots = Array([link(Dictionary(S=Name.SubmitForm, F="https://example.org/collect"))])


def with_an_attachment(made):
    made.attachments["payload.exe"] = pikepdf.AttachedFileSpec(made, b"MZ" * 500, filename="payload.exe")


def with_an_attachment_on_the_page(made):
    stream = made.make_stream(b"MZ" * 50, Type=Name.EmbeddedFile)
    spec = Dictionary(Type=Name.Filespec, F="payload.exe", EF=Dictionary(F=stream))
    made.pages[0].Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=spec)]
    )


def with_an_xfa_form(made):
    made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=made.make_stream(b"<xdp><script>x</script></xdp>"))


def with_a_film(made):
    content = Dictionary(Assets=Dictionary(Names=Array([])), Configurations=Array([]))
    film = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 9, 9], RichMediaContent=content)
    made.pages[0].Annots = Array([film])


def hidden_among_the_fonts(made):
    made.pages[0].Resources.Font.F2 = made.make_indirect(javascript("hidden()"))
    made.pages[0].Resources.Properties = Dictionary(P=Dictionary(Type=Name.Filespec, F="//host/share"))


def behind_a_marked_list(made):
    made.pages[0].Resources.Properties = Dictionary(P=Dictionary(Next=Array([javascript(), javascript()])))


def drawn_from_another_file(made):
    outside = made.make_stream(
        b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), F="//host/form"
    )
    made.pages[0].Resources.XObject = Dictionary(X=outside)


def with_an_author(made):
    made.docinfo[Name.Author] = "Somebody Real"
    made.Root.Metadata = made.make_stream(b"<x:xmpmeta>Somebody Real</x:xmpmeta>", Type=Name.Metadata)


SCRIPTED = [
    on_opening,
    on_every_event,
    by_name,
    starting_a_program,
    with_a_link,
    with_a_link_to_a_file,
    sending_itself,
    with_an_attachment,
    with_an_attachment_on_the_page,
    with_an_xfa_form,
    with_a_film,
    hidden_among_the_fonts,
    behind_a_marked_list,
    drawn_from_another_file,
    with_an_author,
]
WORDS = (
    b"JavaScript", b"/JS", b"/AA", b"OpenAction", b"/Launch", b"/URI", b"/GoToR", b"/SubmitForm", b"EmbeddedFile",
    b"Filespec", b"/XFA", b"RichMedia", b"/Annots", b"app.alert", b"hidden()", b"//host", b"Somebody", b"MZMZ", b"example.org",
)  # fmt: skip


def plainly(content: bytes) -> bytes:
    """The file with nothing packed, so that words in it can be looked for."""
    with pikepdf.open(BytesIO(content)) as made:
        out = BytesIO()
        made.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable,
                  stream_decode_level=pikepdf.StreamDecodeLevel.all)  # fmt: skip
        return out.getvalue()


@pytest.mark.parametrize("prepare", SCRIPTED)
def test_a_pdf_loses_scripts_and_actions_and_keeps_its_pages(prepare):
    sent = good.pdf(prepare=prepare)
    assert any(word in plainly(sent) for word in WORDS), "the test's own file holds nothing to lose"
    kept = plainly(make_safe(sent).content)
    assert [word for word in WORDS if word in kept] == []
    assert b"(Certificate) Tj" in kept


def test_a_filled_in_pdf_form_field_stays_readable():
    def fill_in(made):
        shown = made.make_stream(
            b"BT (Jordan Rivera) Tj ET", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 99, 20]
        )
        box = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="name", V="Jordan Rivera",
                         Rect=[72, 600, 171, 620], AP=Dictionary(N=shown), AA=Dictionary(K=javascript()))  # fmt: skip
        made.pages[0].Annots = Array([made.make_indirect(box)])
        made.Root.AcroForm = Dictionary(Fields=made.pages[0].Annots)

    kept = plainly(make_safe(good.pdf(prepare=fill_in)).content)
    assert b"(Jordan Rivera) Tj" in kept
    assert b"/Annots" not in kept
    assert b"/JS" not in kept


def test_bytes_appended_after_the_end_of_a_file_are_removed():
    for sent in (good.pdf(), good.png(), good.jpeg()):
        assert b"payload" not in make_safe(sent + hostile.ZIP + b"payload.exe").content


def test_html_hidden_in_a_pdf_is_removed():
    sent = good.pdf().replace(b"\n", b"\n%<script>alert(1)</script>\n", 1)
    assert b"<script>" not in make_safe(sent).content


def test_exif_data_and_comments_are_removed_from_a_jpeg():
    exif = Image.Exif()
    exif[0x010F] = "A camera that tells where it was"
    sent = good.jpeg(exif=exif, comment=b"<?php system('id'); ?>")
    kept = make_safe(sent).content
    assert b"camera" in sent
    assert b"<?php" in sent
    assert b"camera" not in kept
    assert b"<?php" not in kept
    assert not Image.open(BytesIO(kept)).getexif()


def test_text_chunks_are_removed_from_a_png():
    sent = hostile.png(good.png()[8:-12], hostile.chunk(b"tEXt", b"Comment\x00<script>x</script>"))
    assert b"<script>" not in make_safe(sent).content


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_rotated_by_exif_is_stored_upright_without_exif(orientation):
    upright = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}[
        orientation
    ]
    made = Image.open(BytesIO(make_safe(good.turned_jpeg(orientation)).content))
    assert made.size == ((320, 200) if orientation < 5 else (200, 320))
    corner = tuple(5 + at * (length - 10) for at, length in zip(upright, made.size, strict=True))
    assert made.getpixel(corner)[0] < 40
