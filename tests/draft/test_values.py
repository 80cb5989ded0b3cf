"""Values are cargo: whatever a name holds, it is printed as written and is never read as markup."""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal

import pytest
from conftest import BODY_EN, BODY_FR, LETTER, RECIPIENTS, SIGNATORIES, TEMPLATE, CampaignFolder
from drafting import text_of
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from letters.campaign.model import Campaign
from letters.campaign.people import Name
from letters.campaign.plaintext import unusable
from letters.draft.compose import Edition
from letters.draft.values import Hold, Sealed, expand, first_cut, loading, map_text, shown, split

from .tree import UNSIGNED, no_pictures, read, shape, values

HOSTILE = [
    "*bold*", "**b**", "_u_", "`code`", "<b>x</b>", "&amp; &lt;", "{{ 7*7 }}", "{% if x %}",
    "[link](javascript:x)", "![p](x.png)", "1. One", "# Head", "> quote", "- item", "---", ":::",
    "::: close", "[^1]", "[@report]", "|a|b|", "\\", "\\*", "a\\", "...", "--", "'x'", '"x"',
    "(c)", "O’Halloran", "http://a.b", "<https://a.b>", "a@b.org", "{addressed}", "{page}", "%s",
    "No", "Null", "0x0000ff", "&", "<", "=1+1", "${x}", "a  b", "x:y", "« x »", "#{x}", "~~x~~",
]  # fmt: skip


def clean(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


NAMES = (
    st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"]), min_size=1, max_size=40)
    .map(clean)
    .filter(lambda text: text and not unusable(text))
)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    folder = CampaignFolder(tmp_path_factory.mktemp("campaign"))
    files = {
        "letter.yaml": LETTER, "signatories.yaml": SIGNATORIES, "recipients.yaml": RECIPIENTS,
        "templates/note/template.yaml": TEMPLATE, "templates/note/letter.en.md": BODY_EN,
        "templates/note/letter.fr.md": BODY_FR,
    }  # fmt: skip
    for name, text in files.items():
        folder.write(name, text)
    return read(folder)


def named(campaign: Campaign, name: str) -> Campaign:
    """The same campaign, in which the author, the recipient and a value are called ``name``."""
    form = Name.model_validate({"given": name})
    author = campaign.signatories[0].model_copy(update={"name": form})
    recipient = campaign.recipients[0].model_copy(update={"name": form})
    return replace(
        campaign,
        signatories=(author, *campaign.signatories[1:]),
        recipients=(recipient, *campaign.recipients[1:]),
    )


@given(name=NAMES)
@settings(max_examples=60)
@example(name="می\u200cخواهم")
@example(name="a\u0301")
def test_any_name_is_printed_word_for_word_and_never_becomes_markup(
    plain: Campaign, name: str
) -> None:
    check(plain, name)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_looks_like_markup_is_printed_as_it_is(plain: Campaign, name: str) -> None:
    check(plain, name)


def check(plain: Campaign, name: str) -> None:
    before = Edition(plain, "en", "recipient").letter(0, UNSIGNED, no_pictures)
    after = Edition(named(plain, name), "en", "recipient").letter(0, UNSIGNED, no_pictures)
    assert shape(after.blocks) == shape(before.blocks)
    assert after.running_head[0] == name
    pairs = list(zip(values(before.blocks), values(after.blocks), strict=True))
    replaced = [new.text for old, new in pairs if old.text in ("Mark Carney", "Ngozi Okafor")]
    # In the address, in the sentence that names the author, and at the author's signature.
    assert replaced == [name] * 3
    assert [old.text for old, new in pairs if old.text != new.text] in (
        ["Mark Carney", "Ngozi Okafor", "Ngozi Okafor"],
        ["Mark Carney"],  # where the name that was made up is the author's own
        ["Ngozi Okafor", "Ngozi Okafor"],
    )


def test_a_name_in_the_signatory_changes_the_digest_and_one_in_the_recipient_does_not(
    plain: Campaign,
) -> None:
    form = Name.model_validate({"given": "*X* & {{ y }}"})
    author = plain.signatories[0].model_copy(update={"name": form})
    recipient = plain.recipients[0].model_copy(update={"name": form})
    text = text_of(plain)
    to_another = replace(plain, recipients=(recipient, *plain.recipients[1:]))
    by_another = replace(plain, signatories=(author, *plain.signatories[1:]))
    assert text_of(to_another) == text
    assert text_of(by_another).digest != text.digest


# --- sealed values ----------------------------------------------------------------------------


def test_a_value_in_a_text_is_a_token_without_its_words() -> None:
    with loading(Hold()) as hold:
        text = f"Dear {Sealed('Ada', 'Ada')} and {Sealed('Bo', 'Bo')}!"
        assert "Ada" not in text
        assert list(split(text)) == ["Dear ", 0, " and ", 1, "!"]
        assert expand(text, lambda number: hold.values[number].text) == "Dear Ada and Bo!"


def test_the_same_value_has_one_number() -> None:
    with loading(Hold()) as hold:
        value = Sealed("Ada", "Ada")
        assert list(split(f"{value}{value}")) == [0, 0]
        assert len(hold.values) == 1


def test_numbers_follow_the_order_of_printing_up_to_many() -> None:
    with loading(Hold()):
        people = [Sealed(str(n), str(n)) for n in range(1234)]
        text = "".join(f"{person}," for person in people)
        assert [part for part in split(text) if isinstance(part, int)] == list(range(1234))


@pytest.mark.parametrize(
    "piece", ["\ue000", "\ue001", "\ue010", "\ue000\ue001", "\ue000\ue010", "x\ue010\ue001"]
)
def test_a_cut_token_is_found(piece: str) -> None:
    assert first_cut("whole \ue000\ue010\ue001") is None
    assert first_cut(f"a {piece}") == len(f"a {piece}") - len(piece.lstrip("x"))
    with pytest.raises(ValueError, match="cut in two"):
        list(split(f"a {piece}"))


def test_a_value_is_compared_by_what_it_is() -> None:
    three, day = Sealed(3, "three"), Sealed(dt.date(2025, 9, 3), "3 September 2025")
    assert three == 3
    assert three == Sealed(3, "3")
    assert (three < 4, three <= 3, three > 2, three >= 4) == (True, True, True, False)
    assert day == dt.date(2025, 9, 3)
    assert Sealed("a", "b") == "a"
    assert hash(Sealed("a", "b")) == hash("a")
    assert [bool(Sealed(raw, "x")) for raw in ("", 0, Decimal(0), "x")] == [
        False,
        False,
        False,
        True,
    ]
    assert len(Sealed("raw", "text!")) == 5


def test_a_filter_reaches_values_inside_a_text() -> None:
    with loading(Hold()) as hold:
        text = map_text(f"to {Sealed('Ada', 'Ada')}", str.upper)
        assert expand(text, lambda number: hold.values[number].text) == "TO ADA"
        assert shown(text) == "TO ADA"
    changed = map_text(Sealed("Ada", "Ada", slot="recipient.name"), str.upper)
    assert (changed.raw, changed.text, changed.slot) == ("Ada", "ADA", "recipient.name")


def test_no_list_of_values_shows_what_is_in_it() -> None:
    with pytest.raises(Exception, match="a list can’t be printed"):
        repr([Sealed("secret", "secret")])
