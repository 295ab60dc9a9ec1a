"""A chart and a summary as a manager would get them, in Spanish and Vietnamese."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from handlers.summaries.axis import steps
from handlers.summaries.chart import Chart, Legend, Limit, Point, Tick
from handlers.summaries.report import Chapter, Column, Line, Period, Section, SummaryReport, Table

LIMIT = Decimal(12_500)


def chart(values: Sequence[int | None] = (11_800, None, 14_120)) -> Chart:
    """A chart in Spanish; a value above the limit is beyond it, and the last one is an estimate."""
    known = [None if value is None else Decimal(value) for value in values]
    points = [
        Point(f"mes {number}", value, "" if value is None else f"{value:n}", beyond=value is not None and value > LIMIT)
        for number, value in enumerate(known, start=1)
    ]
    ticks = tuple(Tick(step, f"{step:n}") for step in steps([*known, LIMIT]))
    legend = Legend("Medido", "Estimado", "Falta el dato", "Por encima del límite")
    return Chart(
        "Consumo de electricidad", "kWh al mes", tuple(points), ticks, Limit(LIMIT, "Límite 12 500 kWh"), legend
    )


def vietnamese(rows: int = 3) -> SummaryReport:
    """A report with a table of so many rows and nobody stuck."""
    columns = (Column("Cơ sở", share=2), Column("Giá trị", "end"), Column("Hạn chót"))
    body = tuple((f"Nhà máy may Bình Dương {row}", "14.120 kWh", "5/12/2026") for row in range(1, rows + 1))
    return SummaryReport(
        language="vi",
        programme="Dệt may xanh",
        title="Báo cáo tuần",
        period=Period("2026-W47", date(2026, 11, 16), date(2026, 11, 22), "Tuần 47, từ 16 đến 22 tháng 11 năm 2026"),
        made_at=datetime(2026, 11, 23, 0, 5, tzinfo=UTC),
        headline=("9 trên 12 cơ sở đã gửi số liệu tháng 10; 3 cơ sở còn thiếu.",),
        changed=Section("Có gì thay đổi", (Line("Điện tiêu thụ ≥ giới hạn → hành động khắc phục đã mở.", "limits"),)),
        needs_you=Section("Cần bạn quyết định", (Line("Phê duyệt gia hạn đến ngày 5 tháng 12 năm 2026."),)),
        stuck=Section("Ai đang vướng mắc", ()),
        empty="Tuần này không có gì.",
        page_label="Trang {page} / {pages}",
        footer=("Dấu vân tay dữ liệu: 3f9a 71c2",),
        page_of="trang {page}",
        chapters=(
            Chapter(
                "limits",
                "Giới hạn",
                ("Một giới hạn bị vượt.",),
                (chart(),),
                (
                    Table("Vượt giới hạn", columns, body, "So với giới hạn của từng cơ sở."),
                    Table("Ý tưởng", columns, ()),
                ),
            ),
        ),
    )
