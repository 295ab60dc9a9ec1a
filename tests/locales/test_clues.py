"""What is clearly named is known in every language that is offered, and what is ordinary is left in peace."""

import tomllib
from pathlib import Path

import pytest

from locales.clues import MATTERS, ClueFault, clue, faults, names, plain, words_path
from locales.translations import BUILT_IN, listed

TABLE: dict[str, dict[str, list[str]]] = tomllib.loads(Path(__file__).with_name("clues.toml").read_text("utf-8"))
LANGUAGES = listed([BUILT_IN])
# One that is not ready yet may lack words, but those that it has must be right.
WRITTEN = [code for code, language in LANGUAGES.items() if language.ready or words_path(code).exists()]


@pytest.mark.parametrize("code", WRITTEN)
def test_language_that_is_offered_has_words_for_every_matter(code: str) -> None:
    assert list(faults(code)) == []


@pytest.mark.parametrize("matter", MATTERS)
@pytest.mark.parametrize("code", WRITTEN)
def test_what_names_a_matter_is_known(code: str, matter: str) -> None:
    assert [said for said in TABLE[code][matter] if not names(said, matter)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_ordinary_names_nothing(code: str) -> None:
    assert TABLE[code]["ordinary"] and TABLE[code]["why"]
    assert [(said, matter) for said in TABLE[code]["ordinary"] for matter in MATTERS if names(said, matter)] == []
    assert [said for said in TABLE[code]["why"] if names(said, "blame")] == []


@pytest.mark.parametrize(
    ("written", "said", "found"),
    [
        ("lỗi con người", "Lỗi con người!", True),
        ("lỗi con người", "loi con nguoi", True),
        ("lỗi con người", "lôi con nguoi", True),
        ("lỗi con người", "lời con người", False),
        ("đánh tôi", "danh toi", True),
        ("đánh tôi", "dành tôi", False),
        ("nin[oa]s?", "niños", True),
        ("equivoc[oó]", "Equivocó", True),
        ("travail forcé", "travail forcée", False),
        ("assédio", "assediO", True),
        ("hit me", "hit metal", False),
        ("hit me", "whit me", False),
        ("işçi", "İŞÇİ", True),
        ("kapı", "KAPI", True),
        ("hit.{0,9}me", "hit\n  again: me", True),
        ("boys? of (\\d|1[0-4])", "boy of 12", True),
        ("童工", "这里有童工吗", True),
        ("แรงงานเด็ก", "มีแรงงานเด็กค่ะ", True),
        ("عمالة الأطفال", "وعماله اطفال", True),
        ("تحرش جنسي", "التحرّش الجنسي", True),
        ("تحرش", "تحرشات", False),
        ("बाल मज़दूर", "बाल मजदूर है", True),
        ("बाल मज़दूर", "बाल मज़दूरी", False),
        (r"बाल मज़दूर\w*", "बाल मज़दूरी है", True),
        ("যৌন হয়রানি", "যৌন হয়রানির কথা", True),
        ("শিশু", "শিশুকাল", False),
        (r"গায়ে\b.{0,9}হাত", "গায়ে, মানে হাত", True),
        (r"গায\b.{0,9}হাত", "গায়ে হাত", False),
        ("ग़?लती", "ग़लती", True),
        ("ग़?लती", "लती", False),
    ],
)
def test_clue_is_found_as_people_type_it(written: str, said: str, found: bool) -> None:
    assert (clue(written).search(plain(said)) is not None) is found


@pytest.mark.parametrize("written", ["Upper case", "(open", "(?P<name>x)", r"\W"])
def test_clue_that_cannot_be_read_is_refused(written: str) -> None:
    with pytest.raises(ClueFault):
        clue(written)
