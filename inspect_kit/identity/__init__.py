"""Who an inspector is: one P-256 key and certificate, for recording and for signing."""

from inspect_kit.identity.keys import Identity, create, load, save

__all__ = ["Identity", "create", "load", "save"]
