"""A good file is kept with its form when another field fails, for its owner only and for a day."""

import re
from datetime import timedelta

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from documents.forms import EvidenceField, EvidenceForm
from documents.models import Document
from documents.services import store_document
from documents.waiting import WaitingFile
from tests.documents import good

pytestmark = pytest.mark.django_db
KEPT = "File added certificate.pdf, "


class CourseForm(EvidenceForm):
    title = forms.CharField(error_messages={"required": "Write the course's title."})
    certificate = EvidenceField(label="Certificate")


def filled_in(owner, *, title="", file=None, token=None) -> CourseForm:
    data = {"title": title} | ({"certificate-kept": token} if token else {})
    return CourseForm(data, {"certificate": file} if file else {}, owner=owner)


def certificate(content: bytes | None = None, name: str = "certificate.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, good.pdf() if content is None else content)


def words_of(form: CourseForm) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", str(form["certificate"])).split())


def token_in(form: CourseForm) -> str:
    return re.search(r'name="certificate-kept" value="([^"]+)"', str(form["certificate"]))[1]


def kept_token(owner) -> str:
    form = filled_in(owner, file=certificate())
    assert not form.is_valid()
    return token_in(form)


def test_a_form_without_a_file_shows_an_error_that_asks_for_one(jordan):
    form = filled_in(jordan, title="Nutrition")
    assert form.errors == {"certificate": ["Choose a PDF or a photo."]}
    assert "added" not in words_of(form)


def test_a_valid_file_is_kept_when_the_title_is_missing(jordan):
    form = filled_in(jordan, file=certificate())
    assert form.errors == {"title": ["Write the course's title."]}
    assert KEPT in words_of(form)
    assert " required" not in str(form["certificate"])
    assert not Document.objects.exists()


def test_a_kept_file_is_used_without_a_second_upload(jordan, clock_at):
    clock_at("2027-03-02")
    form = filled_in(jordan, title="Nutrition", token=kept_token(jordan))
    assert form.is_valid()
    document = store_document(form.cleaned_data["certificate"], owner=jordan, by=jordan, at=clock.now())
    assert document.original_name == "certificate.pdf"


def test_another_persons_kept_file_cannot_be_attached(jordan, stranger):
    form = filled_in(stranger, title="Nutrition", token=kept_token(jordan))
    assert form.errors == {"certificate": ["We no longer have the file you sent before. Choose it again."]}
    assert "certificate.pdf" not in str(form["certificate"])


@pytest.mark.parametrize("token", ["x", "a:b:c", "\x00", "é" * 50, "\ud800", "x" * 100_000])
def test_a_forged_token_for_a_kept_file_is_refused_with_a_sentence(jordan, token):
    form = filled_in(jordan, title="Nutrition", token=token)
    assert form.errors == {"certificate": ["We no longer have the file you sent before. Choose it again."]}


@pytest.mark.parametrize(("hours", "valid"), [(23, True), (24, True), (25, False)])
def test_a_kept_file_can_be_used_for_a_day(jordan, clock_at, hours, valid):
    sent_at = clock_at("2027-03-02")
    token = kept_token(jordan)
    with clock.moved_to(sent_at + timedelta(hours=hours)):
        assert filled_in(jordan, title="Nutrition", token=token).is_valid() is valid


def test_showing_the_form_again_does_not_extend_how_long_a_file_is_kept(jordan, clock_at):
    sent_at = clock_at("2027-03-02")
    token = kept_token(jordan)
    with clock.moved_to(sent_at + timedelta(hours=20)):
        token = token_in(filled_in(jordan, token=token))
    with clock.moved_to(sent_at + timedelta(hours=30)):
        assert not filled_in(jordan, title="Nutrition", token=token).is_valid()


def test_a_new_file_replaces_the_kept_one(jordan):
    newer = certificate(good.png(), "photo.png")
    form = filled_in(jordan, title="Nutrition", file=newer, token=kept_token(jordan))
    assert form.is_valid()
    waiting = form.cleaned_data["certificate"]
    assert isinstance(waiting, WaitingFile)
    assert waiting.name == "photo.png"


def test_an_invalid_replacement_file_does_not_discard_the_kept_file(jordan):
    form = filled_in(jordan, title="Nutrition", file=certificate(b"%PDF-nonsense"), token=kept_token(jordan))
    assert "damaged" in form.errors["certificate"][0]
    assert KEPT in words_of(form)


def test_an_invalid_file_is_never_kept(jordan):
    form = filled_in(jordan, file=certificate(b"%PDF-nonsense"))
    assert set(form.errors) == {"title", "certificate"}
    assert "added" not in words_of(form)


def test_a_form_with_an_optional_file_is_accepted_without_one(jordan):
    class Form(EvidenceForm):
        certificate = EvidenceField(label="Certificate", required=False)

    form = Form({}, {}, owner=jordan)
    assert form.is_valid()
    assert form.cleaned_data["certificate"] is None


def test_the_name_of_a_kept_file_is_html_escaped(jordan):
    form = filled_in(jordan, file=certificate(name="<b>&.pdf"))
    assert "-b-&amp;.pdf" in str(form["certificate"])
