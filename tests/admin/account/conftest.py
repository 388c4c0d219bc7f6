"""As for signing in."""

from tests.admin.signin.conftest import clock, fast

__all__ = ["clock", "fast"]
