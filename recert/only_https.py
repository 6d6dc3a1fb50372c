"""What no person asks for by typing an address comes by https or is refused. A redirect would hide that a
key has just crossed the network in clear, and drops the body of a form.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from api.frame import problem_response
from recert.middleware import Handler

REFUSED = "Ask again by https://, with a new key: this one has crossed the network in clear."


class OnlyHttps:
    """A middleware that answers 403 to what a program sends by http:// while SECURE_SSL_REDIRECT is on:
    anything with an Authorization header, and anything that is not read. Pages are redirected.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        read = request.method in ("GET", "HEAD")
        by_program = not read or "Authorization" in request.headers
        if not settings.SECURE_SSL_REDIRECT or request.is_secure() or not by_program or _is_a_probe(request):
            return self.get_response(request)
        return problem_response(request, 403, REFUSED, code="https")


def _is_a_probe(request: HttpRequest) -> bool:
    """Prometheus shows its token, from within the network."""
    return request.path_info in ("/livez", "/readyz", "/metrics")
