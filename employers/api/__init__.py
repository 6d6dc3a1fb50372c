"""The operations of the API for employers' programs (docs/employers.md)."""

from employers.api.routes import router

__all__ = ["router"]
