"""The lookup `begins`: rows whose text begins with a given text, found through an index in both databases."""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

LAST = "\U0010ffff"


@models.CharField.register_lookup
class PrefixLookup(models.Lookup):
    """The lookup `column__begins="okaf"`, exact in case and accents.

    PostgreSQL answers it from an index with a pattern class, which every unique text column has.
    SQLite uses no index for LIKE with ESCAPE, but does for a range.
    """

    lookup_name = "begins"
    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        column, params = self.process_lhs(compiler, connection)
        escaped = str(self.rhs).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"{column} LIKE %s", (*params, f"{escaped}%")

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"({column} >= %s AND {column} < %s)", (*params, self.rhs, *params, f"{self.rhs}{LAST}")
