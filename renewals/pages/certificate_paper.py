"""The certificate as a PDF document: one page, equal bytes every time, its words as text in reading order."""

from datetime import UTC, datetime, time

from core.colours import INK, INK_2, TEAL, colour_parts
from core.organisation import OrganisationFacts
from core.paper import SIZES, Paper, can_write
from renewals.pages.certificate import NAME_SIZES, Certificate
from renewals.pages.certificate_artwork import SHEET, Artwork

__all__ = ["can_write", "render_certificate"]

LEFT, WORDS_WIDTH = 78, 612  # of the words left of the seal
NAME_LINE = 346  # the baseline of the name's last line
FACTS = ((379, 676), (379, 727), (653, 676), (653, 727))  # where the label of each fact stands
FACT_WIDTHS = (262, 262, 235, 235)
LINE_HEIGHT = 1.15


def render_certificate(certificate: Certificate, *, issuer: OrganisationFacts, size: str = "letter") -> bytes:
    """Return the bytes of the PDF document on a sheet in landscape, "letter" or "a4". A name of the
    issuer or signer that our fonts cannot write is left out.
    """
    height, width = SIZES[size]
    named = issuer.full_name if can_write(f"{issuer.full_name}{issuer.title}{issuer.second_line}") else ""
    signer = issuer.signer_name if can_write(issuer.signer_name + issuer.signer_title) else ""
    paper = Paper(
        size=(width, height),
        title=f"{certificate.title}, number {certificate.number}",
        made_at=datetime.combine(certificate.issued_on, time.min, tzinfo=UTC),
        regular=f"{issuer.second_line if named else ''}{issuer.signer_title if signer else ''}",
        bold=f"{certificate.name}{certificate.title}{named}{issuer.title if named else ''}{signer}",
    )
    words = Words(paper, issuer.accent or TEAL)
    words.artwork.frame_and_rosette()
    if named:
        words.issuer(issuer)
    words.holder(certificate)
    if signer:
        words.signer(issuer)
    words.facts(certificate)
    words.artwork.scan_code(certificate.code_url, 900, 675, 78)
    words.artwork.seal(issuer, certificate.title if named else "")
    return paper.content()


class Words:
    """The words on the certificate: each method writes some of its lines."""

    def __init__(self, paper: Paper, accent: str) -> None:
        self.paper, self.accent = paper, accent
        self.artwork = Artwork(paper, accent)

    def issuer(self, issuer: OrganisationFacts) -> None:
        pdf = self.paper.begin("Figure", alt=f"{'Logo' if issuer.logo else 'Mark'} of {issuer.full_name}")
        self.artwork.mark(pdf, issuer, LEFT, 74, 49)
        x = LEFT + 49 + 16
        self._line("P", issuer.title, x, 96 if issuer.second_line else 105, 19.5, width=560, bold=True)
        if issuer.second_line:
            self._line("P", issuer.second_line, x, 117, 14, width=560, colour=INK_2)

    def holder(self, certificate: Certificate) -> None:
        """Write the holder's name, what they are certified as, and through which day. A long name
        takes several lines, which begin higher up.
        """
        lines, size = self._name_lines(certificate.name)
        first = NAME_LINE - (len(lines) - 1) * size * LINE_HEIGHT
        self._line("P", "This certifies that", LEFT, first - size * 1.06, 17, colour=INK_2)
        for number, line in enumerate(lines):
            y = first + number * size * LINE_HEIGHT
            self._line("Span", line, LEFT - 1, y, size, width=WORDS_WIDTH, bold=True, inside=("H1",))
        self._line("H2", certificate.title, LEFT, 404, 30, width=WORDS_WIDTH, bold=True, colour=self.accent)
        self._line(
            "Span", f"has met the requirements for {certificate.granted}", LEFT, 456, 18.5, inside=("P 2",)
        )
        for y, words, day, end in (
            (482, "and is certified from ", certificate.starts_words, ""),
            (508, "" if certificate.is_for_life else "through ", certificate.expires_words, "."),
        ):
            x = self._line("Span", words, LEFT, y, 18.5, inside=("P 2",))
            x = self._line("Span", day, x, y, 18.5, bold=True, inside=("P 2",))
            if end:
                self._line("Span", end, x, y, 18.5, inside=("P 2",))

    def signer(self, issuer: OrganisationFacts) -> None:
        if issuer.signature:
            self.artwork.signature(issuer.signature, f"Signature of {issuer.signer_name}")
        self.artwork.line_to_sign_on()
        self._line("P", issuer.signer_name, LEFT, 727, 14, width=254, bold=True)
        if issuer.signer_title:
            self._line("P", issuer.signer_title, LEFT, 747, 14, width=254)

    def facts(self, certificate: Certificate) -> None:
        facts = zip(certificate.facts, FACTS, FACT_WIDTHS, strict=True)
        for number, ((label, value), (x, y), width) in enumerate(facts):
            around = (f"P fact {number}",)
            self._line("Span", label, x, y, 14, width=width, colour=INK_2, inside=around)
            self._line("Span", value, x, y + 20, 14, width=width, bold=True, inside=around)

    def _line(
        self,
        tag: str,
        text: str,
        x: float,
        y: float,
        size: float,
        *,
        width: float = SHEET[0],
        bold: bool = False,
        colour: str = INK,
        inside: tuple[str, ...] = (),
    ) -> float:
        """Write one line with its baseline at `y`, in a smaller size when it is wider than `width`;
        return the x at which it ends.
        """
        pdf, artwork = self.paper.begin(tag, inside=inside), self.artwork
        wide = self.paper.width_of(text, artwork.points(size), bold=bold)
        fitting = artwork.points(size) * min(1, width * artwork.scale / max(wide, 0.01))
        written = self.paper.use_font(text, fitting, bold=bold)
        pdf.set_text_color(*colour_parts(colour))
        left, baseline = artwork.at(x, y)
        pdf.set_xy(left, baseline - pdf.font_size * 0.8)
        pdf.cell(pdf.get_string_width(written) + 1, pdf.font_size, written)
        return x + min(wide, width * artwork.scale) / artwork.scale

    def _name_lines(self, name: str) -> tuple[list[str], float]:
        """Return the lines of a name and their size: the largest of three sizes in which it fits
        one line; otherwise the smallest, on as many lines as needed.
        """
        for share in NAME_SIZES:
            size = SHEET[0] * share
            if self._width(name, size) <= WORDS_WIDTH:
                return [name], size
        lines = [""]
        for word in name.split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self._width(longer, size) > WORDS_WIDTH:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines, size

    def _width(self, text: str, size: float) -> float:
        return self.paper.width_of(text, self.artwork.points(size), bold=True) / self.artwork.scale
