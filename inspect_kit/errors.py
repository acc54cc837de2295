"""The one family of errors that a user meets.

Each message is one sentence or two for an inspector: what is wrong, where, and what to do. The command
line prints it on stderr and exits with ``exit_code``; the screens show it and keep the typed text.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ends."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    NOT_VERIFIED = 3
    INTERRUPTED = 130


class InspectKitError(Exception):
    """Something an inspector can understand and mend."""

    exit_code = ExitCode.REFUSED


class BadInputError(InspectKitError):
    """What was typed or given in a file cannot be taken as it is."""


class UnknownError(InspectKitError):
    """A visit, item, facility, clause or sample that does not exist here."""


class CasebookError(InspectKitError):
    """The casebook's file cannot be opened, read or written."""


class PassphraseError(CasebookError):
    """The casebook or identity needs a passphrase, or the one given is wrong."""


class IdentityError(InspectKitError):
    """An identity's key or certificate cannot be read, made or used."""


class ReportError(InspectKitError):
    """A report cannot be written, signed or read."""
