"""Makes a policy from the few lines of a file in which a test is interested."""

import tempfile
from functools import cache
from pathlib import Path

from rules.policy.load import load_policy_file
from rules.policy.model import Policy

HEAD = 'format = 1\nbased_on = "ordinary"\ncode = "made"\ntitle = "Made"\n'
PLAIN = (
    'in_force_from = 2000-01-01\ntotal = { value = "20" }\nfees = [{ code = "renewal", amount = "100.00" }]\n'
)


@cache
def made(version: str = "", head: str = "", plain: str = PLAIN) -> Policy:
    """The policy of a short file: `version` states what is different from 20 credits at 100 dollars."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.toml"
        path.write_text(f"{HEAD}{head}\n[[versions]]\n{plain}{version}", "utf-8")
        return load_policy_file(path)
