"""The summary as a PDF: readable, complete, the same each time, and with nothing borrowed from the reader's machine."""

import json
import re
from dataclasses import replace

import pypdfium2  # type: ignore[import-untyped]
import pytest

from bot.render.pdf import summary_pdf
from handlers.summaries.report import Chapter, Line, Section, SummaryReport, Table, report_from, report_values
from tests.render.samples import chart, vietnamese


def pages(report: SummaryReport) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(summary_pdf(report)) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def limits() -> Chapter:
    """The only chapter of the sample."""
    return vietnamese().chapters[0]


def with_chapter(chapter: Chapter) -> SummaryReport:
    """The sample with this chapter in place of its own."""
    return replace(vietnamese(), chapters=(chapter,))


def sentences(report: SummaryReport) -> list[str]:
    boxes = (report.changed, report.needs_you, report.stuck)
    return [
        report.title,
        report.programme,
        *report.headline,
        *(text for box in boxes for text in (box.title, *(line.text for line in box.lines))),
    ]


def test_vietnamese_text_comes_back_out_of_the_pdf() -> None:
    text = "\n".join(pages(vietnamese()))
    for sentence in sentences(vietnamese()):
        assert sentence in text


def test_spanish_text_comes_back_out_of_the_pdf() -> None:
    line = "¿Quién está atascado? El año pasado, Ñuñoa; «más» de 1\u00a0000\u00a0€."
    text = "\n".join(pages(replace(vietnamese(), language="es", stuck=Section("Atascados", (Line(line),)))))
    assert line.replace("\u00a0", " ") in text.replace("\u00a0", " ")


def test_empty_box_and_empty_table_say_so() -> None:
    assert "\n".join(pages(vietnamese())).count("Tuần này không có gì.") == 2


def test_words_that_look_like_markup_are_shown_as_typed() -> None:
    text = pages(replace(vietnamese(), headline=("a < b & <b>c</b>",)))[0]
    assert "a < b & <b>c</b>" in text


def test_every_font_is_embedded_and_bold_is_a_font_of_its_own() -> None:
    data = summary_pdf(vietnamese())
    fonts = {name.split(b"+")[-1] for name in re.findall(rb"/BaseFont\s*/([^\s/]+)", data)}
    assert fonts == {b"CausewaySans-Regular", b"CausewaySans-Bold"}
    assert len(re.findall(rb"/FontFile2", data)) == len(re.findall(rb"/Type /FontDescriptor", data)) > 1
    assert b"Helvetica" not in data


def test_same_report_gives_the_same_bytes() -> None:
    assert summary_pdf(vietnamese()) == summary_pdf(vietnamese())


def test_file_says_its_title_language_and_date() -> None:
    data = summary_pdf(vietnamese())
    assert re.search(rb"/Lang\s*\(vi\)", data)
    with pypdfium2.PdfDocument(data) as document:
        about = document.get_metadata_dict()
        outline = [entry.get_title() for entry in document.get_toc()]
    assert about["Title"].startswith("Báo cáo tuần · Dệt may xanh")
    assert about["CreationDate"].startswith("D:20261123000500")
    assert outline == [
        "Có gì thay đổi",
        "Cần bạn quyết định",
        "Ai đang vướng mắc",
        "Giới hạn",
        "Consumo de electricidad",
        "Vượt giới hạn",
        "Ý tưởng",
    ]


def test_long_table_repeats_its_heading_and_every_page_is_counted() -> None:
    texts = pages(vietnamese(rows=120))
    assert len(texts) > 3
    for number, text in enumerate(texts, start=1):
        assert f"Trang {number} / {len(texts)}" in text
        assert "Dấu vân tay dữ liệu: 3f9a 71c2" in text
        assert number == 1 or "Tuần 47" in text
    assert all("Hạn chót" in text for text in texts[1:])
    rows = re.findall(r"Nhà máy may Bình Dương (\d+)", "\n".join(texts))
    assert [int(row) for row in rows] == list(range(1, 121))


def test_cell_taller_than_a_page_goes_on_over_the_next() -> None:
    words = " ".join(f"w{number}" for number in range(3000))
    table = Table("Ý tưởng", limits().tables[0].columns, ((words, "", "x" * 300),))
    texts = pages(with_chapter(replace(limits(), tables=(table,))))
    assert len(texts) > 2
    found = re.findall(r"\bw\d+\b", "\n".join(texts))
    assert found == words.split()


def test_long_box_goes_on_over_the_next_page() -> None:
    lines = tuple(Line(f"Phê duyệt {number}.") for number in range(100))
    texts = pages(replace(vietnamese(), needs_you=Section("Cần bạn", lines)))
    assert re.findall(r"Phê duyệt (\d+)", "\n".join(texts)) == [str(number) for number in range(100)]
    assert "Cần bạn" in texts[1]


@pytest.mark.parametrize("number", [0, 1, 2, 5])
def test_any_number_of_charts_is_set(number: int) -> None:
    assert "\n".join(pages(with_chapter(replace(limits(), charts=(chart(),) * number)))).count("kWh al mes") == number


def test_report_survives_the_way_through_json() -> None:
    assert report_from(json.loads(json.dumps(report_values(vietnamese())))) == vietnamese()


def test_row_with_a_missing_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="one text for each column"):
        replace(limits().tables[0], rows=(("only one",),))
