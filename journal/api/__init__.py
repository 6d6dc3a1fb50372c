"""The journal's part of the API: the operation by which programs of the certifying body read it."""

from journal.api.routes import router

__all__ = ["router"]
