"""Whatever is done to a chain shows, and says where; an erasure that was recorded does not."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail_core.journal import (
    ERASURE,
    PIECES,
    AlterationKind,
    Entry,
    commitment,
    digest,
    first_previous,
    new_salt,
    read_seal,
    seal,
    verify,
)

HERE, ELSEWHERE = "3c5e6d0e-0000-4000-8000-000000000001", "3c5e6d0e-0000-4000-8000-000000000002"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KEY = "k" * 40


def written(chain, previous, seq, act="fact-changed", **pieces):
    contents = {
        "actor_name": {"name": "Alice", "standing_in": []},
        "subject": f"Budgets {seq}",
        "before": {"amount": seq},
        "after": {"amount": seq + 0.5},
    } | pieces
    salts = {piece: new_salt() for piece in PIECES}
    sealed = {piece: commitment(contents[piece], salts[piece]) for piece in PIECES}
    at = AT + timedelta(minutes=seq)
    entry = Entry(seq, previous, "", at, "person", "u-1", act, contents, salts, sealed)
    return replace(entry, digest=digest(chain, entry))


def chained(count=5, chain=HERE):
    entries, previous = [], first_previous(chain)
    for seq in range(1, count + 1):
        entries.append(written(chain, previous, seq))
        previous = entries[-1].digest
    return entries


def head(entries):
    return entries[-1].seq, entries[-1].digest


def found(entries, **given_):
    return [(a.kind.value, a.seq) for a in verify(HERE, entries, **given_)]


def erased(entries, seq=2):
    """Return the chain where the name of entry `seq` was replaced and the erasure recorded."""
    content, salt = {"name": "personne effacée", "standing_in": []}, new_salt()
    old = entries[seq - 1]
    new = replace(
        old,
        pieces={**old.pieces, "actor_name": content},
        salts={**old.salts, "actor_name": salt},
    )
    told = {"seq": seq, "piece": "actor_name", "commitment": commitment(content, salt)}
    last = written(
        HERE, entries[-1].digest, len(entries) + 1, ERASURE, before={}, after={"pieces": [told]}
    )
    return [*entries[: seq - 1], new, *entries[seq:], last]


def test_an_untouched_chain_stands():
    entries = chained()
    assert found(entries, head=head(entries)) == []
    assert found([], head=None) == []


@pytest.mark.parametrize("piece", PIECES)
def test_an_altered_piece_is_named(piece):
    entries = chained()
    entries[2] = replace(entries[2], pieces={**entries[2].pieces, piece: {"name": "Eve"}})
    [wrong] = verify(HERE, entries, head=head(entries))
    assert (wrong.kind, wrong.seq, wrong.piece) == (AlterationKind.PIECE, 3, piece)
    assert (wrong.at, wrong.act) == (entries[2].at, "fact-changed")


def test_a_piece_resealed_by_hand_shows_in_the_header():
    entries = chained()
    forged = {**entries[2].pieces, "subject": "forged"}
    sealed = {**entries[2].sealed, "subject": commitment("forged", entries[2].salts["subject"])}
    entries[2] = replace(entries[2], pieces=forged, sealed=sealed)
    assert found(entries, head=head(entries)) == [("header", 3)]


def test_an_entry_wholly_rewritten_is_denied_by_the_next_one():
    entries = chained()
    entries[2] = written(HERE, entries[1].digest, 3, subject="forged")
    assert found(entries, head=head(entries)) == [("rewritten", 3)]


def test_the_last_entry_wholly_rewritten_is_denied_by_the_head():
    entries = chained()
    noted = head(entries)
    entries[-1] = written(HERE, entries[-2].digest, 5, subject="forged")
    assert found(entries, head=noted) == [("rewritten", 5)]


@pytest.mark.parametrize(("gone", "told"), [(0, 1), (2, 3)])
def test_a_removed_entry_is_told_by_its_number(gone, told):
    entries = chained()
    noted = head(entries)
    del entries[gone]
    assert found(entries, head=noted) == [("removed", told)]


def test_several_entries_removed_are_one_gap():
    entries = chained()
    [gap] = verify(HERE, [entries[0], *entries[3:]], head=head(entries))
    assert (gap.kind, gap.seq, gap.until) == (AlterationKind.REMOVED, 2, 3)


def test_a_cut_tail_shows_by_the_head_and_by_a_printed_seal_only():
    entries = chained()
    noted = head(entries)
    cut = entries[:-1]
    assert found(cut, head=noted) == [("cut", 5)]
    assert found(cut, head=head(cut)) == []  # whoever also moves the head is seen by the seal
    printed = read_seal(seal(KEY, HERE, *noted))
    assert printed.seq > cut[-1].seq


def test_reordered_entries_show():
    entries = chained()
    swapped = [
        entries[0],
        replace(entries[2], seq=2),
        replace(entries[1], seq=3),
        *entries[3:],
    ]
    assert {seq for _kind, seq in found(swapped, head=head(entries))} >= {2, 3}


def test_an_inserted_entry_shows_with_a_number_already_taken_or_at_the_end():
    entries = chained()
    twice = [*entries[:3], written(HERE, entries[1].digest, 3), *entries[3:]]
    assert found(twice, head=head(entries)) == [("inserted", 3)]
    more = [*entries, written(HERE, entries[-1].digest, 6)]
    assert found(more, head=head(entries)) == [("inserted", 6)]


def test_an_entry_of_another_authority_does_not_pass_for_ours():
    entries, theirs = chained(), chained(chain=ELSEWHERE)
    entries[2] = theirs[2]
    assert ("header", 3) in found(entries, head=head(entries))


def test_a_whole_chain_does_not_pass_for_that_of_another():
    assert found(chained(chain=ELSEWHERE)) != []


def test_a_recorded_erasure_stands():
    entries = erased(chained())
    assert found(entries, head=head(entries)) == []


def test_an_erasure_done_twice_stands_by_its_latest_record():
    entries = erased(erased(chained()))
    assert found(entries, head=head(entries)) == []


def test_an_erasure_that_nothing_records_is_an_alteration():
    entries = erased(chained())[:-1]
    assert found(entries, head=head(entries)) == [("piece", 2)]


def test_an_erased_piece_altered_again_shows():
    entries = erased(chained())
    back = {**entries[1].pieces, "actor_name": {"name": "Eve", "standing_in": []}}
    entries[1] = replace(entries[1], pieces=back)
    assert found(entries, head=head(entries)) == [("piece", 2)]


def test_a_record_of_erasure_that_was_forged_excuses_nothing():
    entries = erased(chained())
    forged, salt = "forged", new_salt()
    entries[2] = replace(
        entries[2],
        pieces={**entries[2].pieces, "subject": forged},
        salts={**entries[2].salts, "subject": salt},
    )
    told = {"seq": 3, "piece": "subject", "commitment": commitment(forged, salt)}
    listed = [*entries[-1].pieces["after"]["pieces"], told]
    pieces = {**entries[-1].pieces, "after": {"pieces": listed}}
    entries[-1] = replace(entries[-1], pieces=pieces)
    assert {("piece", 3), ("piece", 6)} <= set(found(entries, head=head(entries)))


def test_an_erasure_excuses_only_what_was_written_before_it():
    entries = erased(chained())
    late = written(HERE, entries[-1].digest, 7)
    content, salt = "forged", new_salt()
    late = replace(
        late, pieces={**late.pieces, "subject": content}, salts={**late.salts, "subject": salt}
    )
    assert ("piece", 7) in found([*entries, late])


@pytest.mark.parametrize(
    "after", [[1], "x", None, {"pieces": 5}, {"pieces": [1]}, {"pieces": [{}]}]
)
def test_a_record_of_erasure_that_is_none_excuses_nothing_and_stops_nothing(after):
    entries = erased(chained())[:-1]
    entries.append(written(HERE, entries[-1].digest, 6, ERASURE, after=after))
    assert found(entries, head=head(entries)) == [("piece", 2)]


_ANY_JSON = st.none() | st.integers() | st.text() | st.lists(st.integers() | st.text())
_SWAPPED = {
    "seq": st.integers(-3, 40),
    "previous": st.text("0123456789abcdef", min_size=64, max_size=64),
    "digest": st.text("0123456789abcdef", min_size=64, max_size=64),
    "at": st.datetimes(timezones=st.just(UTC)),
    "actor_kind": st.text(),
    "actor_uid": st.text(),
    "act": st.text(),
    "pieces": st.dictionaries(st.sampled_from(PIECES), st.text() | st.integers()),
    "salts": st.dictionaries(st.text(), st.text()) | _ANY_JSON,
    "sealed": st.dictionaries(st.text(), st.text()) | _ANY_JSON,
}


@given(data=st.data(), which=st.integers(0, 5), name=st.sampled_from(sorted(_SWAPPED)))
def test_any_single_field_changed_in_any_entry_is_found(data, which, name):
    entries = erased(chained())
    noted = head(entries)
    value = data.draw(_SWAPPED[name])
    changed = replace(entries[which], **{name: value})
    if changed == entries[which]:
        return
    entries[which] = changed
    assert found(sorted(entries, key=lambda e: e.seq), head=noted) != []


def test_the_property_walks_over_every_field():
    assert {field.name for field in fields(Entry)} == set(_SWAPPED)


def test_a_whole_number_is_sealed_the_same_with_or_without_decimals():
    salt = new_salt()
    assert commitment({"a": [30.0, 1e20]}, salt) == commitment({"a": [30, 10**20]}, salt)
    assert commitment(1e23, salt) == commitment(10**23, salt)
    assert commitment(True, salt) != commitment(1, salt)


def test_a_seal_is_read_as_people_type_it():
    printed = seal(KEY, HERE, 214, "d" * 64)
    assert printed.startswith("214-")
    assert len(printed) == len("214-AAAA-AAAA-AAAA-AAAA")
    assert read_seal(f"  {printed.lower().replace('-', ' - ')} ") == read_seal(printed)
    assert read_seal(printed.replace("O", "0").replace("I", "1")) == read_seal(printed)


@pytest.mark.parametrize(
    "typed", ["", "214", "214-", "abc", "²-AAAA-AAAA-AAAA-AAAA", "1-AAAA-AAAA"]
)
def test_what_is_not_a_seal_is_not_read(typed):
    assert read_seal(typed) is None


@pytest.mark.parametrize(
    "other",
    [("x" * 40, HERE, 214, "d" * 64), (KEY, ELSEWHERE, 214, "d" * 64), (KEY, HERE, 214, "e" * 64)],
)
def test_a_seal_depends_on_the_key_the_chain_and_the_digest(other):
    assert seal(KEY, HERE, 214, "d" * 64) != seal(*other)
