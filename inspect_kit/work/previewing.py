"""What an edition will hold, told as text before it is written."""

from collections.abc import Iterator

from inspect_kit.analysis import disclose
from inspect_kit.language import _, ngettext
from inspect_kit.model import Edition, VisitRecord


def preview(visit: VisitRecord, edition: Edition) -> Iterator[tuple[str, list[str]]]:
    """Tell an edition's parts in the order of its pages.

    Args:
        visit: the whole record; what the edition's readers may not see is counted and not shown.
        edition: the readership.

    Yields:
        A heading, and the lines below it.
    """
    disclosed = disclose(visit, edition)
    shown = disclosed.visit
    plan, items = shown.plan, {item.id: item for item in shown.checklist.items}
    account = shown.account
    yield (
        _("Cover, signatures, at a glance"),
        [
            f"{plan.facility.name}, {plan.starts} – {plan.ends}",
            ", ".join(member.name for member in shown.team.members),
            account.overview or _("no overview is written yet"),
        ],
    )
    for theme in dict.fromkeys(item.theme for item in shown.checklist.items):
        lines = []
        for id_, item in items.items():
            finding = shown.findings.get(id_)
            if item.theme != theme or finding is None or (finding.assessment is None and not finding.narrative):
                continue
            level = finding.assessment.label if finding.assessment else _("not judged yet")
            sources = ngettext("{count} source", "{count} sources", len(finding.evidence))
            held = disclosed.withheld.get(id_, 0)
            kept = ngettext("{count} held back", "{count} held back", held) if held else ""
            lines.append(f"{item.number} {item.short}: " + ", ".join(filter(None, (level, sources, kept))))
            if finding.narrative:
                lines.append(f"   {finding.narrative}")
        if lines:
            yield _("Findings: {theme}", theme=shown.checklist.title(theme)), lines
    yield _("Good practice"), [account.good_practice or _("none is written")]
    wanted = [f"{one.number}. {one.addressee}: {one.text}" for one in shown.recommendations]
    yield _("Recommendations"), wanted or [_("none")]
    yield _("Method, team and limits"), [account.limits or _("no limits are written")]
    annexes = [_("what was judged of each clause"), _("what was not verified, and why"), _("glossary")]
    if edition is Edition.INTERNAL:
        annexes.append(_("the do-no-harm check and its answers"))
    annexes.append(_("integrity: seals, authors, data"))
    yield _("Annexes"), annexes
