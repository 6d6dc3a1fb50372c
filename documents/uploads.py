"""How uploads are received: no more of a file is kept than its cap, and a body that is far too
large is not read (F12).
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render

from core.links import API

MAX_BYTES = 25 * 1024 * 1024
ABSURD_BODY = 4 * MAX_BYTES + 1024 * 1024  # as many files as one form may have, and its text
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class CappedUploadHandler(FileUploadHandler):
    """An upload handler that keeps a file in memory up to the cap. Of a larger file it keeps only
    the size, which the form reports at the field.
    """

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= MAX_BYTES:
            self.kept.write(raw_data)
        else:
            self.kept = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


class BodyCap:
    """A middleware that answers 413 to a body that is too large for any form, before reading it,
    and to a form with too much text.

    It parses the form itself, because Django would later answer a long paste with a bare 400 and an
    alert.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _declared_length(request) > ABSURD_BODY:
            return render(request, "413.html", status=413)
        try:
            if request.content_type in FORMS and not request.path.startswith(API):
                request.POST  # noqa: B018 - to have it read
        except RequestDataTooBig:
            return render(request, "413.html", {"of_text": True}, status=413)
        except UnreadablePostError:
            pass  # they are gone; nobody reads the answer
        return self.get_response(request)


def _declared_length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
