"""The certificate of a currently certified trainer, as a page and as a PDF with readable text."""

from datetime import date

import pytest

from core.organisation import save_organisation
from core.scan_code import scan_code_image
from renewals.pages.certificate import certificate_of
from tests import factories
from tests.documents import good
from tests.reading import heading_of, pages_of, text_of, words_of
from tests.renewals import scenes
from trainers.models import Credential


def pdf_of(browser) -> list[str]:
    answer = browser.get("/certificate.pdf")
    assert answer["Content-Type"] == "application/pdf"
    return words_of(answer.content)


def days_in(words: list[str]) -> tuple[str, str, str]:
    """From which day through which one, and when it was issued."""
    after = [words[words.index(one) + 1] for one in ("and is certified from ", "through ", "Issued")]
    return after[0], after[1], after[2]


def test_the_certificate_page_names_the_holder_and_the_dates(jordan, signed_in, clock_at):
    clock_at("2027-03-14")
    page = signed_in(jordan).get("/certificate/")
    assert heading_of(page) == "Your certificate"
    told = text_of(page)
    assert "This certifies that Jordan Rivera Certified Personal Trainer has met the requirements" in told
    assert "is certified from March 15, 2025 through March 14, 2027 ." in told
    assert "Certification number 1193 4482 Check it at 127.0.0.1:8000/v/11934482/" in told
    assert "Certified through March 14, 2027" in told
    assert "Download PDF" in told
    assert 'src="data:image/svg+xml' in page.content.decode()


def test_the_qr_code_of_a_certificate_links_to_its_check_code_and_not_to_its_number(jordan, clock_at):
    credential = jordan.credentials.get()
    certificate, _ = certificate_of(credential, today=date(2027, 3, 14))
    assert certificate.code_url == f"http://127.0.0.1:8000/c/{credential.check_code}/"
    assert certificate.code_image == scan_code_image(certificate.code_url)


def test_the_certificate_pdf_names_the_holder_and_the_dates(jordan, signed_in, clock_at):
    clock_at("2027-03-14")
    browser = signed_in(jordan)
    assert pdf_of(browser) == [
        *("This certifies that", "Jordan Rivera", "Certified Personal Trainer"),
        *("has met the requirements for recertification", "and is certified from ", "March 15, 2025"),
        *("through ", "March 14, 2027", "."),
        *("Certification number", "1193 4482", "Check it at", "127.0.0.1:8000/v/11934482/"),
        *("First awarded", "March 14, 2021", "Issued", "March 15, 2025"),
    ]
    answer = browser.get("/certificate.pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="certificate-11934482.pdf"'
    assert pages_of(answer.content) == [(792.0, 612.0)]  # one Letter page
    [(width, height)] = pages_of(browser.get("/certificate.pdf?paper=a4").content)
    assert (round(width, 1), round(height, 1)) == (841.9, 595.3)
    assert pages_of(browser.get("/certificate.pdf?paper=x").content) == [(792.0, 612.0)]
    assert len(answer.content) < 60_000


def test_the_certificate_pdf_is_byte_identical_every_time(jordan, signed_in, clock_at):
    clock_at("2027-03-01")
    first = signed_in(jordan).get("/certificate.pdf").content
    clock_at("2027-03-02 23:00")
    assert signed_in(jordan).get("/certificate.pdf").content == first


@pytest.mark.parametrize(
    "name",
    [
        "Łucja Żółć-Brzęczyszczykiewicz",
        "Zoë O’Brien Jr.",
        "Ольга Ивановна",
        "Ελένη Παπαδοπούλου",
        "Ọláwálé Adébáyọ̀",
        "A" * 120,
    ],
)
def test_a_long_name_is_printed_in_full_on_the_certificate(jordan, signed_in, clock_at, name):
    jordan.name = name
    jordan.save()
    clock_at("2027-03-01")
    words = pdf_of(signed_in(jordan))
    start, end = words.index("This certifies that"), words.index("Certified Personal Trainer")
    assert "".join(words[start + 1 : end]).replace(" ", "") == name.replace(" ", "")


def test_an_early_renewal_gives_a_certificate_of_the_next_cycle_and_keeps_that_of_the_running_one(
    ready, stranger, signed_in, clock_at
):
    scenes.renew(ready, "2027-03-02")
    clock_at("2027-03-02")
    browser = signed_in(ready)
    assert days_in(pdf_of(browser)) == ("March 15, 2027", "March 14, 2029", "March 2, 2027")
    page = browser.get("/certificate/")
    assert "It counts from March 15, 2027 . For the days before, show the one that runs now ." in text_of(
        page
    )
    running = ready.credentials.get().cycles.get(starts_on=date(2025, 3, 15))
    path = f"/certificate/{running.pk}/"
    assert f'<a href="{path}">the one that runs now</a>' in page.content.decode()
    assert f'href="{path}"' in browser.get("/renew/").content.decode()
    told = text_of(browser.get(path))
    assert "is certified from March 15, 2025 through March 14, 2027 ." in told
    paper = browser.get(f"/certificate/{running.pk}.pdf")
    assert days_in(words_of(paper.content)) == ("March 15, 2025", "March 14, 2027", "March 15, 2025")
    assert "through-2027-03-14" in paper["Content-Disposition"]
    for other in (path, f"/certificate/{running.pk}.pdf", "/certificate/999999999999999999999/"):
        assert signed_in(stranger).get(other).status_code == 404


def test_from_the_first_day_of_the_next_cycle_its_certificate_is_the_running_one(ready, signed_in, clock_at):
    scenes.renew(ready, "2027-03-02")
    clock_at("2027-03-15")
    browser = signed_in(ready)
    assert days_in(pdf_of(browser)) == ("March 15, 2027", "March 14, 2029", "March 2, 2027")
    assert "the one that runs now" not in text_of(browser.get("/certificate/"))


def test_no_earlier_certificate_of_a_suspended_certification_is_shown(jordan, signed_in, clock_at):
    Credential.objects.update(state="suspended", state_on=date(2027, 3, 1))
    clock_at("2027-03-02")
    cycle = jordan.credentials.get().cycles.get()
    assert signed_in(jordan).get(f"/certificate/{cycle.pk}/").status_code == 404


def test_there_is_no_certificate_on_the_day_after_expiration(jordan, signed_in, clock_at):
    clock_at("2027-03-15")
    browser = signed_in(jordan)
    page = browser.get("/certificate/")
    assert heading_of(page) == "You have no certificate now"
    assert "Your certification expired on March 14, 2027." in text_of(page)
    paper = browser.get("/certificate.pdf")
    assert (paper.status_code, heading_of(paper)) == (404, "You have no certificate now")


def test_a_suspended_trainer_has_no_certificate(jordan, signed_in, clock_at):
    Credential.objects.update(state="suspended", state_on=date(2027, 3, 1))
    clock_at("2027-03-02")
    told = text_of(signed_in(jordan).get("/certificate/"))
    assert "Your certification has been suspended since March 1, 2027." in told


def test_the_certificate_page_says_why_there_is_none_while_a_renewal_is_in_review_after_expiration(
    ready, signed_in, clock_at
):
    application = scenes.submit(ready, "2027-03-14")
    application.cycle.claimed_records.filter(category="education").update(state="rejected")
    scenes.pay(application, "2027-03-14")
    clock_at("2027-03-15")
    told = text_of(signed_in(ready).get("/certificate/"))
    assert "You stay certified while we check your renewal" in told


def test_each_trainer_can_open_only_their_own_certificate(jordan, stranger, signed_in, clock_at, client):
    clock_at("2027-03-01")
    assert "Jordan Rivera" not in " ".join(pdf_of(signed_in(stranger)))
    assert client.get("/certificate.pdf").status_code == 302
    assert signed_in(factories.TrainerFactory()).get("/certificate/").status_code == 403


def test_a_certificate_names_its_issuer_and_who_signs_it(jordan, lead, signed_in, clock_at):
    moment = clock_at("2027-03-14")
    signs = {"signer_name": "Lena Whitfield", "signer_title": "Director", "signature": good.png()}
    save_organisation({"name": "Meridian Institute of Training", **signs}, by=lead, at=moment)
    browser = signed_in(jordan)
    words = pdf_of(browser)
    assert words[:2] == ["Meridian Institute of Training", "This certifies that"]
    at = words.index("Lena Whitfield")
    assert words[at : at + 2] == ["Lena Whitfield", "Director"]
    assert (
        "".join(words[words.index("Issued") + 2 :])
        == "MERIDIAN INSTITUTE OF TRAINING · CERTIFIED PERSONAL TRAINER · "
    )
    assert pages_of(browser.get("/certificate.pdf").content) == [(792.0, 612.0)]
    told = text_of(browser.get("/certificate/"))
    assert "Meridian Institute of Training This certifies that Jordan Rivera" in told
    assert "Lena Whitfield Director" in told
