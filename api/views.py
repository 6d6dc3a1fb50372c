"""The page that describes the API, made from its schema, without scripts of others."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from api.frame import portal_api
from core.access import public


@public
@require_safe
def api_docs_page(request: HttpRequest) -> HttpResponse:
    """Show every operation with what it takes and answers."""
    schema: dict[str, Any] = portal_api.get_openapi_schema(path_prefix="/api/v1/")
    operations = [
        {
            "method": method.upper(),
            "path": path,
            "summary": told.get("summary", ""),
            "about": told.get("description", ""),
            "who": ", ".join(told.get("tags", ())),
            "parameters": told.get("parameters", []),
            "answers": sorted(map(str, told["responses"])),
        }
        for path, methods in schema["paths"].items()
        for method, told in methods.items()
    ]
    words = {"operations": operations, "schemas": schema["components"]["schemas"].items()}
    return render(request, "api/docs.html", words)
