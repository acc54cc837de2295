"""``record``, ``evidence`` and ``recommend``: what inspectors do during a visit."""

from collections.abc import Sequence
from pathlib import Path

import click

from inspect_kit.cli.lazy import Verb, VerbGroup
from inspect_kit.cli.printing import note as say
from inspect_kit.cli.printing import show, show_json
from inspect_kit.cli.session import Session, choose, completer, item_argument, visit_argument, words
from inspect_kit.errors import UnknownError
from inspect_kit.language import _, ngettext
from inspect_kit.model import Assessment, Consent, Evidence, EvidenceKind, Priority, Recommendation, Verdict, parse_day


@click.command(cls=Verb)
@visit_argument
@item_argument
@click.option(
    "--assessment",
    required=True,
    metavar="WORD",
    shell_complete=completer(Assessment),
    help=f"How far the item is met: {', '.join(Assessment)}.",
)
@click.option(
    "--reason", metavar="TEXT", help="Why it is not applicable or could not be verified; needed for these two."
)
@click.option("--note", metavar="TEXT", help="What was found. Where it is left out, the note that stands is kept.")
@click.option(
    "--priority", metavar=words(Priority), shell_complete=completer(Priority), help="How soon something has to happen."
)
def record(visit: str, item: str, assessment: str, reason: str | None, note: str | None, priority: str | None) -> None:
    """Record a judgement on one item of a visit."""
    judged = choose(Assessment, assessment, _("assessment"))
    soon = choose(Priority, priority, _("priority")) if priority is not None else None
    with Session.of().recording() as book:
        visit = book.find_visit(visit)
        before = book.finding(visit, item)
        if before and before.conflict and before.conflict.aspect == "judgement":
            say(
                ngettext(
                    "{count} view stood on {item}; yours now replaces it. Both stay in the journal.",
                    "{count} views stood on {item}; yours now replaces them. All stay in the journal.",
                    len(before.conflict.sides),
                    item=item,
                )
            )
        if before and note is None:
            note = before.narrative
        if before and reason is None and judged is before.assessment:
            reason = before.reason
        book.judge(visit, item, judged, reason or "", note or "", priority=soon)
    if soon:
        show(
            _(
                "Recorded: {item} is {assessment}, {priority}.",
                item=item,
                assessment=judged.label,
                priority=soon.label,
            )
        )
    else:
        show(_("Recorded: {item} is {assessment}.", item=item, assessment=judged.label))


@click.group(cls=VerbGroup)
def evidence() -> None:
    """Add what was seen, heard, read or measured."""


@evidence.command("add")
@visit_argument
@item_argument
@click.option(
    "--kind",
    required=True,
    metavar="WORD",
    shell_complete=completer(EvidenceKind),
    help=f"What the source is: {', '.join(EvidenceKind)}.",
)
@click.option(
    "--note", default="", metavar="TEXT", help="What was seen, said or read; needed where no file is attached."
)
@click.option("--place", default="", metavar="TEXT", help="Where.")
@click.option("--when", default="", metavar="TEXT", help="When, in your words; else the time of recording.")
@click.option("--group", default="", metavar="TEXT", help="From which group of people, for interviews.")
@click.option("--interviewee", default="", metavar="CODE", help="The code of the person, such as W7. Never a name.")
@click.option(
    "--consent",
    default=Consent.NONE.value,
    metavar=words(Consent),
    shell_complete=completer(Consent),
    help="The widest report in which the person agreed to have it shown; none where not asked.",
)
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A photograph, scan or recording to keep with it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the new id as JSON.")
def add(
    visit: str,
    item: str,
    kind: str,
    note: str,
    place: str,
    when: str,
    group: str,
    interviewee: str,
    consent: str,
    file: Path | None,
    as_json: bool,
) -> None:
    """Add one source to an item of a visit."""
    from inspect_kit.work.attaching import read_attachment

    agreed = choose(Consent, consent, _("consent"))
    what = choose(EvidenceKind, kind, _("kind of evidence"))
    attachment, data = read_attachment(file) if file else (None, None)
    source = Evidence(what, note, place, when, group, interviewee, agreed, attachment)
    with Session.of().recording() as book:
        id_ = book.add_evidence(book.find_visit(visit), item, source, data)
    if what.needs_consent and agreed is Consent.NONE:
        say(
            _(
                "No consent is recorded (--consent), so this source stays with the team:"
                " it enters no report until the person agrees."
            )
        )
    if as_json:
        show_json({"id": id_})
    else:
        show(id_)


@click.command(cls=Verb)
@visit_argument
@click.option("--text", metavar="TEXT", help="What shall be done.")
@click.option("--to", "addressee", metavar="ADDRESSEE", help="Who shall do it.")
@click.option("--due", metavar="DATE", help="By when.")
@click.option(
    "--finding",
    "findings",
    multiple=True,
    metavar="ITEM",
    help="The item whose finding it rests on; repeat.",
)
@click.option("--priority", metavar=words(Priority), shell_complete=completer(Priority), help="How soon.")
@click.option(
    "--reword", "old", metavar="NUMBER", help="Reword an earlier one, by its number or id; what is not given stays."
)
@click.option("--withdraw", "gone", metavar="NUMBER", help="Take an earlier one back, by its number or id.")
@click.option("--json", "as_json", is_flag=True, help="Print id and number as JSON.")
def recommend(
    visit: str,
    text: str | None,
    addressee: str | None,
    due: str | None,
    findings: tuple[str, ...],
    priority: str | None,
    old: str | None,
    gone: str | None,
    as_json: bool,
) -> None:
    """Record a recommendation of a visit, reword one, or take one back."""
    if old and gone:
        raise click.UsageError(_("--reword and --withdraw exclude each other: give one of them."))
    if not (old or gone):
        for value, option in ((text, "--text"), (addressee, "--to"), (findings, "--finding")):
            if not value:
                raise click.MissingParameter(param_hint=f"'{option}'", param_type="option")
    # Translators: the start of a sentence: “The due date “soon” is no day …”
    day = parse_day(due, _("The due date")).isoformat() if due else due
    soon = choose(Priority, priority, _("priority")) if priority else None
    with Session.of().recording() as book:
        visit = book.find_visit(visit)
        stands = book.visit(visit).recommendations if old or gone else ()
        before = _recommendation(old or gone or "", stands) if old or gone else None
        if gone and before:
            book.withdraw_recommendation(visit, before.id)
            show(_("Taken back: recommendation {number}. It stays in the journal.", number=before.number))
            return
        begun = before or Recommendation("", "")
        asked = Recommendation(
            text if text is not None else begun.text,
            addressee if addressee is not None else begun.addressee,
            day if day is not None else begun.due,
            soon or begun.priority,
            findings or begun.findings,
            id=begun.id,
        )
        id_ = book.recommend(visit, asked)
        number = next(found.number for found in book.visit(visit).recommendations if found.id == id_)
    if as_json:
        show_json({"id": id_, "number": number})
    else:
        show(_("Recommendation {number}: {id}", number=number, id=id_))


def _recommendation(wanted: str, stands: Sequence[Recommendation]) -> Recommendation:
    found = [one for one in stands if wanted in (str(one.number), one.id)]
    if not found:
        raise UnknownError(
            _("No recommendation “{number}” in this visit: “visit show” numbers them.", number=wanted[:40])
        )
    return found[0]


@evidence.command("consent")
@visit_argument
@click.argument("sources", nargs=-1, required=True, metavar="EVIDENCE…", help="Ids of sources, all of one person.")
@click.option(
    "--to",
    "consent",
    required=True,
    metavar=words(Consent),
    shell_complete=completer(Consent),
    help="The widest report from now on; none where the person agrees to none any more.",
)
def consent(visit: str, sources: tuple[str, ...], consent: str) -> None:
    """Change how far a person's words may go.

    She can restrict them at any time; where two people record it apart, the narrower counts.
    """
    agreed = choose(Consent, consent, _("consent"))
    with Session.of().recording() as book:
        book.set_consent(book.find_visit(visit), sources, agreed)
    show(
        ngettext(
            "Recorded for {count} source: {consent}.",
            "Recorded for {count} sources: {consent}.",
            len(sources),
            consent=agreed.label,
        )
    )


@click.command(cls=Verb)
@visit_argument
@item_argument
@click.option("--accept", is_flag=True, help="The judgement holds.")
@click.option("--return", "comment", metavar="TEXT", help="Return it, with what is missing or what you see otherwise.")
def review(visit: str, item: str, accept: bool, comment: str | None) -> None:
    """Check a colleague's judgement: accept or return it."""
    if accept == (comment is not None):
        raise click.UsageError(_("Give --accept, or --return with a comment."))
    verdict = Verdict.ACCEPTED if accept else Verdict.RETURNED
    with Session.of().recording() as book:
        book.review(book.find_visit(visit), item, verdict, comment or "")
    show(_("Recorded: the judgement on {item} is {verdict}.", item=item, verdict=verdict.label))


@click.command(cls=Verb)
@visit_argument
@item_argument
@click.option(
    "--contradiction/--no-contradiction", required=True, help="Its sources contradict each other, or no longer do."
)
def mark(visit: str, item: str, contradiction: bool) -> None:
    """Mark that an item's sources contradict each other."""
    with Session.of().recording() as book:
        book.mark_contradiction(book.find_visit(visit), item, contradiction)
    if contradiction:
        show(_("Recorded: the sources of {item} contradict each other.", item=item))
    else:
        show(_("Recorded: the sources of {item} do not contradict each other.", item=item))
