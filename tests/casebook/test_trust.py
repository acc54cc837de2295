"""Whom a casebook trusts."""

from __future__ import annotations

import pytest

from inspect_kit.casebook.trust import Known
from inspect_kit.errors import BadInputError, UnknownError
from inspect_kit.identity import Identity, create_authority, issue, make_request, read_certificate, read_request
from tests.conftest import AtWork


def of(at_work: AtWork, person: Identity) -> Known:
    return next(one for one in at_work.casebook.known() if one.certificate.fingerprint == person.fingerprint)


def test_whoever_records_here_is_known_as_its_own(at_work: AtWork, ines: Identity) -> None:
    known = of(at_work, ines)
    assert (known.kind, known.trusted, known.by, known.own, known.lost) == ("person", True, "own", True, "")


def test_a_person_is_trusted_until_she_is_not(at_work: AtWork, omar: Identity) -> None:
    at_work.casebook.trust(read_certificate(omar.certificate))
    assert (of(at_work, omar).trusted, of(at_work, omar).by, of(at_work, omar).own) == (True, "listed", False)
    at_work.casebook.distrust(omar.fingerprint)
    assert omar.fingerprint not in {one.certificate.fingerprint for one in at_work.casebook.known()}
    with pytest.raises(UnknownError):
        at_work.casebook.distrust(omar.fingerprint)


def test_with_a_root_everybody_is_trusted_whom_it_certified(at_work: AtWork, omar: Identity) -> None:
    board = create_authority("Board Example")
    answer = issue(read_request(make_request(omar), "The request"), board)
    issued = read_certificate(answer.partition(b"-----END CERTIFICATE-----")[0] + b"-----END CERTIFICATE-----\n")
    at_work.casebook.enrol(b"file", issued.fingerprint, issued.name, issued.data)
    at_work.casebook.trust(read_certificate(board.certificate))
    found = {one.certificate.fingerprint: (one.kind, one.by) for one in at_work.casebook.known()}
    assert found[board.fingerprint] == ("root", "listed")
    assert found[issued.fingerprint] == ("person", "Board Example")


def test_that_a_key_is_lost_stays_noted_when_it_is_no_longer_trusted(at_work: AtWork, omar: Identity) -> None:
    at_work.casebook.trust(read_certificate(omar.certificate))
    at_work.casebook.lose_key(omar.fingerprint, "2026-01-02")
    assert (of(at_work, omar).kind, of(at_work, omar).trusted, of(at_work, omar).lost) == ("person", True, "2026-01-02")
    at_work.casebook.distrust(omar.fingerprint)
    assert (of(at_work, omar).trusted, of(at_work, omar).lost) == (False, "2026-01-02")
    at_work.casebook.trust(read_certificate(omar.certificate))
    assert (of(at_work, omar).trusted, of(at_work, omar).lost) == (True, "")


def test_a_key_cannot_be_lost_tomorrow_or_unknown(at_work: AtWork, ines: Identity, omar: Identity) -> None:
    with pytest.raises(BadInputError, match="still to come"):
        at_work.casebook.lose_key(ines.fingerprint, "2199-01-01")
    with pytest.raises(UnknownError, match="has not met"):
        at_work.casebook.lose_key(omar.fingerprint, "2026-01-02")
