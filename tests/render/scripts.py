"""One page for each script that the PDF is written in, with words of other scripts in between as people's names are."""

from dataclasses import dataclass, replace
from decimal import Decimal

from handlers.status.card import Trend
from handlers.summaries.chart import Point
from handlers.summaries.report import Chapter, Column, Line, Section, SummaryReport, Table, Tile
from tests.render.samples import vietnamese


@dataclass(frozen=True)
class Words:
    """The texts of a page: `line` holds numbers, brackets and a foreign name."""

    title: str
    line: str
    short: str


WORDS = {
    "en": Words(
        "Weekly summary",
        "Electricity in October 2026 is 16,500 kWh (ISO 14001:2015), 10 % above its limit.",
        "Who is stuck",
    ),
    "vi": Words(
        "Báo cáo tuần",
        "Điện tiêu thụ tháng 10 năm 2026 là 16.500 kWh (ISO 14001:2015), vượt giới hạn 10 %.",
        "Ai đang vướng mắc",
    ),
    "tr": Words(
        "Haftalık özet", "Ekim 2026 elektrik tüketimi 16.500 kWh (ISO 14001:2015), sınırın %10 üstünde.", "Kim takıldı"
    ),
    "ru": Words(
        "Итоги недели", "Электроэнергия в октябре 2026 г.: 16 500 кВт·ч (ISO 14001:2015), на 10 % выше.", "Кому помочь"
    ),
    "zh": Words(
        "每周摘要",
        "二〇二六年十月用电量为16,500千瓦时（ISO 14001:2015），超过限额10%，请经理在十二月五日前决定，并告知负责人。",
        "谁遇到困难",
    ),
    "hi": Words(
        "साप्ताहिक सारांश",
        "अक्टूबर 2026 में बिजली की खपत 16,500 kWh (ISO 14001:2015), सीमा से 10 % अधिक। क्षेत्र, विद्युत, श्रमिक।",
        "किसे मदद चाहिए",
    ),
    "bn": Words(
        "সাপ্তাহিক সারসংক্ষেপ",
        "অক্টোবর ২০২৬-এ বিদ্যুৎ ১৬,৫০০ kWh (ISO 14001:2015), সীমার ১০ % বেশি। ক্ষেত্র, শ্রমিক, স্বাস্থ্য।",
        "কে আটকে আছে",
    ),
    "th": Words(
        "สรุปประจำสัปดาห์",
        "การใช้ไฟฟ้าเดือนตุลาคม 2026 คือ 16,500 kWh (ISO 14001:2015) เกินขีดจำกัดร้อยละ 10 ที่ปั๊มน้ำ",
        "ใครติดขัด",
    ),
    "ar": Words(
        "الملخص الأسبوعي",
        "استهلاك الكهرباء في أكتوبر ٢٠٢٦ هو 16,500 كيلوواط ساعة (ISO 14001:2015)، أعلى من الحد بنسبة 10%.",
        "من يحتاج إلى مساعدة",
    ),
}


def trend(name: str) -> Trend:
    """Three periods: one measured, one missing, one estimated and beyond the limit."""
    points = (Point("", Decimal(9)), Point("", None), Point("", Decimal(14), mark="estimated", beyond=True))
    return Trend(name, "", (), points, limit=Decimal(12), target=Decimal(10))


def report(language: str) -> SummaryReport:
    """The page of a language: the same layout, every text in its own script."""
    words, usual = WORDS[language], vietnamese(1)
    table = Table(
        words.short,
        (Column(words.title, share=2), Column("kWh", "end"), Column(words.short)),
        ((f"{words.short} – Łódź", "16,500", words.line), ("Xưởng Bắc Ninh", "14,120", words.short)),
        words.line,
        (trend(words.short), None),
        words.short,
    )
    bars = replace(usual.chapters[0].charts[0], title=words.line, unit=words.short, language=language)
    return replace(
        usual,
        language=language,
        programme=words.short,
        title=words.title,
        period=replace(usual.period, said=f"{words.title} 47"),
        headline=(words.line,),
        tiles=(
            Tile(words.short, "87 %", words.line[:28]),
            Tile("Amina Tran", "4", words.short, loud=True),
            Tile(words.title, "16,500", words.short),
        ),
        changed=Section(words.title, (Line(words.line, "limits"), Line(f"{words.short} (Amina Tran)"))),
        needs_you=Section(words.short, (Line(f"{words.line} {words.line}", "limits"),)),
        stuck=Section(words.short, ()),
        empty=words.short,
        page_label=words.short + " {page} / {pages}",
        footer=(words.line,),
        page_of=words.short + " {page}",
        legend=words.line,
        chapters=(Chapter("limits", words.title, (words.line,), (bars,), (table,)),),
    )
