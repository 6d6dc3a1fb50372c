"""Named places in the code at which a test can stop the process. With `PORTAL_FAULT=name:kill` the
process dies at that place; with `name:stop` it freezes there. With `name:kill:3` it passes the
place twice and dies the third time.
"""

import os
import re
import signal
from pathlib import Path

from django.apps import apps
from django.conf import settings

SIGNALS = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP}
_CALL = re.compile(r"^\s+faultpoint\(\"([a-z_.]+)\"\)", re.MULTILINE)


def faultpoint(name: str) -> None:
    """Kill or freeze the process when PORTAL_FAULT names the place `name`. Does nothing in production."""
    asked = os.environ.get("PORTAL_FAULT", "")
    if not asked or settings.PRODUCTION:
        return
    window, action, times = [*asked.split(":"), "1"][:3]
    if window != name:
        return
    if int(times) > 1:
        os.environ["PORTAL_FAULT"] = f"{window}:{action}:{int(times) - 1}"
    else:
        del os.environ["PORTAL_FAULT"]  # once thawed, it passes this window
        os.kill(os.getpid(), SIGNALS[action])


def crash_windows() -> dict[str, Path]:
    """Return, for each name that our code gives to `faultpoint`, the file that contains the call.
    Raises ValueError when two calls use one name.
    """
    found: dict[str, Path] = {}
    for config in apps.get_app_configs():
        folder = Path(config.path)
        if not folder.is_relative_to(settings.BASE_DIR) or ".venv" in folder.parts:
            continue
        for file in sorted(folder.rglob("*.py")):
            for name in _CALL.findall(file.read_text(encoding="utf-8")):
                if name in found:
                    raise ValueError(f"The crash window {name} stands in {found[name]} and in {file}.")
                found[name] = file
    return found
