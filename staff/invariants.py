"""Checks of the roles of staff for `verify_invariants`."""

from core.invariants import Check
from staff.roles import wrong_groups

CHECKS = [Check(16, "Each role may do exactly what it should", wrong_groups)]
