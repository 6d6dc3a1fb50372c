"""Uploaded files, as staff see them."""

from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from documents.models import Document
from staff.lists import ReadOnlyAdmin


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin[Document]):
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
        "sent_type",
        "sent_size",
        "sent_sha256",
        "its_pages",
    )

    @admin.display(description="size")
    def file_size(self, document: Document) -> str:
        return filesizeformat(document.size)

    @admin.display(description="file")
    def file(self, document: Document) -> SafeString:
        return render_to_string("documents/file.html", {"document": document})

    @admin.display(description="pages")
    def its_pages(self, document: Document) -> SafeString:
        """Return the pages as pictures. That staff looked at them is recorded in the owner's
        history.
        """
        return render_to_string("documents/pages.html", {"document": document})
