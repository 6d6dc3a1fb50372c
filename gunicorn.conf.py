"""What gunicorn reads in this folder before it starts a worker: refused settings end it with their sentence alone."""

import os
import sys

from recert.start_up import refusal_to_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recert.settings")
if refusal := refusal_to_start():
    sys.exit(refusal)
logger_class = "recert.gunicorn_log.PortalLog"
