"""What a command works with: the casebook, the passphrase and the person, from the shared options."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from inspect_kit.cli.lazy import shared_option
from inspect_kit.cli.printing import note
from inspect_kit.errors import BadInputError, CasebookError, PassphraseError
from inspect_kit.language import _

if TYPE_CHECKING:
    from inspect_kit.casebook import Casebook
    from inspect_kit.identity import Identity

Result = TypeVar("Result")
Choice = TypeVar("Choice", bound=StrEnum)

_TRIES = 3
_TEXT_LIMIT = 1_048_576


@dataclass(frozen=True)
class Session:
    """The shared options of a command.

    Attributes:
        casebook: the casebook that was named, or None.
        passphrase_file: the file that holds the passphrase, or None.
        identity: the identity that was named, or None.
        identity_passphrase_file: the file that holds the identity's own passphrase, or its token's PIN, or None.
    """

    casebook: Path | None = None
    passphrase_file: Path | None = None
    identity: Path | None = None
    identity_passphrase_file: Path | None = None

    @classmethod
    def of(cls, context: click.Context | None = None) -> "Session":
        """Read the options, wherever on the command line they stood.

        Args:
            context: of the command that runs; None means the current one.
        """
        context = context or click.get_current_context()
        names = ("casebook", "passphrase_file", "identity", "identity_passphrase_file")
        return cls(*(shared_option(context, name) for name in names))

    def casebook_path(self) -> Path:
        """Where the casebook lies, named or by default."""
        from inspect_kit.work.desk import default_casebook

        return self.casebook or default_casebook()

    def identity_path(self) -> Path:
        """Where the identity lies, named or by default."""
        from inspect_kit.work.desk import default_identity

        return self.identity or default_identity()

    def passphrase(self) -> str | None:
        """The passphrase from its file; None where no file was named."""
        from inspect_kit.work.desk import read_passphrase

        return read_passphrase(self.passphrase_file) if self.passphrase_file else None

    def key_passphrase(self, casebooks: str | None = None) -> str | None:
        """The passphrase to try on the identity, or its token's PIN, as far as it is known without asking.

        Args:
            casebooks: what opened the casebook; None takes that of the passphrase file. It is never tried on a token,
                which locks itself after a few wrong ones.
        """
        from inspect_kit.identity import on_token
        from inspect_kit.work.desk import read_passphrase

        if self.identity_passphrase_file:
            return read_passphrase(self.identity_passphrase_file)
        if on_token(self.identity_path()):
            return None
        return casebooks if casebooks is not None else self.passphrase()

    def new_passphrase(self, what: str, *, without: bool) -> str | None:
        """Take the passphrase for something new: from its file, or typed twice.

        Args:
            what: what it protects, such as ``the casebook``.
            without: whether the person wants none.

        Raises:
            PassphraseError: when there is nobody to ask.
            click.UsageError: when a passphrase is both given and refused.
        """
        if without and self.passphrase_file:
            raise click.UsageError(_("--no-passphrase and --passphrase-file exclude each other: give one of them."))
        if without or self.passphrase_file:
            return self.passphrase()
        if not can_ask():
            raise PassphraseError(
                _(
                    "A passphrase is needed for {what}, and there is no terminal to ask on:"
                    " give --passphrase-file, or --no-passphrase.",
                    what=what,
                )
            )
        typed: str = click.prompt(
            _("Passphrase for {what}", what=what), hide_input=True, confirmation_prompt=_("The same again"), err=True
        )
        return typed

    @contextmanager
    def reading(self) -> "Iterator[Casebook]":
        """Open the casebook to look something up in it."""
        casebook, _passphrase = self.opened()
        with casebook:
            yield casebook

    @contextmanager
    def recording(self) -> "Iterator[Casebook]":
        """Open the casebook and name the author of what is recorded; her identity is made at first use."""
        from inspect_kit.work.desk import sign_in

        casebook, passphrase = self.opened()
        with casebook:
            first = not self.identity_path().exists()
            remark = self.with_key(lambda given: sign_in(casebook, self.identity, given), passphrase)
            if remark:
                note(remark)
            if first:
                note(
                    _(
                        "This is your first record here, so an identity was made for you: {path}."
                        " “identity show” tells its name; “identity create” makes one with another name.",
                        path=self.identity_path(),
                    )
                )
            yield casebook

    def with_key(self, use: Callable[[str | None], Result], passphrase: str | None = None) -> Result:
        """Do something with the identity that may need its passphrase, or its token's PIN.

        The casebook's passphrase is tried first, because most people have one for both; only then is she asked.

        Args:
            use: is given the passphrase, or None while none is known.
            passphrase: what opened the casebook; None takes that of the passphrase file.

        Raises:
            PassphraseError: when it is missing and nobody can be asked, or wrong.
        """
        from inspect_kit.identity import on_token

        path = self.identity_path()
        try:
            return use(self.key_passphrase(passphrase))
        except PassphraseError:
            if self.identity_passphrase_file or not can_ask():
                raise
        if on_token(path):  # asked once, because a token locks itself after a few wrong ones
            return use(_typed(_("PIN of the token ({path})", path=path)))
        return self._ask(use, _("the identity {path}", path=path))[0]

    def own_key(self, passphrase: str | None) -> "Identity | None":
        """The user's identity, for seals; None where she has none yet, or it is locked, which she is told.

        Args:
            passphrase: what opened the casebook.
        """
        from inspect_kit.identity import load

        path = self.identity_path()
        if not self.identity and not path.exists():
            return None
        try:
            return self.with_key(lambda given: load(path, given), passphrase)
        except PassphraseError:
            note(_("Your key is locked, so what you recorded is not sealed: give --identity-passphrase-file."))
            return None

    def with_pin(self, use: Callable[[str | None], Result], label: str) -> Result:
        """Do something with a token that no identity's file names yet.

        Args:
            use: is given the PIN, or None where nobody can be asked.
            label: the token's.
        """
        if self.identity_passphrase_file or not can_ask():
            return use(self.key_passphrase(""))
        return use(_typed(_("PIN of the token {label}", label=label)))

    def unlocked(
        self, use: Callable[[str | None], Result], what: str, passphrase: str | None = None
    ) -> tuple[Result, str | None]:
        """Do something that may need a passphrase; ask for it on a terminal where it does.

        Args:
            use: is given the passphrase, or None while none is known.
            what: what it opens, for the question.
            passphrase: the one to try first; None takes that of the passphrase file.

        Returns:
            What ``use`` returned, and the passphrase that opened it.

        Raises:
            PassphraseError: when it is missing and nobody can be asked, or wrong.
        """
        given = passphrase if passphrase is not None else self.passphrase()
        try:
            return use(given), given
        except PassphraseError:
            if self.passphrase_file or not can_ask():
                raise
        return self._ask(use, what)

    def _ask(self, use: Callable[[str | None], Result], what: str) -> tuple[Result, str | None]:
        for attempt in range(1, _TRIES + 1):
            typed = _typed(_("Passphrase for {what}", what=what))
            try:
                return use(typed), typed
            except PassphraseError as problem:
                if attempt == _TRIES:
                    raise
                note(str(problem))
        raise AssertionError("the last try returns or raises")  # pragma: no cover

    def asked(self, use: Callable[[str | None], Result], what: str) -> Result:
        """Do something with a passphrase that only the person at the terminal knows.

        Args:
            use: is given the passphrase.
            what: what it opens, for the question.

        Raises:
            PassphraseError: when nobody can be asked, or it is wrong.
        """
        if not can_ask():
            return use(None)
        return self._ask(use, what)[0]

    def opened(self) -> "tuple[Casebook, str | None]":
        """Open the casebook; the caller closes it.

        Returns:
            The casebook, and the passphrase that opened it.
        """
        from inspect_kit.casebook import Casebook

        path = self.casebook_path()
        if self.casebook is None and not path.exists():
            raise CasebookError(
                _(
                    "There is no casebook yet ({path}): make it with “inspect-kit casebook create”,"
                    " or name yours with --casebook.",
                    path=path,
                )
            )
        casebook, passphrase = self.unlocked(
            lambda given: Casebook.open(path, given), _("the casebook {path}", path=path)
        )
        if casebook.torn:
            note(casebook.torn_remark)
        return casebook, passphrase


def _typed(question: str) -> str:
    typed: str = click.prompt(question, hide_input=True, err=True)
    return typed


def confirmed(question: str, otherwise: str, *, yes: bool) -> bool:
    """Have the person confirm something on a terminal.

    Args:
        question: to be answered with yes or no.
        otherwise: what to say where there is nobody to ask.
        yes: whether she has confirmed already (``--yes``).

    Raises:
        BadInputError: when there is no terminal, and she has not.
    """
    if yes:
        return True
    if not can_ask():
        raise BadInputError(otherwise)
    return click.confirm(question, err=True)


def can_ask() -> bool:
    """Whether a person sits at a terminal, to be asked something."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def read_text(path: Path, what: str) -> str:
    """Read a text file that a user named.

    Args:
        path: the file.
        what: its role, as the start of a sentence.

    Raises:
        BadInputError: when it is missing, unreadable, too large or no text.
    """
    from inspect_kit.files import read_bytes

    try:
        return read_bytes(path, what, _TEXT_LIMIT).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInputError(
            _("{what} {path} is no text (UTF-8): save it as a text file.", what=what, path=path)
        ) from None


def choose(kind: type[Choice], text: str, what: str) -> Choice:
    """Take one of a few words; people may write them with spaces or capitals.

    Args:
        kind: the words.
        text: as typed.
        what: what is chosen, such as ``assessment``.

    Raises:
        BadInputError: naming the words there are.
    """
    wanted = "-".join(text.lower().replace("_", " ").replace("-", " ").split())
    try:
        return kind(wanted)
    except ValueError:
        raise BadInputError(
            # Translators: what is a noun without an article, such as assessment, priority, role
            _("“{word}” is no {what}: choose from {words}.", word=text[:40], what=what, words=", ".join(kind))
        ) from None


def words(kind: type[StrEnum]) -> str:
    """The words to choose from, as an option's help shows them: ``met|partly-met|…``."""
    return "|".join(kind)


def completer(kind: type[StrEnum]) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Let the shell complete one of a few words."""

    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001 (click's signature)
        return [word for word in kind if word.startswith(incomplete)]

    return complete


def visit_argument(function: Callable[..., Result]) -> Callable[..., Result]:
    """The argument that names a visit, the same in every command."""
    text = "A visit's id, or its last letters (at least 4) where no other ends alike."
    return click.argument("visit", metavar="VISIT", help=text)(function)


def edition_option(function: Callable[..., Result]) -> Callable[..., Result]:
    """The option that names an edition, the same in every command."""
    from inspect_kit.model import Edition

    return click.option(
        "--edition",
        required=True,
        metavar=words(Edition),
        shell_complete=completer(Edition),
        help="Who will read it: the team, the authority, or everybody.",
    )(function)


def item_argument(function: Callable[..., Result]) -> Callable[..., Result]:
    """The argument that names an item of the visit's checklist."""
    return click.argument("item", metavar="ITEM", help="An item's id, such as hygiene.showers.")(function)
