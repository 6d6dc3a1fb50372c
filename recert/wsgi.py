"""The WSGI entry point that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from gunicorn.errors import AppImportError

from recert.start_up import refusal_to_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recert.settings")
if refusal := refusal_to_start():
    raise AppImportError(refusal)  # which gunicorn prints by itself, and ends
application = get_wsgi_application()
