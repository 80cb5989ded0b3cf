"""Names in the order in which readers of each language look for them."""

from __future__ import annotations

import pytest

from letters.draft.collation import key

UKRAINIAN = "а б в г ґ д е є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ь ю я"
RUSSIAN = "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я"
PERSIAN = "آ ا ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ه ی"
ARABIC = "ا ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي"
HEBREW = "א ב ג ד ה ו ז ח ט י כ ל מ נ ס ע פ צ ק ר ש ת"
SPANISH = "a b c d e f g h i j k l m n ñ o p q r s t u v w x y z"
LATIN = SPANISH.replace("ñ ", "")


def in_order(names: list[str], tag: str) -> list[str]:
    """The names sorted, from the other end, so that equal ones show."""
    turned = list(reversed(names))
    return sorted(turned, key=lambda one: key(one, tag))


@pytest.mark.parametrize(
    ("tag", "alphabet"),
    [
        ("en", LATIN),
        ("fr-CA", LATIN),
        ("de", LATIN),
        ("es", SPANISH),
        ("uk", UKRAINIAN),
        ("ru", RUSSIAN),
        ("fa", PERSIAN),
        ("ar", ARABIC),
        ("he", HEBREW),
    ],
)
def test_letters_stand_in_the_order_of_the_alphabet(tag: str, alphabet: str) -> None:
    letters = alphabet.split()
    assert in_order(letters, tag) == letters
    # Whatever follows in the name: a letter of its own is no variant of another.
    names = [first + second for first in letters for second in (letters[0], letters[-1])]
    assert in_order(names, tag) == names
    capitals = [name.capitalize() for name in names]
    assert in_order(capitals, tag) == capitals


@pytest.mark.parametrize(
    ("tag", "names"),
    [
        ("en", ["Adam", "ähnlich", "de Vries", "Étienne", "Eve", "Łukasz", "Lund", "Öz", "Zidane"]),
        ("de", ["Ärmel", "Arndt", "Arzt", "Mueller", "Müller", "Muth", "Straße", "Strasser"]),
        ("fr", ["cote", "coté", "côte", "Côté", "Cotex", "L’Écuyer", "Lefèvre"]),
        ("es", ["Muna", "Munzo", "Muñoz", "Muoz", "Núñez"]),
        ("en", ["Muna", "Muñoz", "Munzo", "Muoz"]),
        ("uk", ["Гнат", "Гриць", "Ґалаґан", "Ігор", "Їжак", "Йосип", "Adam"]),
        ("ru", ["Елена", "Ёлкин", "Ершов", "Яшин", "Adam", "Zidane"]),
        ("en", ["Adam", "Zidane", "Яшин"]),
        ("fa", ["کاظمی", "كاوه", "نوری", "وکیل", "هاشمی", "یزدی", "Adam"]),
        ("he", ["אבן", "לוי", "Adam"]),
    ],
)
def test_names_stand_where_they_are_looked_for(tag: str, names: list[str]) -> None:
    assert in_order(names, tag) == names


def test_a_name_without_letters_has_a_place_too() -> None:
    assert sorted(["Ада", "007", ""], key=lambda one: key(one, "uk")) == ["Ада", "", "007"]
