"""The page that describes the API, made from its schema, without scripts of others."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access import public
from providers.api import api


@public
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show every operation with what it takes and answers."""
    schema: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    operations = [
        {
            "method": method.upper(),
            "path": path,
            "summary": told.get("summary", ""),
            "about": told.get("description", ""),
            "parameters": told.get("parameters", []),
            "answers": sorted(map(str, told["responses"])),
        }
        for path, methods in schema["paths"].items()
        for method, told in methods.items()
    ]
    words = {"operations": operations, "schemas": schema["components"]["schemas"].items()}
    return render(request, "providers/api_docs.html", words)
