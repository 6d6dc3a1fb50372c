"""A real nginx with the lines of docs/deploy.md in front of what listens on a port."""

import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.processes import PATIENCE
from tests.postoffice import free_port, is_open
from tests.throwaway import ROOT

LINES = re.findall(r"```nginx\n(.*?)```", (ROOT / "docs" / "deploy.md").read_text(), re.DOTALL)[0]
PAGES, FRONT = "/srv/portal/deploy/front", str(ROOT / "deploy/front")
NGINX = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 8192; }}
http {{
    types {{ text/html html; text/css css; }}
    access_log {folder}/access.log;
    proxy_read_timeout 600s;  # whether a request is lost, not how fast this machine is
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{front}; {lines} }}
}}
"""


@contextmanager
def front_of(port: int, folder: Path) -> Iterator[int]:
    """The port on which nginx listens, until the end of the block."""
    front = free_port()
    lines = LINES.replace("127.0.0.1:8000", f"127.0.0.1:{port}").replace(PAGES, FRONT)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, front=front, lines=lines))
    command = ["nginx", "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")]
    nginx = subprocess.Popen(command)
    try:
        deadline = time.monotonic() + PATIENCE
        while not is_open(front):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        yield front
    finally:
        nginx.terminate()
        nginx.wait(20)
