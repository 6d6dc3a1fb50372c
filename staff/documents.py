"""Uploaded files, as staff see them."""

from http import HTTPStatus

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from documents.models import Document
from documents.views import download
from staff.lists import ReadOnlyAdmin


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    person = "owner"
    search_help_text = "The owner's name, email address or certification number"
    list_display = ("original_name", "who", "media_type", "file_size", "uploaded_at")
    list_filter = ("media_type",)
    list_select_related = ("owner",)
    fields = (
        "original_name",
        "file",
        "owner",
        "media_type",
        "file_size",
        "uploaded_at",
        "uploaded_by",
        "sha256",
        "sent_sha256",
    )

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page("picture", self.picture, "documents.view_document"),
            *super().get_urls(),
        ]

    def picture(self, request: HttpRequest, document: Document) -> HttpResponseBase:
        """Answer with an image for a review page, logged like a download. PDFs are only downloaded."""
        if not document.media_type.startswith("image/"):
            raise Http404
        response = download(request, document.pk)
        if response.status_code == HTTPStatus.OK:
            response["Content-Disposition"] = "inline"
        return response

    @admin.display(description="size")
    def file_size(self, document: Document) -> str:
        return filesizeformat(document.size)

    @admin.display(description="file")
    def file(self, document: Document) -> SafeString:
        url = reverse("documents:download", args=[document.pk])
        return format_html('<a href="{}">Download it</a> (your view is written into the history)', url)
