"""The factual-accuracy round: the table that goes to the authority, and what comes back with it."""

from dataclasses import dataclass
from pathlib import Path

from inspect_kit.casebook import Casebook
from inspect_kit.errors import UnknownError
from inspect_kit.export.report.comments import read_comment_table, reported, write_comment_table
from inspect_kit.language import _
from inspect_kit.model import Comment, Response


@dataclass(frozen=True)
class Came:
    """What came of a table.

    Attributes:
        new: comments that were not known, in the order of the table.
        known: how many were known already.
        refused: for each row that was not taken, a sentence that names it and says why.
    """

    new: tuple[Comment, ...]
    known: int
    refused: tuple[str, ...]


def make_comment_table(casebook: Casebook, visit: str, report: Path, out: Path) -> None:
    """Write the table for comments on a signed report: its very words, whatever was recorded since.

    Args:
        casebook: the open casebook.
        visit: the visit's id.
        report: the signed authority edition.
        out: the XLSX file to write, whole or not at all.

    Raises:
        InspectKitError: when the visit is not known, the report is not that, or the file cannot be written.
    """
    said, digest = reported(report, casebook.visit(visit).id)
    write_comment_table(said, out, digest)


def take_comment_table(casebook: Casebook, visit: str, table: Path, *, dry_run: bool = False) -> Came:
    """Take in a table that came back from the authority; what is here already is not taken twice.

    Args:
        casebook: the open casebook.
        visit: the visit's id.
        table: the file, of any origin.
        dry_run: only tell what would come of it.

    Raises:
        InspectKitError: when the visit is not known, or the table cannot be read.
    """
    read = read_comment_table(table, casebook.visit(visit))
    known = {one.comment for one in casebook.responses(visit)}
    comments = tuple(dict.fromkeys(read.comments))
    new = tuple(one for one in comments if one not in known)
    if new and not dry_run:
        casebook.take_comments(visit, new)
    return Came(new, len(comments) - len(new), read.refused)


def find_comment(casebook: Casebook, visit: str, asked: str) -> Response:
    """One comment of the authority.

    Args:
        casebook: the open casebook.
        visit: the visit's id.
        asked: its id, or the end of it (4 letters or more).

    Raises:
        UnknownError: when none, or more than one, is meant.
    """
    asked = asked.strip().upper()
    found = [one for one in casebook.responses(visit) if len(asked) >= 4 and one.id.endswith(asked)]
    if len(found) != 1:
        raise UnknownError(
            _(
                "“{id}” means {count} of the comments on this visit: “comments list” shows them with their ids.",
                id=asked[:40],
                count=len(found),
            )
        )
    return found[0]
