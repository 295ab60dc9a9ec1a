"""The certificate: one page, every font embedded, the learner's name whole, the same bytes for the same values."""

import pypdfium2  # type: ignore[import-untyped]
import pytest

from bot.render.certificate import certificate_pdf
from handlers.training.certificate import Certificate, certificate_from

VALUES = {
    "language": "vi",
    "programme": "Fair Thread 2026",
    "title": "Chứng nhận",
    "awarded": "Chứng nhận rằng",
    "name": "Amina Tran",
    "site": "Song Cau Bac Ninh",
    "passed": "đã hoàn thành khóa học",
    "course": "Đo điện năng",
    "lines": ["Đạt ngày 23 tháng 11, 2026.", "Có giá trị đến 23 tháng 11, 2028."],
    "number": "Chứng nhận số 17",
}


def certificate(**other: str) -> Certificate:
    return certificate_from({**VALUES, **other})


def pages(made: Certificate) -> list[str]:
    """The words of each page, and the titles of the file before them."""
    with pypdfium2.PdfDocument(certificate_pdf(made)) as document:
        titles = [document.get_metadata_value(name) for name in ("Title", "Author")]
        return [" ".join(titles), *(" ".join(page.get_textpage().get_text_range().split()) for page in document)]


def test_everything_stands_on_one_page_in_the_learners_language() -> None:
    titles, page = pages(certificate())
    for words in (*list(VALUES.values())[2:8], *VALUES["lines"], "Fair Thread 2026 · Chứng nhận số 17"):
        assert words in page
    assert titles == "Chứng nhận · Đo điện năng Fair Thread 2026"


def test_same_values_give_the_same_bytes() -> None:
    assert certificate_pdf(certificate()) == certificate_pdf(certificate())


@pytest.mark.parametrize("name", ["আমিনা ত্রান", "أمينة تران", "阿米娜", "Bartholomew Montgomery-Featherstonehaugh " * 3])
def test_name_in_any_script_and_of_any_length_leaves_one_page(name: str) -> None:
    assert len(pages(certificate(name=name))) == 2


def test_values_that_describe_no_certificate_are_refused() -> None:
    with pytest.raises(ValueError, match="course"):
        certificate_from({key: value for key, value in VALUES.items() if key != "course"})
