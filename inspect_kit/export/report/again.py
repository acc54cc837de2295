"""Set a report's pages again from its data, and compare: do the pages say what the data says?

A signature protects a report against everybody who did not sign it. This tells, besides, whether the PDF that was
signed is what inspect_kit makes of its data, so that nobody can have put other pages before the signers.
"""

from __future__ import annotations

from collections.abc import Mapping

from inspect_kit.errors import InspectKitError
from inspect_kit.export.report.broken import DAMAGED
from inspect_kit.export.report.data import ReportData, programs
from inspect_kit.export.report.signatures import Pages
from inspect_kit.language import _, listed, ngettext, thousands

FEW = 400
"""How many findings are set again without being asked to: that takes some seconds."""
MUCH = 4 * 1_048_576
"""How much data is set again without being asked to, in bytes."""
SAME = _("The pages were set again from the attached data and are the same to the byte.")


def compare(
    unsigned: bytes, data: bytes, report: ReportData, photographs: Mapping[str, bytes], thorough: bool | None
) -> tuple[Pages, str]:
    """Set the pages again.

    Args:
        unsigned: the report as it was before anybody signed.
        data: what is attached to it.
        report: the same, read.
        photographs: those that stand in the PDF, by their SHA-256.
        thorough: True sets any report again, False none, None what takes some seconds at most.

    Returns:
        What came of it, and that in a sentence.
    """
    if thorough is False:
        return Pages.NOT_COMPARED, _("The pages were not set again from the attached data.")
    here = programs()
    others = [_other(name, made, here.get(name)) for name, made in report.made_with.items() if made != here.get(name)]
    if others or report.made_with.keys() != here.keys():
        # Translators: stands for the names of programs: “they were set with other programs”
        programs_named = listed(others) if others else _("other programs")
        return Pages.NOT_COMPARED, _(
            "The pages could not be compared with the attached data: they were set with {programs}. Verify it where the"
            " same versions are installed, or read the two side by side.",
            programs=programs_named[:300],
        )
    if report.fonts:
        return Pages.NOT_COMPARED, _(
            "The pages could not be compared with the attached data: they were set with fonts that are not part of"
            " inspect_kit. Read the two side by side."
        )
    number = len(report.shown.visit.findings)
    if thorough is None and (number > FEW or len(data) > MUCH):
        return Pages.NOT_COMPARED, ngettext(
            "The pages were not compared with the attached data, because that takes long for {number} finding: ask for"
            " it where it matters.",
            "The pages were not compared with the attached data, because that takes long for {number} findings: ask for"
            " it where it matters.",
            number,
            number=thousands(number),
        )
    lacking = [seen for seen in report.pictures.values() if seen and seen not in photographs]
    if lacking:
        return Pages.DIFFER, ngettext(
            "{count} photograph of the attached data is not in the report: pictures were exchanged or taken out before"
            " it was signed.",
            "{count} photographs of the attached data are not in the report: pictures were exchanged or taken out"
            " before it was signed.",
            len(lacking),
        )
    jpegs = {name: photographs.get(seen, b"") for name, seen in report.pictures.items()}
    try:
        from inspect_kit.export.report.write import render

        same = render(data, jpegs) == unsigned
    except (InspectKitError, *DAMAGED):
        return Pages.DIFFER, _(
            "No report can be made of the attached data: it was changed before the report was signed."
        )
    if same:
        return Pages.SAME, SAME
    return Pages.DIFFER, _(
        "The pages do not say what the attached data says: one of them was changed before the report was signed."
    )


def _other(name: str, made: str, here: str | None) -> str:
    """Name a program with the version that set the pages, and the one that is here."""
    if here is None:
        return _("{program} {version} (here none)", program=name, version=made)
    return _("{program} {version} (here {here})", program=name, version=made, here=here)
