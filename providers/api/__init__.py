"""The operations of the API for providers' programs (docs/provider-api.md)."""

from providers.api.routes import router

__all__ = ["router"]
