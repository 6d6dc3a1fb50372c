"""The portal's DID document."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from badges.identity import did_document
from core.access import public

FOR_AN_HOUR = "public, max-age=3600"
EVERY_SITE = {"Access-Control-Allow-Origin": "*"}  # verifiers run in browsers, on other sites


@public
@require_safe
def did_page(request: HttpRequest) -> JsonResponse:
    """Send the document that did:web resolves to."""
    return JsonResponse(did_document(), headers={"Cache-Control": FOR_AN_HOUR, **EVERY_SITE})
