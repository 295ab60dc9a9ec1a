"""Which language a text is probably in, among those of a programme."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locales.detect import Detector

SENTENCES = {
    "en": "We sent the electricity bill for October yesterday, please check the figure.",
    "es": "Ayer enviamos la factura de la luz de octubre, por favor revise la cifra.",
    "vi": "Hôm qua chúng tôi đã gửi hóa đơn tiền điện tháng mười, xin hãy kiểm tra.",
    "pt-BR": "Enviamos ontem a conta de luz de outubro, por favor verifique o valor informado.",
    "fr": "Nous avons envoyé hier la facture d'électricité d'octobre, merci de vérifier le chiffre.",
    "id": "Kemarin kami sudah mengirim tagihan listrik bulan Oktober, tolong periksa angkanya.",
    "tr": "Ekim ayının elektrik faturasını dün gönderdik, lütfen rakamı kontrol edin.",
    "zh": "我们昨天已经发送了十月份的电费账单，请检查数字。",
    "hi": "हमने कल अक्टूबर का बिजली बिल भेजा था, कृपया आंकड़ा जांच लें।",
    "bn": "আমরা গতকাল অক্টোবরের বিদ্যুৎ বিল পাঠিয়েছি, অনুগ্রহ করে দেখুন।",
    "ar": "أرسلنا أمس فاتورة الكهرباء لشهر أكتوبر، يرجى التحقق من الرقم.",
    "th": "เมื่อวานเราส่งบิลค่าไฟเดือนตุลาคมแล้ว กรุณาตรวจสอบตัวเลข",
}
EVERY = Detector(list(SENTENCES))


@pytest.mark.parametrize("language", SENTENCES)
def test_a_whole_sentence_is_recognised_and_offered(language):
    found, probability = EVERY.detect(SENTENCES[language])
    assert found == language
    assert probability >= 0.9
    assert EVERY.offerable(SENTENCES[language]) == language


def test_the_answer_is_one_of_the_programmes_languages():
    few = Detector(["en", "es"])
    for sentence in SENTENCES.values():
        assert few.detect(sentence)[0] in {"en", "es", None}
    assert few.detect(SENTENCES["hi"]) == (None, 0.0)


def test_a_script_of_one_language_needs_no_more():
    assert Detector(["en", "hi"]).detect("धन्यवाद") == ("hi", 1.0)
    assert Detector(["en", "zh", "ja"]).detect("ありがとう、了解です")[0] == "ja"


def test_the_same_text_has_the_same_answer_every_time():
    answers = {Detector(["en", "es", "vi"]).detect("hola, todo bien") for _ in range(5)}
    assert len(answers) == 1


@pytest.mark.parametrize("text", ["", " ", "12500", "👍", "1.234,5", "...", "\x00", "http://x.test/a", "𝟙𝟚", "Ⅻ"])
def test_a_text_without_words_has_no_language(text):
    assert Detector(["en", "es", "hi"]).offerable(text) is None
    assert EVERY.detect(text)[0] is None or text.startswith("http")


def test_a_short_text_offers_nothing():
    assert EVERY.offerable("धन्यवाद") is None
    assert EVERY.offerable("gracias") is None


def test_a_language_without_a_profile_is_not_mistaken_for_its_neighbour():
    assert Detector(["en", "ha"]).detect(SENTENCES["en"]) == (None, 0.0)
    assert Detector(["xx", "en"]).detect(SENTENCES["en"])[0] == "en"


def test_two_tags_of_one_language_are_one_candidate():
    assert Detector(["es-MX", "es"]).detect(SENTENCES["es"])[0] == "es-MX"


def test_no_languages_give_no_answer():
    assert Detector([]).detect(SENTENCES["en"]) == (None, 0.0)


@settings(max_examples=100, deadline=None, database=None, derandomize=True)
@given(text=st.text(max_size=60))
def test_no_text_breaks_the_detector(text):
    language, probability = EVERY.detect(text)
    assert 0 <= probability <= 1.0001
    assert language in {*SENTENCES, None}
