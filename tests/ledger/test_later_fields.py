"""A form that was bound before there was a field binds nothing in it."""

from __future__ import annotations

from letters.ledger.bound_form import Form

OLD = {"name": '"Ada"', "role": "null"}


def test_what_is_written_in_a_later_field_was_not_agreed_to() -> None:
    form = Form.of(OLD)
    assert form.differing({**OLD, "place": "null"}) == ()
    assert form.differing({**OLD, "place": '"Millbrook"'}) == ("place",)
    assert form.differing(OLD) == ()


def test_a_form_that_has_it_is_compared_as_ever() -> None:
    form = Form.of({**OLD, "place": '"Millbrook"'})
    assert form.differing({**OLD, "place": '"Millbrook"'}) == ()
    assert form.differing({**OLD, "place": "null"}) == ("place",)


def test_who_is_bound_to_recipients_alone_has_no_other_field() -> None:
    assert Form.of({"signs_to": "[]"}).differing({"place": '"Millbrook"'}) == ()
