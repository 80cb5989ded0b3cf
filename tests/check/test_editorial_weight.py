"""What a change of the text touches: every kind, in each language, and what touches nothing."""

from __future__ import annotations

import pytest

from letters.check import weighty_words
from letters.check.editorial_weight import Weight, weigh

NAMES = (
    "Ada Birch",
    "Birch",
    "Anne-Marie O’Neill",
    "Reading Circle",
    "the lake office",
    "נועה כהן",
)
LANGUAGES = ("en", "fr", "de", "es", "ru", "uk", "fa", "ar", "he")


def combined(tag: str, text: str) -> str:
    return f"letters-text-1\n== {tag} {len(text.encode())}\n{text}"


def weight(tag: str, before: str, after: str, line: str = "[paragraph]") -> Weight:
    def whole(words: str) -> str:
        return combined(tag, f"[subject] 1\n{line} {words}\n[close] {{recipient.close}}\n")

    return weigh(whole(before), whole(after), NAMES)


def kinds(tag: str, before: str, after: str, line: str = "[paragraph]") -> set[str]:
    both = [weight(tag, *pair, line).kinds for pair in ((before, after), (after, before))]
    assert set(both[0]) == set(both[1])
    return set(both[0])


TOUCHING = [
    # Numbers: digits of any script, signs inside them, words.
    ("number", "en", "We counted 214 falls.", "We counted 241 falls."),
    ("number", "en", "We counted 214 falls.", "We counted falls."),
    ("number", "en", "It is 1.250 wide.", "It is 1,250 wide."),
    ("number", "en", "It is 12.50 wide.", "It is 1250 wide."),
    ("number", "en", "It fell by -5 there.", "It fell by 5 there."),
    ("number", "en", "as Article IV says", "as Article VI says"),
    ("number", "en", "about ½ of it", "about ¼ of it"),
    ("number", "en", "Two of them came.", "Three of them came."),
    ("number", "en", "half of them came", "all of them came"),
    ("number", "en", "None of them came.", "Both of them came."),
    ("number", "en", "a dozen schools", "a hundred schools"),
    ("number", "en", "the second time", "the third time"),
    ("number", "fr", "Nous en avons vu deux.", "Nous en avons vu douze."),
    ("number", "fr", "la moitié des gens", "la plupart des gens"),
    ("number", "fr", "une centaine de gens", "un millier de gens"),
    ("number", "de", "zwölf Menschen kamen", "elf Menschen kamen"),
    ("number", "de", "zweihundert kamen", "dreihundert kamen"),
    ("number", "de", "einundzwanzig kamen", "zweiundzwanzig kamen"),
    ("number", "de", "Alle kamen dorthin.", "Einige kamen dorthin."),
    ("number", "es", "vinieron veintidós", "vinieron veintitrés"),
    ("number", "es", "ambas escuelas", "todas las escuelas"),
    ("number", "ru", "двум школам", "трём школам"),
    ("number", "ru", "тысячи людей", "миллионы людей"),
    ("number", "ru", "восемнадцать человек", "девятнадцать человек"),
    ("number", "uk", "п’ять шкіл", "шість шкіл"),
    ("number", "uk", "усі школи", "деякі школи"),
    ("number", "fa", "۲۱۴ نفر", "۲۴۱ نفر"),
    ("number", "fa", "پنج نفر", "شش نفر"),
    ("number", "fa", "هزاران نفر", "میلیون‌ها نفر"),
    ("number", "ar", "٢١٤ شخصا", "٢٤١ شخصا"),
    ("number", "ar", "وثلاثة أشخاص", "وأربعة أشخاص"),
    ("number", "ar", "جميع الناس", "بعض الناس"),
    ("number", "he", "שלושה אנשים", "ארבעה אנשים"),
    ("number", "he", "ומאה אנשים", "ואלף אנשים"),
    # Dates.
    ("date", "en", "by 3 September at the latest", "by 4 September at the latest"),
    ("date", "en", "by September 3, 2026 at the latest", "by September 4, 2026 at the latest"),
    ("date", "en", "in May of that year", "in June of that year"),
    ("date", "en", "on 2026-01-02 there", "on 2026-02-01 there"),
    ("date", "en", "on 02/01/2026 there", "on 01/02/2026 there"),
    ("date", "en", "on Monday there", "on Sunday there"),
    ("date", "en", "within a week", "within a month"),
    ("date", "en", "before they came", "after they came"),
    ("date", "fr", "en janvier", "en février"),
    ("date", "fr", "avant lundi", "avant mardi"),
    ("date", "fr", "dans l’année", "dans la semaine"),
    ("date", "de", "im Januar", "im Februar"),
    ("date", "de", "am Dienstag", "am Donnerstag"),
    ("date", "de", "in einer Woche", "in einem Jahr"),
    ("date", "es", "en enero", "en febrero"),
    ("date", "es", "hasta mañana", "hasta hoy"),
    ("date", "ru", "в мае того года", "в июне того года"),
    ("date", "ru", "во вторник", "в среду"),
    ("date", "uk", "у січні", "у лютому"),
    ("date", "uk", "протягом тижня", "протягом місяця"),
    ("date", "fa", "در ماه ژوئن", "در ماه ژوئیه"),
    ("date", "fa", "روز دوشنبه", "روز جمعه"),
    ("date", "fa", "در فروردین", "در اسفند"),
    ("date", "ar", "في يناير", "في فبراير"),
    ("date", "ar", "خلال أسبوع", "خلال شهر"),
    ("date", "ar", "في شباط", "في نيسان"),
    ("date", "he", "בינואר", "בפברואר"),
    ("date", "he", "תוך שבוע", "תוך חודש"),
    # Amounts.
    ("amount", "en", "It cost $5 in all.", "It cost €5 in all."),
    ("amount", "en", "It cost $5 in all.", "It cost $50 in all."),
    ("amount", "en", "It cost 5 USD in all.", "It cost 5 CAD in all."),
    ("amount", "en", "about 5% of it", "about 5‰ of it"),
    ("amount", "en", "about 5 percent of it", "about 6 percent of it"),
    ("amount", "en", "many pounds", "many dollars"),
    ("amount", "fr", "5 euros", "5 francs"),
    ("amount", "de", "5 Prozent", "6 Prozent"),
    ("amount", "es", "5 euros", "5 dólares"),
    ("amount", "ru", "5 рублей", "5 долларов"),
    ("amount", "uk", "5 гривень", "5 доларів"),
    ("amount", "fa", "۵ درصد", "۶ درصد"),
    ("amount", "ar", "٥ دنانير", "٥ دراهم"),
    ("amount", "he", "5 אחוזים", "6 אחוזים"),
    # Names: by their capital, or because the campaign or the world knows them.
    ("name", "en", "We met Ivo Hale there.", "We met Ivo Hall there."),
    ("name", "en", "Ada Birch came.", "Ada Burch came."),
    ("name", "en", "We met Anne-Marie O’Neill.", "We met Anne Marie O’Neill."),
    ("name", "en", "We met Ada Birch.", "We met Ada van Birch."),
    ("name", "en", "the Reading Circle met", "the Writing Circle met"),
    ("name", "en", "from the lake office", "from the sea office"),
    ("name", "en", "Minsk has it. In Minsk they know.", "Pinsk has it. In Minsk they know."),
    ("name", "en", "We met Dr. Hale there.", "We met Dr. Hall there."),
    ("name", "en", "We met J. Hale there.", "We met J. Hall there."),
    ("name", "en", "It helps us.", "It helps US."),
    ("name", "en", "NATO said it.", "OSCE said it."),
    ("name", "en", "Dear {recipient.name}", "Dear {recipient.given}"),
    ("name", "fr", "l’année de l’Allemagne", "l’année de l’Autriche"),
    ("name", "fr", "Nous avons vu Luc Doucet.", "Nous avons vu Luc Doucette."),
    ("name", "de", "Wir trafen Herrn Müller.", "Wir trafen Herrn Möller."),
    ("name", "de", "Es ist der Iran.", "Es ist der Irak."),
    ("name", "de", "Das sagte die Caritas.", "Das sagte die Diakonie."),
    ("name", "es", "Vimos a Inés Soler.", "Vimos a Inés Solar."),
    ("name", "ru", "Мы видели Анну Белую.", "Мы видели Анну Белову."),
    ("name", "ru", "Это г. Минск.", "Это г. Пинск."),
    ("name", "uk", "Це місто Львів.", "Це місто Луцьк."),
    ("name", "fa", "مردم ایران", "مردم عراق"),
    ("name", "ar", "ذهبوا إلى إيران", "ذهبوا إلى العراق"),
    ("name", "he", "נועה כהן באה", "נועה לוי באה"),
    # Negations.
    ("negation", "en", "They did not come.", "They did come."),
    ("negation", "en", "They don’t agree.", "They do agree."),
    ("negation", "en", "They can't agree.", "They can agree."),
    ("negation", "en", "They never came.", "They came."),
    ("negation", "en", "with delay", "without delay"),
    ("negation", "en", "That is lawful.", "That is unlawful."),
    ("negation", "en", "That is possible.", "That is impossible."),
    ("negation", "fr", "Ce n’est pas vrai.", "C’est vrai."),
    ("negation", "fr", "Elle est venue sans retard.", "Elle est venue avec retard."),
    ("negation", "fr", "Elle ne vient jamais.", "Elle vient."),
    ("negation", "de", "Das ist nicht wahr.", "Das ist wahr."),
    ("negation", "de", "Das ist keine Lösung.", "Das ist eine Lösung."),
    ("negation", "de", "Das ist möglich.", "Das ist unmöglich."),
    ("negation", "es", "Eso no es verdad.", "Eso es verdad."),
    ("negation", "es", "Nunca vino.", "Vino."),
    ("negation", "es", "sin demora", "con demora"),
    ("negation", "ru", "Это не верно.", "Это верно."),
    ("negation", "ru", "Это законно.", "Это незаконно."),
    ("negation", "ru", "У нас нет времени.", "У нас есть время."),
    ("negation", "uk", "Це не так.", "Це так."),
    ("negation", "uk", "без затримки", "із затримкою"),
    ("negation", "fa", "این کار می‌شود", "این کار نمی‌شود"),
    ("negation", "fa", "بدون تأخیر", "با تأخیر"),
    ("negation", "fa", "ممکن است", "ممکن نیست"),
    ("negation", "ar", "لم يأتوا", "أتوا"),
    ("negation", "ar", "ولن يأتوا", "وسيأتون"),
    ("negation", "ar", "ليس صحيحا", "صحيح"),
    ("negation", "he", "הם לא באו", "הם באו"),
    ("negation", "he", "אין לנו זמן", "יש לנו זמן"),
    ("negation", "he", "בלי עיכוב", "עם עיכוב"),
    # What is a duty, and what is allowed.
    ("modal", "en", "You must answer.", "You should answer."),
    ("modal", "en", "It may help.", "It will help."),
    ("modal", "en", "It shall be done.", "It can be done."),
    ("modal", "fr", "Vous devez répondre.", "Vous pouvez répondre."),
    ("modal", "fr", "Il faut répondre.", "Il faudrait répondre."),
    ("modal", "de", "Sie müssen antworten.", "Sie sollten antworten."),
    ("modal", "es", "Debe responder.", "Puede responder."),
    ("modal", "ru", "Они должны ответить.", "Они могут ответить."),
    ("modal", "uk", "Вони повинні відповісти.", "Вони можуть відповісти."),
    ("modal", "fa", "باید پاسخ دهید", "شاید پاسخ دهید"),
    ("modal", "ar", "يجب أن تجيبوا", "يمكن أن تجيبوا"),
    ("modal", "he", "חייבים לענות", "יכולים לענות"),
    # Sources and links.
    ("source", "en", "It fell.{note 1}", "It fell.{note 2}"),
    ("source", "en", "read it{link https://a.example/x}", "read it{link https://b.example/x}"),
    # A passage.
    ("block", "en", "We came.", "We came. And so it was that our friends went home again soon."),
]


@pytest.mark.parametrize(("kind", "tag", "before", "after"), TOUCHING)
def test_it_says_what_is_touched(kind: str, tag: str, before: str, after: str) -> None:
    assert kind in kinds(tag, before, after)


def test_each_language_is_shown_in_each_kind_of_words() -> None:
    for kind in ("number", "date", "amount", "name", "negation", "modal"):
        assert {tag for shown, tag, *_ in TOUCHING if shown == kind} == set(LANGUAGES)


EDITORIAL = [
    ("en", "We came, and we saw it.", "We came and we saw it."),
    ("en", "We came; we saw.", "We came – we saw!"),
    ("en", "It is a well known fact.", "It is a well-known fact."),
    ("en", "The co-operation went on-line.", "The cooperation went online."),
    ("en", "He said “yes”.", "He said ‘yes’."),
    ("en", "It’s the peoples’ park.", "It's the peoples' park."),
    ("en", "Teh council has seperate rooms.", "The council has separate rooms."),
    ("en", "We recieved there letter.", "We received their letter."),
    ("en", "the colour of the centre", "the color of the center"),
    ("en", "They organise and analyse.", "They organize and analyze."),
    ("en", "the prime minister came", "the Prime Minister came"),
    ("en", "We Ask you: The board came.", "We ask you: the board came."),
    ("en", "The office is open", "The office is open."),
    ("en", "We cannot stay.", "We can not stay."),
    ("en", "We do not know.", "We don’t know."),
    ("en", "from 2024–2025 on", "from 2024-2025 on"),
    ("en", "the the path", "the path"),
    ("en", "a honest answer", "an honest answer"),
    ("en", "We goes there.", "We go there."),
    ("en", "Path is closed. Light is out.", "Paths are closed. Lights are out."),
    ("en", "They went to the house.", "They went into the house."),
    ("en", "Is it late already?", "Is it late, already?"),
    ("fr", "Nous sommes venus , et nous avons vu.", "Nous sommes venus et nous avons vu."),
    ("fr", "Ils sont venu au parc.", "Ils sont venus au parc."),
    ("fr", "la maitrise du cout", "la maîtrise du coût"),
    ("fr", "« Oui », dit la clé.", "“Oui”, dit la clef."),
    ("fr", "Toutes les portes, tout les murs", "Toutes les portes, tous les murs"),
    ("de", "Wir wissen daß es naß ist.", "Wir wissen, dass es nass ist."),
    ("de", "Die Strasse und der Delphin", "Die Straße und der Delfin"),
    (
        "de",
        "Eine Photographie mit der neuen Schiffahrt",
        "Eine Fotografie mit der neuen Schifffahrt",
    ),
    ("de", "Sie muß gehen.", "Sie muss gehen."),
    ("de", "„Ja“, sagte sie.", "»Ja«, sagte sie."),
    ("es", "La comision vino y hablo.", "La comisión vino y habló."),
    ("es", "Vino solo ayer.", "Vino sólo ayer."),
    ("es", "Vino, pero tarde.", "Vino pero tarde."),
    ("ru", "Мы пришли и увидели всё.", "Мы пришли, и увидели все."),
    ("ru", "Мы пришли в скверик.", "Мы пришли в сквэрик."),
    ("ru", "«Да», – сказали они.", "„Да“ — сказали они."),
    ("uk", "Ми прийшли і побачили.", "Ми прийшли й побачили."),
    ("uk", "в школі", "у школі"),
    ("fa", "كتاب ها را دیدیم", "کتاب‌ها را دیدیم"),
    ("fa", "آمدیم، و دیدیم", "آمدیم و دیدیم"),
    ("ar", "قرأنا الكتابَ هنا", "قرأنا الكتاب هنا"),
    ("ar", "ذهبنا، ورأينا", "ذهبنا ورأينا"),
    ("ar", "الى المدرسة", "إلى المدرسة"),
    ("he", "באנו, וראינו", "באנו וראינו"),
    ("he", "הילדה הלכה", "הַיַּלְדָּה הלכה"),
    ("xx", "gobulo muri", "gobullo muri"),
]


@pytest.mark.parametrize(("tag", "before", "after"), EDITORIAL)
def test_what_is_editorial_touches_nothing(tag: str, before: str, after: str) -> None:
    assert kinds(tag, before, after) == set()


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("We came, and saw.", "We came and saw!", False),
        ("a well known fact", "a well-known fact", False),
        ("the Board", "the board", False),
        ("He said “yes”.", "He said 'yes'.", False),
        ("the colour", "the color", True),
    ],
)
def test_it_tells_words_from_typography(before: str, after: str, words: bool) -> None:
    assert weight("en", before, after).words is words


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("[address]", "name"),
        ("[salutation]", "name"),
        ("[letterhead]", "name"),
        ("[close]", "name"),
        ("[copy]", "name"),
        ("[dateline]", "date"),
        ("[ask 1]\n  [paragraph]", "ask"),
        ("[ask 1]\n  [paragraph] a\n  [quote]\n    [paragraph]", "ask"),
    ],
)
def test_some_lines_weigh_as_a_whole(line: str, kind: str) -> None:
    assert kinds("en", "to lite the path", "to light the path", line) == {kind}
    assert kinds("en", "to lite, the path", "to lite the path", line) == {kind}


ASKS = "[ask 1]\n  [paragraph] to come\n[ask 2]\n  [paragraph] to go\n"


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("[paragraph] a\n[paragraph] b\n", "[paragraph] a\n", {"block"}),
        ("[paragraph] a\n[paragraph] b\n", "[paragraph] b\n[paragraph] a\n", {"block"}),
        ("[item]\n  [paragraph] a\n", "[quote]\n  [paragraph] a\n", {"block"}),
        ("[paragraph] a\n", "[heading 2] a\n", {"block"}),
        (ASKS, "[ask 1]\n  [paragraph] to come\n", {"block", "ask"}),
        (
            ASKS,
            ASKS.replace("come", "x").replace("go", "come").replace("x", "go"),
            {"ask", "block"},
        ),
        (ASKS + "[paragraph] lite\n", ASKS + "[paragraph] light\n", set()),
        ("[row] a | b\n", "[row] a | b\n[row] c | d\n", {"block"}),
    ],
)
def test_whole_blocks_that_come_go_or_move(before: str, after: str, found: set[str]) -> None:
    for one, other in ((before, after), (after, before)):
        weighed = weigh(combined("en", one), combined("en", other), ())
        assert set(weighed.kinds) == found


def test_a_paragraph_that_is_written_anew_is_a_passage() -> None:
    before = "our path along old walls leads towards green fields where children play"
    after = "every lamp near big bridges lights wide roads when people walk home"
    assert "block" in kinds("en", before, after)


def test_it_names_the_edition_and_the_words() -> None:
    def text(falls: str, chutes: str) -> str:
        both = {"en": f"[paragraph] {falls} falls\n", "fr": f"[paragraph] {chutes} chutes\n"}
        return "letters-text-1\n" + "".join(
            f"== {tag} {len(words)}\n{words}" for tag, words in both.items()
        )

    found = weigh(text("214", "214"), text("214", "241"), ())
    assert [(t.edition, t.kinds, t.went, t.came) for t in found.touches] == [
        ("fr", ("number",), "214", "241")
    ]
    one = combined("en", "[paragraph] 214 falls\n")
    added = weigh(one, text("214", "214"), ())
    assert [(t.edition, t.kinds, t.came) for t in added.touches] == [
        ("fr", ("block",), "the whole edition")
    ]


def test_texts_of_one_language_are_compared_with_their_own() -> None:
    def text(public: str, own: str) -> str:
        parts = (
            f"[paragraph] {public}\n[close] c\n",
            f"[paragraph] {own}\n[enclosure] e\n[close] c\n",
        )
        return "letters-text-1\n" + "".join(f"== en {len(part)}\n{part}" for part in parts)

    assert weigh(text("lite", "lite"), text("light", "light"), ()).kinds == ()
    found = weigh(text("two", "two"), text("five", "five"), ())
    assert [(t.kinds, t.went, t.came) for t in found.touches] == [(("number",), "two", "five")]
    one = combined("en", "[paragraph] two\n[close] c\n")
    assert weigh(one, text("two", "two"), ()).kinds == ("block",)
    assert weigh(text("two", "two"), one, ()).kinds == ("block",)


def test_each_recipients_text_is_compared_with_its_own() -> None:
    def text(told: dict[str, str]) -> str:
        parts = [f"[recipient] {who}\n[paragraph] {words}\n" for who, words in told.items()]
        return "letters-text-1\n" + "".join(f"== en {len(part)}\n{part}" for part in parts)

    before = {"a": "one path", "b": "two paths", "c": "teh paths"}
    assert weigh(text(before), text(before | {"c": "the paths"}), ()).kinds == ()
    found = weigh(text(before), text(before | {"b": "nine paths"}), ())
    assert [(t.went, t.came) for t in found.touches] == [("two", "nine")]


def test_languages_without_words_still_know_digits_names_and_asks() -> None:
    assert kinds("xx", "gobulo 5", "gobulo 6") == {"number"}
    assert kinds("xx", "gobulo Muri", "gobulo Mura") == {"name"}
    assert kinds("xx", "gobulo", "gobula", "[ask 1]\n  [paragraph]") == {"ask"}


def test_a_region_has_the_words_of_its_language() -> None:
    assert kinds("fr-CA", "deux gens", "trois gens") == {"number"}
    assert weighty_words.words("fr-CA").marks("deux") == weighty_words.words("fr").marks("deux")
