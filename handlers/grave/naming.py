"""Words by which people clearly name something grave. Few, and plain: what is meant is asked, never assumed."""

import re
import unicodedata
from functools import cache

# What danger to life is called comes first, because there every minute counts.
NAMES: dict[str, tuple[str, ...]] = {
    "danger": (
        r"(is|are) (going to die|dying)",
        r"life is in danger",
        r"(doors?|exits?) (is|are) (locked|blocked).{0,40}(fire|smoke)",
        r"(fire|smoke|gas).{0,40}(trapped|locked in|cannot get out|can't get out)",
        r"peligro de (muerte|vida)",
        r"(se|nos|vamos a|va a|van a) (estan muriendo|morir)",
        r"(fuego|incendio|humo|gas).{0,40}(atrapad[oa]s?|encerrad[oa]s?)",
        r"nguy hiểm (đến )?tính mạng",
        r"(cháy|khói|khí độc).{0,40}(mắc kẹt|bị khóa|không ra được)",
        r"(sắp|đang) chết",
    ),
    "child_labour": (
        r"child(ren)? (labou?r|workers?)",
        r"(child(ren)?|kids?|(boy|girl)s? (of|aged) (\d|1[0-4])) (is|are|who|working|work|sew)",
        r"trabajo infantil",
        r"(nin[oa]s?|menores) (trabajan|trabajando|que trabajan|de \d+ anos trabaj\w+)",
        r"lao động trẻ em",
        r"(trẻ em|em bé|trẻ nhỏ|trẻ \d+ tuổi) (đang |phải )?(làm việc|lao động|đi làm)",
    ),
    "forced_labour": (
        r"forced (labou?r|to work|overtime)",
        r"(took|keeps?|kept|holds?|took away) (our|my|their|the workers'?) passports?",
        r"(not allowed|forbidden) to leave the (factory|site|dormitory)",
        r"trabajo forzoso",
        r"(nos|les|me) (obligan a trabajar|quitaron el pasaporte|quitaron los pasaportes|retienen el pasaporte)",
        r"lao động cưỡng bức",
        r"(bị )?ép (buộc )?(phải )?làm việc",
        r"giữ hộ chiếu",
    ),
    "harassment": (
        r"sexual(ly)? (harass\w*|abus\w*|assault\w*)",
        r"\b(raped?|raping)\b",
        r"(beats?|beat|hits?|harass(es|ed)?|touch(es|ed)?) (me|us|her|him|the (workers|women|girls))",
        r"acos(o|an|a|aron|ado|ada) (sexual|a las|a una|a un)",
        r"(me|nos|la|las) (acosan?|acoso|toca|golpea|pega|viol[oa])\b",
        r"quấy rối",
        r"(đánh đập|đánh) (tôi|chúng tôi|công nhân)",
        r"hiếp dâm",
    ),
}


def category_of(words: str) -> str:
    """The grave matter that these words clearly name; "" for none."""
    said = _plain(words)
    return next((name for name, patterns in _patterns().items() if any(one.search(said) for one in patterns)), "")


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    return {name: tuple(re.compile(_plain(one)) for one in patterns) for name, patterns in NAMES.items()}


def _plain(words: str) -> str:
    """In small letters without accents, since people on phones leave them out."""
    decomposed = unicodedata.normalize("NFD", words.casefold().replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
