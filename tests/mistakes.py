"""The table of test_mistakes.py: what is broken in the valid campaign, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from conftest import BODY_EN, LETTER, SIGNATORIES, CampaignFolder

L, S, R = "letter.yaml", "signatories.yaml", "recipients.yaml"
T, EN, FR = (
    "templates/note/template.yaml",
    "templates/note/letter.en.md",
    "templates/note/letter.fr.md",
)

ASK = "We ask you:"
BY = "Please answer by {{ deadline }}."


@dataclass(frozen=True)
class Mistake:
    """``edit`` is (old, new) in ``file``, or the whole new content, or a function on the folder."""

    name: str
    file: str
    edit: tuple[str, str] | str | bytes | Callable[[CampaignFolder], object]
    at: str
    said: str
    hint: str = ""
    others: tuple[tuple[str, str], ...] = field(default=())


def make(campaign: CampaignFolder, mistake: Mistake) -> None:
    for name, text in mistake.others:
        campaign.write(name, text)
    match mistake.edit:
        case (old, new):
            campaign.edit(mistake.file, old, new)
        case str() | bytes() as content:
            campaign.write(mistake.file, content)
        case change:
            change(campaign)


def large(campaign: CampaignFolder) -> None:
    """A sparse file: it takes no room on the disk."""
    with (campaign.path / S).open("ab") as stream:
        stream.truncate(64 * 1024 * 1024 + 1)


def folder_of_people(campaign: CampaignFolder) -> None:
    (campaign.path / S).unlink()
    campaign.write("signatories.d/okafor.yaml", "name: Ngozi Okafor\n")
    campaign.write("signatories.d/zz.yaml", "name: Zed Example\nid: okafor\n")
    campaign.edit(L, "place: Ottawa", "signatories: signatories.d")


def link_outside(campaign: CampaignFolder) -> None:
    outside = campaign.path.parent / "people.yaml"
    outside.write_text(SIGNATORIES, encoding="utf-8")
    (campaign.path / S).unlink()
    (campaign.path / S).symlink_to(outside)


SYNTAX = [
    Mistake("a tab as indentation", L, ("  contact: reply", "\tcontact: reply"), "9:1", "is not valid YAML", "spaces, never tabs"),
    Mistake("a quotation mark left open", L, ("place: Ottawa", 'place: "Ottawa'), "5:8", "what opens here is not closed", "close the quotation mark"),
    Mistake("a bracket left open", L, ("languages: [en, fr]", "languages: [en, fr"), "3:12", "what opens here is not closed", "bracket"),
    Mistake("a colon in a text", L, ("place: Ottawa", "place: Ottawa: here"), "5:14", "is not valid YAML", "in quotes"),
    Mistake("a text that starts with @", L, ("place: Ottawa", "place: @ottawa"), "5:8", "is not valid YAML", "starts with @"),
    Mistake("wrong indentation", L, ("  country: CA", "   country: CA"), "10:11", "is not valid YAML", "check the indentation"),
    Mistake("another encoding", L, LETTER.replace("Three questions", "Trois même").replace("’", "'").encode("latin-1"), "6:22", "is not UTF-8 text", "UTF-8"),
    Mistake("another encoding after accents", S, SIGNATORIES.replace("family: Lindqvist", "family: Lindq\udce9").encode("utf-8", "surrogateescape"), "12:35", "is not UTF-8 text"),
    Mistake("the same key twice", L, ("place: Ottawa", "place: Ottawa\nplace: Paris"), "6:1", "place – stands here twice (first in line 5)", "remove one"),
    Mistake("the same key twice inside", S, ("{given: Åsa, family", "{given: Åsa, given: Eva, family"), "12:22", "stands here twice"),
    Mistake("an alias", L, ("place: Ottawa", "place: *here"), "5:8", "aliases (*name) are not read", "write the text out"),
    Mistake("an anchor", L, ("place: Ottawa", "place: &here Ottawa"), "5:8", "anchors (&name) are not read", "in quotes"),
    Mistake("a tag", L, ("place: Ottawa", "place: !!python/object:os.system x"), "5:8", "tags (!name) are not read"),
    Mistake("a merge key", L, ("place: Ottawa", "<<: {place: Ottawa}"), "5:1", "is not a known key"),
    Mistake("a second document", L, ("place: Ottawa", "place: Ottawa\n---\nplace: Paris"), "6:1", "a second document starts here", "remove the line"),
    Mistake("deep nesting", L, ("place: Ottawa", f"place: {'[' * 50}{']' * 50}"), "5:57", "is nested deeper than 50 levels"),
    Mistake("nesting that would crash the parser", L, ("place: Ottawa", f"place: {'[' * 100_000}{']' * 100_000}"), "5:57", "is nested deeper than 50 levels"),
    Mistake("a file that is too large", S, large, "1:1", "is larger than 64 MiB", "split the people"),
    Mistake("a control character", L, ("place: Ottawa", 'place: "Ott\\x07awa"'), "5:8", "U+0007", "delete it"),
    Mistake("a raw control character", L, ("place: Ottawa", "place: Ott\x07awa"), "5:11", "U+0007", "delete it"),
    Mistake("an override of the direction", S, ("family: Lindqvist", "family: Lind\u202eqvist"), "12:30", "U+202E", "delete it"),
    Mistake("a private-use character", L, ("place: Ottawa", "place: Ott\ue000awa"), "5:8", "U+E000"),
    Mistake("a character that does not exist", L, ("place: Ottawa", "place: Ott\u0378awa"), "5:8", "U+0378"),
    Mistake("a line separator", L, ("place: Ottawa", "place: Ott\u2028awa"), "5:11", "U+2028"),
    Mistake("an empty file", R, "", "1:1", "is empty", "list at least one"),
    Mistake("a file of remarks", S, "# nobody yet\n", "1:1", "is empty"),
    Mistake("words instead of keys", L, "just words\n", "1:1", "must be a group of “key: value” lines", "it needs at least: title"),
    Mistake("a comma in an unquoted text", S, ('{en: "a journalist, Minsk"', "{en: a journalist, Minsk"), "25:35", "nothing stands behind this word", "in quotes"),
]  # fmt: skip

KEYS = [
    Mistake("a misspelt key", L, ("place: Ottawa", "plaec: Ottawa"), "5:1", "plaec – is not a known key", "did you mean “place”?"),
    Mistake("a misspelt key inside", L, ("  contact: reply", "  contcat: reply"), "9:3", "from.contcat – is not a known key", "did you mean “contact”?"),
    Mistake("a misspelt key in a list", L, ("    limits: {en", "    limit: {en"), "14:5", "asks[1].limit – is not a known key", "did you mean “limits”?"),
    Mistake("a misspelt key in a source", L, ("    publisher:", "    pubisher:"), "31:5", "sources.….pubisher – is not a known key", "did you mean “publisher”?"),
    Mistake("a misspelt key of a person", S, ("  affiliation: U", "  afiliation: U"), "13:3", "[1].… – is not a known key", "did you mean “affiliation”?"),
    Mistake("a misspelt key of a name", S, ("{given: Åsa, family:", "{given: Åsa, famly:"), "12:22", "[1].name.… – is not a known key", "did you mean “family”?"),
    Mistake("a misspelt key of an address", R, ("    postcode:", "    postalcode:"), "9:5", "[0].address.postalcode – is not a known key", "did you mean “postcode”?"),
    Mistake("a misspelt key of a template", T, ("description:", "descripton:"), "2:1", "descripton – is not a known key", "did you mean “description”?"),
    Mistake("a missing key", L, ("date: 2025-09-03\nplace", "place"), "1:1", "date – is missing"),
    Mistake("a missing key inside", L, ("  organisation: {en: Joint letter, fr: Lettre commune}\n", ""), "8:3", "from.organisation – is missing"),
    Mistake("a person without an id", S, ("- id: lindqvist\n  name", "- name"), "11:3", "[1].id – is missing"),
    Mistake("an empty key", L, ("title: {en: A letter for the tests, fr: Une lettre pour les essais}", "title:"), "1:7", "title – is empty", "fill it in"),
    Mistake("a text of spaces", L, ("place: Ottawa", 'place: "  "'), "5:8", "place – has only spaces"),
    Mistake("a text where a list belongs", L, ("languages: [en, fr]", "languages: en"), "3:12", "languages – must be a list"),
    Mistake("a list where a text belongs", L, ("place: Ottawa", "place: [Ottawa, Paris]"), "5:8", "place – must be a text"),
    Mistake("a text where keys belong", L, ("sources:\n  report:\n    title: {en: A report, fr: Un rapport}\n    publisher: The Example\n    date: 2025-09-01\n    url: https://example.org/report\n", "sources: none\n"), "28:10", "sources – must be a group"),
]  # fmt: skip

VALUES = [
    Mistake("a date in words", L, ("date: 2025-09-03\n", "date: 3 September 2025\n"), "4:7", "date – must be a date written like 2025-09-03"),
    Mistake("a day that does not exist", L, ("deadline: 2025-10-01", "deadline: 2025-02-30"), "38:11", "deadline – must be a date written like"),
    Mistake("a language in words", L, ("languages: [en, fr]", "languages: [en, French]"), "3:17", "languages[1] – must be a language tag"),
    Mistake("a language in words before a text", L, ("title: {en: A letter for the tests, fr:", "title: {en: A letter for the tests, french:"), "1:37", "title.french – is not a language tag such as en or fr-CA"),
    Mistake("a country in words", L, ("  country: CA", "  country: Canada"), "10:12", "from.country – must be a country code"),
    Mistake("UK instead of GB", R, ("    country: CA", "    country: UK"), "10:14", "[0].address.country – must be a country code", ""),
    Mistake("capitals in an id", S, ("id: okafor", "id: Okafor"), "1:7", "[0].id – must be of small letters"),
    Mistake("capitals in the name of a figure", L, ("  applied:\n", "  Applied:\n"), "16:3", "figures.Applied – must be of small letters"),
    Mistake("a figure without sense", L, ("    value: 1000", "    value: [1000]"), "17:12", "figures.applied.value – must be a text"),
    Mistake("a visibility that does not exist", S, ("  visibility: withheld", "  visibility: hidden"), "19:15", "[3].visibility – must be public, name-only, role-only or withheld"),
    Mistake("a gender in words", R, ("  gender: m", "  gender: male"), "3:11", "[0].gender – must be m, f, x or unknown"),
    Mistake("an address without https", L, ("https://example.org/report", "example.org/report"), "33:10", "sources.….url – must be a web address"),
    Mistake("a page that does not exist", L, ("place: Ottawa", "page: A4"), "5:7", "page – must be letter or a4"),
    Mistake("two addresses in one", R, ("email: office@example.org", "email: office@example.org, b@example.org"), "12:10", "[0].email – is not one e-mail address", "name@example.org"),
    Mistake("no e-mail address", S, ("ngozi@example.org", "ngozi at example.org"), "10:12", "[0].contact.email – is not one e-mail address"),
    Mistake("a name of nothing", S, ("{given: Ngozi, family: Okafor}", "{sort: Okafor}"), "2:9", "[0].name – needs a display form"),
    Mistake("a misspelt placeholder", R, ('fr: "Monsieur le Premier Ministre,"}', 'fr: "Monsieur {name},"}'), "11:48", "holds a placeholder that is not known"),
]  # fmt: skip

TOGETHER = [
    Mistake("an id twice", S, ("id: lindqvist", "id: okafor"), "11:7", "[1].id – a second signatory has this id (the first is at signatories.yaml:1:7)", "an id of its own"),
    Mistake("an id twice in a folder", "signatories.d/zz.yaml", folder_of_people, "2:5", "id – a second signatory has this id (the first is at signatories.d/okafor.yaml:1:1)"),
    Mistake("a recipient twice", R, ("id: minister", "id: prime-minister"), "13:7", "a second recipient has this id"),
    Mistake("a case twice", L, ("cases:\n", "cases:\n  - {id: case-one, person: Bo, visibility: public}\n"), "22:9", "cases[1].id – a second case has this id"),
    Mistake("a source that does not exist", L, ("        source: report", "        source: reprot"), "26:17", "there is no source “reprot”", "did you mean “report”?"),
    Mistake("a person's source that does not exist", S, ("    source: report", "    source: other"), "8:13", "[0].testimony.source – there is no source", "known: report"),
    Mistake("a template that does not exist", L, ("template: note", "template: notes"), "2:11", "there is no such template", "did you mean “note”?"),
    Mistake("a theme that does not exist", L, ("place: Ottawa", "theme: clasic"), "5:8", "there is no such theme", "did you mean “classic”?"),
    Mistake("a file of people that does not exist", L, ("place: Ottawa", "signatories: people.yaml"), "5:14", "there is no such file"),
    Mistake("a language without a letter", L, ("languages: [en, fr]", "languages: [en, fr, de]"), "3:21", "has no letter.de.md", "it is written in: en, fr"),
    Mistake("a language twice", L, ("languages: [en, fr]", "languages: [en, fr, en]"), "3:21", "languages[2] – stands here twice"),
    Mistake("a text without its French", L, ("subject: {en: Three questions, fr: Trois questions}", "subject: {en: Three questions}"), "6:10", "subject – has no text for fr", "for all languages"),
    Mistake("a role without its French", S, ("role: {en: Teacher, fr: Enseignante}", "role: {en: Teacher}"), "5:9", "[0].role – has no text for fr"),
    Mistake("a value that was not declared", L, ("  pages: 3", "  pages: 3\n  pagse: 4"), "42:3", "values.pagse – the template “note” knows no such value", "did you mean “pages”?"),
    Mistake("a value that is missing", L, ("  pages: 3\n", ""), "40:3", "values – the template needs a value “pages”", "how many pages there are"),
    Mistake("a value that is no number", L, ("  pages: 3", "  pages: three"), "41:10", "values.pages – must be a number", "how many pages"),
    Mistake("a value that is no date", L, ("  pages: 3", "  pages: 3\n  seen: 2025-13-45"), "42:9", "values.seen – must be a date written like 2025-09-03"),
    Mistake("a value that is neither yes nor no", L, ("  pages: 3", "  pages: 3\n  urgent: maybe"), "42:11", "values.urgent – must be yes or no"),
    Mistake("a value without its French", L, ("  thanks: {en: You listened., fr: Vous avez écouté.}", "  thanks: {en: You listened.}"), "40:11", "values.thanks – has no text for fr"),
    Mistake("people outside the campaign", L, ("place: Ottawa", "signatories: ../people.yaml"), "5:14", "signatories – must lie inside the campaign’s folder"),
    Mistake("people at an absolute path", L, ("place: Ottawa", "recipients: /etc/passwd"), "5:13", "recipients – must lie inside the campaign’s folder"),
    Mistake("people behind a link", S, link_outside, "1:1", "is a link that leads out of the campaign"),
    Mistake("a logo outside the campaign", L, ("  country: CA", "  country: CA\n  logo: ../../logo.png"), "11:9", "from.logo – must lie inside"),
    Mistake("a picture that is not there", S, ("  gender: f", "  gender: f\n  signature_image: okafor.png"), "4:20", "[0].signature_image – there is no such file"),
    Mistake("a picture of another kind", L, ("  country: CA", "  country: CA\n  logo: logo.svg"), "11:9", "from.logo – must be a PNG or JPEG", others=(("logo.svg", "<svg/>"),)),
    Mistake("a picture that is none", "logo.png", lambda c: c.edit(L, "  country: CA", "  country: CA\n  logo: logo.png"), "1:1", "is not a PNG or JPEG picture", others=(("logo.png", "no"),)),
    Mistake("role-only without a description", S, ('  description: {en: "a journalist, Minsk", fr: "un journaliste, Minsk"}\n', ""), "24:15", "[4].visibility – role-only needs a description", "a journalist, Minsk"),
    Mistake("an id that tells a withheld name", S, ("id: signer-07", "id: w-person"), "17:7", "[3].id – the id gives away a part of a name", "makes it signer-09, here and in the log"),
    Mistake("an id that tells it without a hyphen", S, ("id: signer-08", "id: dsomeone"), "22:7", "[4].id – the id gives away a part of a name"),
    Mistake("nobody signs", S, "[]\n", "1:1", "there is no signatory", "at least one"),
]  # fmt: skip

TEMPLATES = [
    Mistake("a variable that does not exist", EN, ("{{ deadline }}", "{{ dedline }}"), "42:21", "there is no “dedline”", "did you mean “deadline”?"),
    Mistake("a field that does not exist", EN, ("{{ figure.label }}", "{{ figure.lable }}"), "25:30", "“figures.applied” has no “lable”", "did you mean “label”?"),
    Mistake("a filter that does not exist", EN, ("recipient.close }}", "recipient.close | uper }}"), "45:22", "there is no filter “uper”", "did you mean “upper”?"),
    Mistake("an if that is not closed", EN, (BY, f"{{% if deadline %}}\n{BY}"), "42:4", "“if” is not closed", "{% endif %}"),
    Mistake("a for that is not closed", EN, ("1. {{ ask.text }}\n{% endfor %}", "1. {{ ask.text }}"), "37:4", "“for” is not closed", "{% endfor %}"),
    Mistake("an endif too many", EN, (BY, f"{BY}{{% endif %}}"), "42:36", "nothing is open that “endif” could close"),
    Mistake("an instruction that does not exist", EN, (BY, f"{BY}\n{{% incldue 'x' %}}"), "43:4", "there is no tag “incldue”"),
    Mistake("braces that are not closed", EN, ("{{ deadline }}", "{{ deadline"), "42:18", "these braces are not closed", "{{ like this }}"),
    Mistake("an instruction that is not closed", EN, ("{% for ask in asks %}", "{% for ask in asks"), "37:1", "these braces are not closed", "{% like this %}"),
    Mistake("a block that is not closed", EN, ("{{ subject }}\n:::", "{{ subject }}"), "14:1", "the block “subject” is not closed", "end it with :::"),
    Mistake("the last block not closed", EN, ("- {{ copy }}\n{% endfor %}\n:::\n", "- {{ copy }}\n{% endfor %}\n"), "57:1", "the block “copies” is not closed"),
    Mistake("a block closed twice", EN, (ASK, f"{ASK}\n\n:::\n"), "36:1", "nothing is open that this ::: could close"),
    Mistake("a block that does not exist", EN, ("::: close", "::: closing"), "44:1", "there is no block “closing”", "did you mean “close”?"),
    Mistake("HTML", EN, (ASK, f"{ASK} <b>now</b>"), "34:13", "HTML is not read in a letter", "**bold**"),
    Mistake("HTML whose quotation marks are set", EN, (ASK, f'{ASK}\nFine.\n<div class="x">'), "36:1", "HTML is not read in a letter"),
    Mistake("a remark in HTML", EN, (ASK, f"{ASK} <!-- for us only -->"), "34:13", "HTML is not read in a letter", "{# like this #}"),
    Mistake("a picture", EN, (ASK, f"{ASK} ![us](us.png)"), "34:13", "pictures can’t stand in the text", "::: figure"),
    Mistake("code", EN, (ASK, f"{ASK} `x`"), "34:13", "code is not part of a letter"),
    Mistake("an attribute of Python", EN, (BY, "{{ recipient.__class__ }}"), "42:14", "“recipient” has no “__class__”"),
    Mistake("an attribute of a value", EN, (BY, "{{ deadline.year }}"), "42:13", "“year” can’t be asked for here: this is a single value"),
    Mistake("a value that is not given", EN, (BY, "{{ values.seen }}"), "42:11", "“values.seen” is not given", "{% if values.seen %}"),
    Mistake("a part of the letter that is not given", EN, lambda c: c.edit(L, "place: Ottawa\n", ""), "7:4", "“place” is not given", "{% if place %}"),
    Mistake("a value that one recipient lacks", EN, (BY, "{{ recipient.district }}"), "42:14", "“recipient.district” is not given at recipients.yaml:1:3"),
    Mistake("a list printed", EN, (BY, "{{ asks }}"), "42:1", "a list can’t be printed", "{% for"),
    Mistake("a group printed", EN, (BY, "{{ values }}"), "42:4", "“values” is a group of values", "thanks, pages"),
    Mistake("names of one value", EN, (BY, "{{ deadline | names }}"), "42:15", "“names” joins a list", ""),
    Mistake("a date of something else", EN, (BY, "{{ place | date }}"), "42:1", "this is not a date"),
    Mistake("a source that is not there", EN, (ASK, f"{ASK} [@reprot]"), "34:13", "there is no source “reprot”", "did you mean “report”?"),
    Mistake("a source that code names", EN, (ASK, f"{ASK} {{{{ 'reprot' | cite }}}}"), "34:13", "there is no source “reprot”"),
    Mistake("a note that is not there", EN, (ASK, f"{ASK} Truly.[^1]"), "34:19", "this note is never written"),
    Mistake("a link to a script", EN, (ASK, f"{ASK} [here](javascript:alert)"), "34:18", "this link leads nowhere", "https://"),
    Mistake("a link made of a value", EN, (ASK, f"{ASK} [here]({{{{ place }}}})"), "34:18", "this link leads nowhere"),
    Mistake("a gender that is not known", EN, (BY, "{% for s in signatories %}\n{{ s | agree('he', 'she') }}\n{% endfor %}"), "43:8", "the gender is not known here", ""),
    Mistake("names in the signatures", EN, ("::: signatures\n:::", "::: signatures\nNgozi Okafor\n:::"), "49:1", "names can’t be written into the signatures", "leave the block empty"),
    Mistake("signatures in two places", EN, ("::: signatures\n:::", "::: signatures\n:::\n\n::: signatures\n:::"), "51:1", "signed in one place only"),
    Mistake("asks that are no list", EN, ("::: asks\n", "::: asks\nSome words.\n\n"), "36:1", "holds one numbered list", "1. "),
    Mistake("an included file that is not there", EN, (BY, "{% include 'part.md' %}"), "42:13", "there is no file “part.md”"),
    Mistake("a mistake in an included file", "templates/note/part.md", lambda c: c.edit(EN, BY, "{% include 'part.md' %}"), "3:8", "there is no “dedline”", "deadline", (("templates/note/part.md", "Fine.\n\nNot {{ dedline }}.\n"),)),
    Mistake("HTML in an included file", "templates/note/part.md", lambda c: c.edit(EN, BY, "{% include 'part.md' %}"), "3:5", "HTML is not read", "", (("templates/note/part.md", "Fine.\n\nNot <i>fine</i>.\n"),)),
    Mistake("Jinja that is none in an included file", "templates/note/part.md", lambda c: c.edit(EN, BY, "{% include 'part.md' %}"), "3:5", "is not valid template code", "", (("templates/note/part.md", "Fine.\n\nNot {{ fine ! }}.\n"),)),
    Mistake("a mistake in one language", FR, ("{{ deadline }}", "{{ dedline }}"), "42:31", "there is no “dedline”"),
    Mistake("a template in another encoding", EN, BODY_EN.replace(ASK, "Nous même :").encode("latin-1"), "34:7", "is not UTF-8 text", "UTF-8"),
    Mistake("a control character in a template", EN, (ASK, f"{ASK} \x07"), "34:13", "U+0007", "delete it"),
    Mistake("a private-use character in code", EN, (BY, '{{ "\\ue000\\ue010\\ue001" }}'), "42:1", "U+E000"),
    Mistake("a value cut by a filter", EN, (BY, "{{ (place ~ '') | first }}"), "42:1", "a value was cut in two"),
    Mistake("a part cut out", EN, (BY, "{{ (place ~ '')[0:2] }}"), "42:1", "can’t be cut out with [ : ]"),
    Mistake("a template without words", EN, "{# later #}\n", "1:1", "the letter has no words"),
]  # fmt: skip

ALL = [*SYNTAX, *KEYS, *VALUES, *TOGETHER, *TEMPLATES]
