"""A page with a form for one file, a browser that posts it, and what is in storage afterwards."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

BOUNDARY = "edge"
PAGE = """<!doctype html><title>Send</title><h1>Send</h1><form method="post" enctype="multipart/form-data">
{% for field in form %}{% include "includes/field.html" %}{% endfor %}</form>"""


class Sender:
    """Jordan's browser, on the page with the form."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def __call__(self, name: str, content: bytes, title: str = "Nutrition", **fields):
        file = SimpleUploadedFile(name, content)
        return self.client.post("/send/", {"title": title, "certificate": file, **fields})

    def exactly(self, name: str, content: bytes, **headers: str):
        """The file under a name that no browser and no test client would let pass."""
        head = f'Content-Disposition: form-data; name="certificate"; filename="{name}"\r\nContent-Type: text/html'
        title = 'Content-Disposition: form-data; name="title"\r\n\r\nNutrition'
        start = f"--{BOUNDARY}\r\n{title}\r\n--{BOUNDARY}\r\n{head}\r\n\r\n".encode("utf-8", "surrogatepass")
        body = start + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self.client.generic(
            "POST", "/send/", body, f"multipart/form-data; boundary={BOUNDARY}", **headers
        )


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def claims_in(folder: Path) -> set[str]:
    """The documents in storage, each by what its files begin with."""
    return {path.name.partition(".")[0] for path in files_in(folder)}
