"""The API of providers' programs (docs/provider-api.md)."""

from providers.api.routes import api

__all__ = ["api"]
