"""`./portal up`: the whole portal on one machine with nothing else installed, until Ctrl-C."""

import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import environment, running
from tools.processes import MARK, Crew, end_marked
from tools.trouble import Trouble, print_line, timed_step

READY_WITHIN = 60.0  # seconds
HOST = "127.0.0.1"
NAME = "localhost"  # what people open: browsers keep passkeys for a name, not for a number
DATABASE = "portal.sqlite3"
HALF_MADE = "half-made"  # lies in var/ while a new database is being filled


class Stopped(BaseException):
    """SIGTERM or SIGHUP arrived: end in the same way as after Ctrl-C."""


def run_portal(*, port: int, fresh: bool, today: str) -> int:
    """Set up what is missing, run every part and wait. Return 0 after an orderly stop, 1 when a
    part died.
    """
    if os.environ.get("PORTAL_ENV") == "production":
        raise Trouble(
            "up is for one machine and its demo, and PORTAL_ENV says production. See docs/deploy.md."
        )
    if fresh and os.environ.get("DATABASE_URL"):
        raise Trouble(
            "--fresh removes the embedded database, and DATABASE_URL names another. Unset it first."
        )
    _listen()
    try:
        return _run(port, fresh, today)
    except Stopped:
        print_line("Stopped.")
        return 0


def _run(port: int, fresh: bool, today: str) -> int:
    began = time.monotonic()
    var = Path(os.environ.get("PORTAL_VAR") or environment.ROOT / "var").resolve()
    mark = secrets.token_hex(8)
    with running.only_one(var, address=_address(port), mark=mark) as killed_before:
        end_marked(killed_before)
        _need_free(port)
        _need_free(port + 1)
        if fresh:
            _empty(var)
        python = str(environment.ensure_environment("base"))
        env = _environment(var, port, today, mark)
        _prepare(python, env)
        crew = Crew(mark, var / "log", env, environment.ROOT)
        with _stopping(crew):
            _start(crew, python, port)
            if _wait_until_open(crew, port):
                print_line(_welcome(python, env, var, port, time.monotonic() - began))
                _watch(crew)
            return _report_death(crew)
    return 0


def _listen() -> None:
    # A shell script's background job starts with SIGINT ignored: we are to stop all the same. `nohup` keeps its meaning.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _stop)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _stop)


def _stop(number: int, frame: object) -> None:
    raise Stopped


def _address(port: int) -> str:
    return f"http://{NAME}:{port}"


def _need_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise Trouble(
                f"Port {port} needs more rights than you have. Choose one above 1023, like --port 8010."
            ) from None
        except OSError:
            raise Trouble(
                f"Port {port} is taken by another program. Choose other ports, like --port {port + 10}."
            ) from None


def _empty(var: Path) -> None:
    strangers = [entry for entry in var.iterdir() if entry.name != running.LOCK]
    if strangers and var != environment.ROOT / "var" and not (var / DATABASE).exists():
        raise Trouble(f"{var} holds no portal, so --fresh leaves it alone. Choose another PORTAL_VAR.")
    with timed_step(f"Removing what is in {var}"):
        for entry in var.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            elif entry.name != running.LOCK:
                entry.unlink()


def _environment(var: Path, port: int, today: str, mark: str) -> dict[str, str]:
    chosen = {
        MARK: mark,
        "PORTAL_VAR": str(var),
        "PORTAL_URL": _address(port),
        "STRIPE_API_BASE": f"http://{HOST}:{port + 1}",  # the portal asks it too: no name to look up
    }
    if today:
        chosen["PORTAL_TODAY"] = today
    return {**os.environ, "PYTHONUNBUFFERED": "1", **chosen}


def _prepare(python: str, env: dict[str, str]) -> None:
    var = Path(env["PORTAL_VAR"])
    half_made = var / HALF_MADE
    if half_made.exists():
        _empty(var)
    # Only a database that this very run makes may be thrown away when the run is cut short.
    if not (var / DATABASE).exists():
        half_made.touch()
    with timed_step("Preparing the database"):
        _manage(python, env, "migrate", "--verbosity=0")
    with timed_step("Loading the demo, if the database is empty"):
        _manage(python, env, "load_demo", "--if-empty", on_line=lambda line: print_line(f"  {line}"))
    half_made.unlink(missing_ok=True)


def _manage(
    python: str, env: dict[str, str], *arguments: str, on_line: Callable[[str], None] | None = None
) -> str:
    """Run `manage.py` to its end and return its output; `on_line` gets each line as it comes."""
    lines = []
    with subprocess.Popen(
        [python, "manage.py", *arguments],
        cwd=environment.ROOT,
        env={**env, "LOG_LEVEL": "WARNING"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            for line in process.stdout or ():
                lines.append(line.rstrip())
                if on_line:
                    on_line(lines[-1])
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        words = "\n".join(lines[-20:])
        raise Trouble(f"“manage.py {' '.join(arguments)}” failed. Its last words:\n{words}")
    return "\n".join(lines)


def _start(crew: Crew, python: str, port: int) -> None:
    """Start every part, in the order in which they will stop."""
    workers = max(2, min(os.cpu_count() or 2, 8))
    crew.start(
        "web",
        [python, "-m", "gunicorn", "recert.wsgi", f"--bind={HOST}:{port}", f"--workers={workers}"]
        + [
            "--worker-class=sync",
            "--timeout=30",
            "--graceful-timeout=5",
            "--no-control-socket",
            "--access-logfile=-",
        ],
    )
    crew.start(
        "worker",
        [
            python,
            "-m",
            "celery",
            "--app=recert.celery",
            "worker",
            "--beat",
            "--pool=prefork",
            "--concurrency=1",
        ]
        + ["--loglevel=INFO", "--without-gossip", "--without-mingle"],
    )
    crew.start("payments", [python, "manage.py", "payment_stand_in", f"--port={port + 1}"])


@contextmanager
def _stopping(crew: Crew) -> Iterator[None]:
    """End every process of the crew at the end of the block, however it ends."""
    try:
        yield
    except (KeyboardInterrupt, Stopped):
        print_line("\nStopping …")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        began = time.monotonic()
        crew.stop()
        print_line(f"Everything has stopped, in {time.monotonic() - began:.1f} s.")


def _wait_until_open(crew: Crew, port: int) -> bool:
    """Return True once the web server answers; False when a part died or it took too long."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and crew.first_dead() is None:
        if _answers(port):
            return True
        time.sleep(0.2)
    return False


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/livez")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _welcome(python: str, env: dict[str, str], var: Path, port: int, seconds: float) -> str:
    demo = var / "demo.txt"
    parts = [
        f"\nThe portal is open, after {seconds:.0f} s:  {_address(port)}/",
        f"For staff:  {_address(port)}/staff/   Mail it sends:  {var / 'mail'}   Logs:  {var / 'log'}",
    ]
    if env.get("PORTAL_TODAY"):
        parts.append(f"Today is {env['PORTAL_TODAY']} here.")
    if demo.exists():
        parts.append("\n" + demo.read_text().rstrip())
    parts.append(
        "\nStaff's and the provider's one-time codes now (new ones any time: ./portal manage staff_code)"
    )
    parts.append(_manage(python, env, "staff_code"))
    parts.append("\nCtrl-C stops everything.")
    return "\n".join(parts)


def _watch(crew: Crew) -> None:
    while crew.first_dead() is None:
        time.sleep(0.5)


def _report_death(crew: Crew) -> int:
    dead = crew.first_dead()
    if dead is None:
        print_line(
            f"The web server did not answer within {READY_WITHIN:.0f} s. Its log: {crew.logs / 'web.log'}"
        )
        return 1
    print_line(
        f"The {dead.name} process ended by itself (status {dead.process.returncode}). The end of {dead.log}:"
    )
    print_line(dead.last_words())
    return 1
