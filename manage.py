#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from recert.command_line import run_command

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recert.settings")
    sys.exit(run_command(sys.argv))
