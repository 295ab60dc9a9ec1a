"""The small words around a month, as people type them: spellings that calendars leave out, "month", "last month", "of".

They are what a one-line submission may hold besides a figure and what it is of; a text with any other word is ordinary
talk. Accents and capitals do not count.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from locales import tags

_VIETNAMESE = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")


@dataclass(frozen=True)
class SmallWords:
    """Those of one language. `month` takes a number, "tháng 10"; `names` are months by further names."""

    month: tuple[str, ...]
    last: tuple[str, ...]
    fillers: tuple[str, ...]
    names: Mapping[str, int] = field(default_factory=dict)


def _words(month: str, last: str, fillers: str, names: Mapping[str, int] | None = None) -> SmallWords:
    """The words of a language from lists with commas."""
    return SmallWords(_listed(month), _listed(last), _listed(fillers), names or {})


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split(", "))


SMALL_WORDS: Mapping[str, SmallWords] = MappingProxyType(
    {
        "en": _words("month", "last month", "for, in, of, the, was, is, we used, used, total", {"sep": 9, "sept": 9}),
        "es": _words(
            "mes",
            "mes pasado, último mes",
            "de, del, en, el, la, los, las, es, fue, fueron, para, total",
            {"setiembre": 9, "set": 9},
        ),
        "pt": _words("mês", "mês passado, último mês", "de, do, da, em, no, na, o, a, foi, é, para, total, mês de"),
        "fr": _words(
            "mois",
            "mois dernier",
            "de, du, d', l', le, la, les, en, au, pour, est, total",
            {"janv": 1, "fév": 2, "févr": 2, "avr": 4, "juil": 7, "sept": 9},
        ),
        "zh": _words("月份", "上个月, 上月", "的, 是, 为, 了, 用了, 用量, 共, 总计"),
        "vi": SmallWords(
            ("tháng", "thg", "th"),
            ("tháng trước", "tháng rồi", "tháng vừa qua"),
            ("của", "trong", "là", "cho", "tổng", "tiêu thụ", "dùng"),
            {
                **{f"tháng {word}": place for place, word in enumerate(_VIETNAMESE, start=1)},
                "tháng giêng": 1,
                "tháng bốn": 4,
                "tháng chạp": 12,
            },
        ),
        "hi": _words(
            "महीना, महीने, माह",
            "पिछले महीने, पिछला महीना, गत माह",
            "में, का, की, के, है, कुल, महीने में, माह में",
            {"अक्तूबर": 10, "सितम्बर": 9, "नवम्बर": 11, "दिसम्बर": 12, "फ़रवरी": 2, "फरवरी": 2},
        ),
        "bn": _words(
            "মাস", "গত মাসে, গত মাস, গত মাসের", "এর, মাসে, মাসের, মোট, হলো, ছিল", {"জানুয়ারি": 1, "ফেব্রুয়ারি": 2, "আগষ্ট": 8}
        ),
        "id": _words(
            "bulan, bln",
            "bulan lalu, bulan kemarin",
            "di, untuk, pada, adalah, total, yang, ini",
            {"agu": 8, "agt": 8, "nopember": 11, "nop": 11, "pebruari": 2, "sept": 9},
        ),
        "tr": _words("ay", "geçen ay", "ayı, ayında, ayının, ayda, için, toplam, 'de, 'da, 'te, 'ta"),
        "ar": _words("شهر, لشهر", "الشهر الماضي, الشهر السابق", "في, من, هو, هي, كان, كانت, إجمالي, لشهر, بشهر"),
        "th": _words("เดือน", "เดือนที่แล้ว, เดือนก่อน", "ของ, ใน, คือ, เป็น, รวม, ประจำ, ใช้, ไป, ที่ใช้", {"กรกฏาคม": 7}),
    }
)
"""By the language's code without territory or script."""


def small_words(language: str) -> Iterator[SmallWords]:
    """Those of a language, then those of English, which is typed everywhere."""
    for code in dict.fromkeys((*tags.codes(language)[-1:], tags.SOURCE)):
        if code in SMALL_WORDS:
            yield SMALL_WORDS[code]
