"""Everything of the audits app on the staff side."""

from audits import admin_cases, admin_draws, desk  # noqa: F401 - each registers its own
