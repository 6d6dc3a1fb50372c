"""The settings that gunicorn reads in this folder before it starts a worker. When a setting is
refused, gunicorn ends with that sentence alone. During a reload (HUP) the old workers go on working
until those of the new code are ready to answer.
"""

import logging
import os
import signal
import sys
from contextlib import suppress

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


def on_reload(server):
    """Allow twice as many workers during a reload: otherwise gunicorn would end the old workers at once."""
    server.last_of_before = server.worker_age
    server.num_workers = 2 * server.cfg.workers


def pre_fork(server, worker):
    """Let a worker of the new code replace the oldest old worker that no other worker replaces yet."""
    worker.replaces = None
    if server.num_workers > server.cfg.workers:
        taken = {other.replaces for other in server.WORKERS.values()}
        before = sorted(
            (other.age, pid) for pid, other in server.WORKERS.items() if _is_of_before(server, other)
        )
        worker.replaces = next((pid for _, pid in before if pid not in taken), None)


def post_worker_init(worker):
    """Let the worker that this one replaces finish what it has, and end."""
    if worker.replaces:
        with suppress(ProcessLookupError):
            os.kill(worker.replaces, signal.SIGTERM)


def child_exit(server, worker):
    """Keep the counts of a worker that has ended, and have one fewer once it was replaced."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)
    if _is_of_before(server, worker) and server.num_workers > server.cfg.workers:
        server.num_workers -= 1


def worker_abort(worker):
    """End a worker that needed too long without the bare page that gunicorn would send: the web server in front has a
    kind one.
    """
    logging.getLogger("portal").error("a request took too long, and its worker was ended")
    os._exit(1)


def _is_of_before(server, worker):
    return worker.age <= getattr(server, "last_of_before", 0)
