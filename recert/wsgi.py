"""The WSGI entry point that gunicorn serves. Every route and view is loaded before the first request: a worker says that
it is ready when it is, and one of the version before has all its code while a new one is put in its place.
"""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recert.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 (the first look at them reads them all)
