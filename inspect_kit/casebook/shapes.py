"""What an entry may say: each kind's subject and values, held against the model before anything foreign is taken in.

Our own acts pass by what the casebook's methods refuse; a foreign file's entries pass here. What passes can be
projected, shown and written into a report without further questions.
"""

import json
import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any

from inspect_kit.casebook.entry import ID, Envelope
from inspect_kit.errors import InspectKitError
from inspect_kit.model import (
    Assessment,
    Checklist,
    Consent,
    EvidenceKind,
    Facility,
    Member,
    Priority,
    Profile,
    Role,
    Team,
    Verdict,
    VisitKind,
    VisitPlan,
    canonical,
    clean_line,
    clean_note,
)
from inspect_kit.model.text import NOTE_LIMIT

BODY_LIMIT = 4 * NOTE_LIMIT + 2 * 1_048_576
"""The most bytes of one body: the longest note in the widest script, and the largest checklist."""

ATTACHMENT_LIMIT = 50 * 1_048_576
"""The most bytes of one attached file."""

Check = Callable[[Any], bool]
_ULID = re.compile(ID)
_HEX = re.compile("[0-9a-f]{64}")
_ITEM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*")
_POINT = re.compile("[0-9a-f]{8,64}")
_COUNTS = range(1_000_001)
_WHAT = "A value"  # in sentences that nobody reads: what does not fit is refused as a whole


def _line(value: Any) -> bool:
    return isinstance(value, str) and clean_line(value, _WHAT) == value


def _name(value: Any) -> bool:
    return _line(value) and bool(value)


def _note(value: Any) -> bool:
    return isinstance(value, str) and clean_note(value, _WHAT) == value


def _filled(value: Any) -> bool:
    return _note(value) and bool(value)


def _truth(value: Any) -> bool:
    return isinstance(value, bool)


def _count(value: Any) -> bool:
    return type(value) is int and value in _COUNTS


def _size(value: Any) -> bool:
    return type(value) is int and 0 <= value <= ATTACHMENT_LIMIT


def _matches(form: re.Pattern[str]) -> Check:
    return lambda value: isinstance(value, str) and form.fullmatch(value) is not None


def _word(words: type[StrEnum]) -> Check:
    known = frozenset(word.value for word in words)
    return lambda value: isinstance(value, str) and value in known


def _or(empty: object, check: Check) -> Check:
    return lambda value: (value == empty and type(value) is type(empty)) or check(value)


def _list(check: Check, most: int) -> Check:
    return lambda value: isinstance(value, list) and len(value) <= most and all(map(check, value))


def _fields(**checks: Check) -> Check:
    def check(value: Any) -> bool:
        if not isinstance(value, dict) or value.keys() != checks.keys():
            return False
        for name, found in value.items():  # noqa: SIM110 (run for every entry of a sync; all() costs a third more)
            if not checks[name](found):
                return False
        return True

    return check


def _day(value: Any) -> bool:
    return isinstance(value, str) and date.fromisoformat(value).isoformat() == value


def _held(value: Any) -> bool:
    return isinstance(value, dict) and value == {group.value: number for group, number in Profile(value).held.items()}


_DETAILS: dict[str, Check] = {
    "name": _name,
    "place": _line,
    "country": _line,
    "authority": _line,
    "capacity": _or(None, _count),
}
_FACILITY = _fields(id=_matches(_ULID), held=_held, **_DETAILS)
_MEMBER = _fields(name=_name, role=_word(Role), woman=_or(None, _truth), profession=_line)
_TEAM = _fields(members=_list(_MEMBER, 40), remark=_note)
_PLAN = _fields(
    facility=_FACILITY,
    kind=_word(VisitKind),
    starts=_day,
    ends=_day,
    announced=_truth,
    purpose=_note,
    follow_up=_or("", _matches(_ULID)),
)


def _plan(value: Any) -> bool:
    if not _PLAN(value):
        return False
    facility = Facility(value["facility"]["name"])
    VisitPlan(facility, VisitKind(value["kind"]), value["starts"], value["ends"])
    return True


def _team(value: Any) -> bool:
    if not _TEAM(value):
        return False
    Team(tuple(Member(one["name"], Role(one["role"])) for one in value["members"]))
    return True


def _judgement(value: Any) -> bool:
    return _JUDGEMENT(value) and (
        value["assessment"] is None or not Assessment(value["assessment"]).needs_reason or bool(value["reason"])
    )


def _plain(value: Any, depth: int = 8) -> bool:
    """Whether a JSON value holds nothing but short lists, and texts that can be shown."""
    if isinstance(value, dict):
        return depth > 0 and all(_note(name) and _plain(found, depth - 1) for name, found in value.items())
    if isinstance(value, list):
        return depth > 0 and len(value) <= 10_000 and all(_plain(found, depth - 1) for found in value)
    return value is None or isinstance(value, bool) or _count(value) or (isinstance(value, str) and _printable(value))


def _printable(text: str) -> bool:
    return not any(ord(letter) < 32 and letter not in "\n\t" for letter in text)


def _checklist(value: Any) -> bool:
    if not (isinstance(value, dict) and _plain(value)):
        return False
    checklist = Checklist.from_json(value)
    as_frozen = checklist.as_json()
    return (
        len({item.id for item in checklist.items}) == len(checklist.items)
        and all(
            _matches(_ITEM)(item.id)
            and all(isinstance(text, str) for text in (item.theme, item.short, item.ask, item.why, *item.clauses))
            and all(isinstance(text, str) for part in (item.look, item.records, item.red_flags) for text in part)
            and all(isinstance(text, str) for said in item.talk_to.values() for text in said)
            and all(isinstance(text, str) for pair in (*item.they_say, *item.benchmarks) for text in pair)
            for item in checklist.items
        )
        and all(as_frozen[name] == found for name, found in value.items() if "standards" in value)
    )


_JUDGEMENT = _fields(assessment=_or(None, _word(Assessment)), reason=_line, narrative=_note)
_ATTACHMENT = _fields(digest=_matches(_HEX), name=_line, media_type=_line, size=_size)
_OF_FINDING, _OF_FACILITY, _OF_VISIT, _OF_POINT = "finding", "facility", "visit", "point"

KINDS: dict[str, tuple[str, Check]] = {
    "describe-facility": (_OF_FACILITY, _fields(**_DETAILS)),
    "profile-facility": (_OF_FACILITY, _fields(held=_held)),
    "plan-visit": (_OF_VISIT, _plan),
    "name-team": (_OF_VISIT, _team),
    "freeze-checklist": (_OF_VISIT, _checklist),
    "account": (_OF_VISIT, _fields(overview=_note, cooperation=_note, good_practice=_note, limits=_note)),
    "judge": (_OF_FINDING, _judgement),
    "prioritise": (_OF_FINDING, _fields(priority=_word(Priority))),
    "mark-contradiction": (_OF_FINDING, _fields(contradict=_truth)),
    "review": (_OF_FINDING, _fields(verdict=_word(Verdict), comment=_note, judgement=_or("", _matches(_HEX)))),
    "add-evidence": (
        "evidence",
        _fields(
            item=_matches(_ITEM),
            kind=_word(EvidenceKind),
            note=_note,
            place=_line,
            when=_line,
            group=_line,
            interviewee=_line,
            consent=_word(Consent),
            attachment=_or(None, _ATTACHMENT),
        ),
    ),
    "withdraw-evidence": ("evidence", _fields()),
    "set-consent": ("evidence", _fields(consent=_word(Consent))),
    "recommend": (
        "recommendation",
        _fields(
            text=_filled,
            addressee=_name,
            due=_or("", _day),
            priority=_word(Priority),
            findings=_list(_matches(_ITEM), 2_000),
        ),
    ),
    "withdraw-recommendation": ("recommendation", _fields()),
    "jot": ("jotting", _fields(text=_filled, place=_line, when=_line)),
    "file-jotting": (
        "jotting",
        _fields(state=lambda state: state in ("open", "filed", "discarded"), evidence=_or(None, _matches(_ULID))),
    ),
    "answer-point": (_OF_POINT, _fields(answer=_note)),
    "take-comment": (
        "comment",
        _fields(
            item=_or("", _matches(_ITEM)),
            recommendation=_count,
            number=_count,
            text=_filled,
            accurate=lambda said: said in ("", "yes", "no"),
            report=_or("", _matches(_HEX)),
        ),
    ),
    "decide-comment": ("comment", _fields(accepted=_truth, reason=_filled)),
}
"""Each kind of entry: what its subject is, and what its values have to be."""


def fits(envelope: Envelope, body: bytes) -> bool:
    """Whether an entry's values are what its kind says, about a subject of that kind.

    Args:
        envelope: of a kind in ``KINDS``.
        body: the bytes of its body, of any content.
    """
    about, check = KINDS[envelope.kind]
    of, _, name = envelope.subject.partition(":")
    if about in (_OF_FACILITY, _OF_VISIT):
        placed = envelope.subject == envelope.stream
    else:
        form = {_OF_FINDING: _ITEM, _OF_POINT: _POINT}.get(about, _ULID)
        placed = envelope.stream.startswith("visit:") and form.fullmatch(name) is not None
    if of != about or not placed:
        return False
    try:
        text = body.decode()
        value = json.loads(text)
        return check(value) and canonical(value) == text
    except (InspectKitError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return False
