"""letter.yaml of the follow-up, as a text for a person to go on with.

What the first letter said of itself is written anew from what was read; what only people can know,
such as what has happened since, is left open, and “letters check” points at it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from msgspec import Struct

from letters.campaign import references, shown
from letters.campaign.localtext import LocalText, only_text
from letters.campaign.model import Campaign
from letters.campaign.source import MOST_OF_ONE, read
from letters.campaign.types import Language, Model
from letters.campaign.validate import validate
from letters.draft.language import language_of
from letters.post.answers.firstletter import First, path_of
from letters.press.manifest import languages_of
from letters.problem import CampaignError

TEMPLATE = "follow-up"

_WORDS = "words.yaml"
_READ_OTHERWISE = ("null", "bool", "merge", "value")
_SETTINGS = ("theme", "page", "window", "answer_within")
_COLUMNS = 96

_HEAD = """\
# yaml-language-server: $schema=.schemas/letter.json
#
# This letter follows up the one of {date}. “letters followup” began it, with what that letter said
# of itself and with what the log knows of who was sent it and what came back.
#
# Before it goes out: write what has happened since, ask for less, and delete what is not needed. A
# line that starts with # is a note to you. “letters check” tells you what is missing, and where.
"""
_VALUES = """\
  # The last day on which somebody looked for an answer. Look again before this goes out, write
  # that day here, and record it: in the first campaign, “letters track reply --kind none”. What
  # came from whom stands with each recipient, under “values”.
  last_checked: {looked}
  # What has happened since the first letter? This letter can't go out without it.
  since:
{since}
  # In what way do you ask for less? What can you do yourselves, so that an answer is easy? Both can
  # be left out.
  # narrowed: …
  # offer: …
"""
_NEWS = """\
# What is new since the first letter, with its source; docs/campaign.md shows how to write them.
# figures: …

# The day until which you hope for an answer.
# deadline: {example}
"""
_CASES = """\
# The people whom the first letter tells of are not in this one: they agreed to that letter. Whoever
# agrees anew can be added under “cases”.
"""
_LOST = """\
# The first letter should go along. As it was sent, it is not there any more for everybody. Put the
# PDFs that went out where “file” says, one for each recipient, and delete each “#” below.
"""


class _Dumper(yaml.SafeDumper):
    """Writes days and numbers as people do: letters reads every value as it is written."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - PyYAML’s own
        """Lists stand further in than their key."""
        super().increase_indent(flow, indentless=False)


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if tag.rpartition(":")[2] in _READ_OTHERWISE]
    for first, forms in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


class Headings(Model):
    """What a follow-up is called in one language."""

    title: str
    subject: str
    enclosure: str


class WordsFile(Model):
    """words.yaml of the template."""

    languages: dict[Language, Headings]


class NewLetter(Struct, frozen=True):
    """What is written into the new letter.yaml beside what the first one says."""

    languages: Sequence[str]
    words: Mapping[str, Headings]
    looked: dt.date
    first: First
    today: dt.date


def words_of(campaign: Campaign) -> Mapping[str, Headings]:
    """What a follow-up is called in each language. Raises CampaignError."""
    file = campaign.template_files.find(TEMPLATE, _WORDS)
    if file is None:
        return {}
    source, problems = read(file, campaign.template_files.shown(file), MOST_OF_ONE)
    found, more = (None, []) if problems else validate(WordsFile, source)
    if found is None:
        raise CampaignError([*problems, *more])
    return found.languages


def letter_yaml(campaign: Campaign, new: NewLetter) -> str:
    """The whole file. The first campaign is one that could be read."""
    letter, root = campaign.letter, campaign.letter_place.source.root
    written = {key: _plain(value, new.languages) for key, value in root.items()}
    date = letter.date.isoformat()
    parts = [
        _HEAD.format(date=date),
        _said("title", _called(campaign, new, "title", letter.title))
        + f"template: {TEMPLATE}\nlanguages: [{', '.join(new.languages)}]\n"
        + f"date: {new.today.isoformat()}\n"
        + _kept(written, "place")
        + _said("subject", _called(campaign, new, "subject", letter.subject)),
        "# The letterhead. All of it is printed.\n" + _kept(written, "from"),
        _kept(written, "notice"),
        "values:\n  # The first letter: its date, and its subject word for word.\n"
        f"  first_date: {date}\n"
        + _indented(_said("first_subject", _texts(letter.subject, new.languages)))
        + _VALUES.format(
            looked=new.looked.isoformat(),
            since="\n".join(f"    {tag}:" for tag in new.languages),
        ),
        "# What the first letter asked. Ask for less: fewer and smaller things.\n"
        + _kept(written, "asks")
        if letter.asks
        else "",
        _NEWS.format(example=(new.today + dt.timedelta(days=30)).isoformat()),
        _CASES if shown.cases(campaign) else "",
        _sources(campaign, written),
        _enclosures(campaign, new),
        f"signatories: {_scalar(letter.signatories)}\nrecipients: {_scalar(letter.recipients)}\n"
        + "".join(_kept(written, key) for key in _SETTINGS),
        _mail(written),
    ]
    return "\n".join(part for part in parts if part)


def _called(campaign: Campaign, new: NewLetter, key: str, text: LocalText) -> dict[str, str]:
    """A text of the first letter in each language, put into the words for a follow-up."""
    found = {}
    for tag, plain in _texts(text, new.languages).items():
        words = new.words.get(tag) or new.words.get(tag.partition("-")[0])
        form = str(getattr(words, key)) if words else f"{{{key}}}"
        date = language_of(campaign, tag).date(campaign.letter.date)
        found[tag] = form.replace("{date}", date).replace(f"{{{key}}}", plain)
    return found


def _enclosures(campaign: Campaign, new: NewLetter) -> str:
    """The first letter by its date; each language of it where there are several."""
    went = new.first.languages or (campaign.letter.languages[0],)
    entries = []
    for sent in went:
        titles = {}
        for tag in new.languages:
            words = new.words.get(tag) or new.words.get(tag.partition("-")[0])
            form = words.enclosure if words else campaign.letter.subject.get(tag) or ""
            said = form.replace("{date}", language_of(campaign, tag).date(campaign.letter.date))
            titles[tag] = f"{said} ({_spoken(campaign, sent, tag)})" if len(went) > 1 else said
        entries.append({"title": titles, "file": path_of(sent)})
    listed = _said("enclosures", entries)
    if new.first.languages:
        return "# The first letter goes along, in the very files that went out.\n" + listed
    return _LOST + "".join(f"# {line}\n" for line in listed.splitlines())


def _spoken(campaign: Campaign, languages: str, tag: str) -> str:
    """The names in one language of others: of one, or of the two of a bilingual letter."""
    from babel import Locale

    both = languages_of(languages, campaign.letter.languages)
    shown = language_of(campaign, tag).locale
    names = [Locale.parse(one, sep="-").get_display_name(shown) or one for one in sorted(both)]
    return ", ".join(names)


def _sources(campaign: Campaign, written: Mapping[str, Any]) -> str:
    """The sources that a signatory's own testimony names; the others come with new figures."""
    cited = references.sources(campaign)
    sources = {key: said for key, said in written.get("sources", {}).items() if key in cited}
    if not sources:
        return ""
    return "# What signatories tell of themselves rests on these.\n" + _said("sources", sources)


def _mail(written: Mapping[str, Any]) -> str:
    """How letters are e-mailed; the subject there was the first letter's."""
    mail = {key: said for key, said in written.get("mail", {}).items() if key != "subject"}
    return _said("mail", mail) if mail else ""


def _kept(written: Mapping[str, Any], key: str) -> str:
    return _said(key, written[key]) if key in written else ""


def _texts(text: LocalText, languages: Sequence[str]) -> dict[str, str]:
    return {tag: text.get(tag) or "" for tag in languages}


def _plain(value: Any, languages: Sequence[str]) -> Any:
    """What was read as plain data, texts in the new letter's languages only."""
    if isinstance(value, list):
        return [_plain(item, languages) for item in value]
    if isinstance(value, dict):
        if value and only_text(value):
            text = LocalText(dict(value))
            used = {text.tag_for(tag) for tag in languages}
            value = {tag: said for tag, said in value.items() if tag in used} or value
        return {key: _plain(item, languages) for key, item in value.items()}
    return value


def _said(key: str, value: Any) -> str:
    """A group of YAML lines."""
    return yaml.dump(
        {key: value}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_COLUMNS
    )


def _scalar(text: str) -> str:
    return _said("x", text).removeprefix("x: ").rstrip("\n")


def _indented(lines: str) -> str:
    return "".join(f"  {line}\n" if line else "\n" for line in lines.splitlines())
