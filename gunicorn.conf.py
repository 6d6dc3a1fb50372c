"""What gunicorn reads in this folder before it starts a worker: refused settings end it with their sentence alone."""

import os
import sys

from django.conf import settings

from recert.settings_checks import made_folder
from recert.start_up import refusal_to_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recert.settings")
if refusal := refusal_to_start():
    sys.exit(refusal)
logger_class = "recert.gunicorn_log.PortalLog"

# Where the workers of this gunicorn count requests together. It must be named before a worker loads the portal.
_counts = made_folder(settings.VAR_DIR / "metrics" / str(os.getpid()), named_by="PORTAL_VAR")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_counts)


def on_starting(server):
    """Begin to count anew; what an earlier process with this number left is not ours."""
    for path in _counts.iterdir():
        path.unlink()


def child_exit(server, worker):
    """Keep the counts of a worker that has ended."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)
