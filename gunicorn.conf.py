"""The settings that gunicorn reads in this folder before it starts a worker. When a setting is
refused, gunicorn ends with that sentence alone. During a reload (HUP) the old workers go on working
until those of the new code are ready to answer.
"""

import gc
import json
import logging
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from recert.gunicorn_log import PortalLog

# Asked in a process of its own: workers are forked from this one, and after a reload they would find in it the settings
# and the modules of the code before.
_asked = subprocess.run(  # noqa: S603 - our own interpreter and module
    [sys.executable, "-m", "recert.start_up", str(os.getpid())],
    cwd=Path(__file__).parent,
    stdout=subprocess.PIPE,
    text=True,
)
if _asked.returncode:
    sys.exit(_asked.stdout.strip() or "Refusing to start: the settings cannot be read.")
_said = json.loads(_asked.stdout)
logger_class = PortalLog
PortalLog.is_json = _said["log_format"] == "json"

# Where the workers of this gunicorn count requests together. It must be named before a worker loads the portal.
_counts = Path(_said["counts"])
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


def post_fork(server, worker):
    """After a reload, forget what gunicorn has loaded of ours, so that a worker of the new code reads that code alone.
    This file of an earlier version loaded the settings, and Django with them: a reload from there forgets these too.
    """
    if not hasattr(server, "last_of_before"):
        return
    ours = {path.parent.name for path in Path(__file__).parent.glob("*/__init__.py")}
    for name in list(sys.modules):
        if name.partition(".")[0] in {*ours, "django"}:
            del sys.modules[name]


def post_worker_init(worker):
    """Leave what was loaded out of the search for garbage, which takes a tenth of a page's time otherwise, and search
    less often. Then let the worker that this one replaces finish what it has, and end.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
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
    kind one. It is counted as the 503 that the web server answers then, under the route that took so long.
    """
    is_logged = False
    with suppress(Exception):  # a worker that could not load the portal ends as well
        from recert.logs import write_ended

        write_ended(seconds=worker.timeout)
        is_logged = True
    if not is_logged:
        logging.getLogger("portal").error("a request took too long, and its worker was ended")
    os._exit(1)


def _is_of_before(server, worker):
    return worker.age <= getattr(server, "last_of_before", 0)
