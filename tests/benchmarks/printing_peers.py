"""The same pages and photographs with other makers of PDF files; runs under a Python that has them.

    PYTHON printing_peers.py reportlab|weasyprint|fpdf2 FOLDER

Each page has a title, paragraphs and one photograph, on A4, in the way that the library is quickest at.
Prints the seconds from the call to the finished file: the library is loaded before.
"""

import html
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

WIDTH_MM, HEIGHT_MM = 210, 297
INSIDE_MM, PHOTO_MM = 25, 75

Pages = list[tuple[list[str], Path]]
"""The words of each page, the title first, and its photograph."""


def by_reportlab() -> Callable[[Pages, Path], None]:
    from reportlab import rl_config  # type: ignore[import-not-found,import-untyped,unused-ignore]
    from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-not-found,import-untyped,unused-ignore]
    from reportlab.lib.units import mm  # type: ignore[import-not-found,import-untyped,unused-ignore]
    from reportlab.platypus import (  # type: ignore[import-not-found,import-untyped,unused-ignore]
        Image,
        PageBreak,
        Paragraph,
        SimpleDocTemplate,
    )

    def make(pages: Pages, target: Path) -> None:
        rl_config.useA85 = 0
        title = ParagraphStyle("title", fontName="Times-Bold", fontSize=14, leading=20, spaceAfter=6)
        body = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=14, alignment=4)
        story: list[Any] = []
        for (heading, *paragraphs), photo in pages:
            story.append(Paragraph(html.escape(heading), title))
            story += [Paragraph(html.escape(each), body) for each in paragraphs]
            story += [Image(str(photo), width=PHOTO_MM * mm, height=PHOTO_MM * 2 / 3 * mm), PageBreak()]
        edge = INSIDE_MM * mm
        SimpleDocTemplate(
            str(target), pagesize=(WIDTH_MM * mm, HEIGHT_MM * mm), leftMargin=edge, rightMargin=edge,
            topMargin=edge, bottomMargin=edge,
        ).build(story)  # fmt: skip

    return make


def by_weasyprint() -> Callable[[Pages, Path], None]:
    from weasyprint import HTML  # type: ignore[import-not-found,import-untyped,unused-ignore]

    style = (
        f"<style>@page {{ size: {WIDTH_MM}mm {HEIGHT_MM}mm; margin: {INSIDE_MM}mm }}"
        f" body {{ font: 10pt/14pt serif; text-align: justify }} img {{ width: {PHOTO_MM}mm }}"
        " h1 { break-before: page; font-size: 14pt }</style>"
    )

    def make(pages: Pages, target: Path) -> None:
        parts = [style]
        for (heading, *paragraphs), photo in pages:
            words = "".join(f"<p>{html.escape(each)}</p>" for each in paragraphs)
            parts.append(f"<h1>{html.escape(heading)}</h1>{words}<img src='{photo.as_uri()}'>")
        HTML(string="".join(parts)).write_pdf(str(target))

    return make


def by_fpdf2() -> Callable[[Pages, Path], None]:
    from fpdf import FPDF  # type: ignore[import-not-found,import-untyped,unused-ignore]

    def make(pages: Pages, target: Path) -> None:
        pdf = FPDF(format=(WIDTH_MM, HEIGHT_MM))
        pdf.set_margins(INSIDE_MM, INSIDE_MM)
        for (heading, *paragraphs), photo in pages:
            pdf.add_page()
            pdf.set_font("Times", "B", 14)
            pdf.multi_cell(0, 7, heading, new_x="LMARGIN", new_y="NEXT")
            pdf.set_font("Times", "", 10)
            for each in paragraphs:
                pdf.multi_cell(0, 5, each, align="J", new_x="LMARGIN", new_y="NEXT")
            pdf.image(str(photo), w=PHOTO_MM)
        pdf.output(str(target))

    return make


def main() -> None:
    peer, folder = sys.argv[1], Path(sys.argv[2])
    words = json.loads((folder / "texts.json").read_text())
    pages = list(zip(words, sorted((folder / "photos").iterdir()), strict=True))
    make = {"reportlab": by_reportlab, "weasyprint": by_weasyprint, "fpdf2": by_fpdf2}[peer]()
    began = time.perf_counter()
    make(pages, folder / f"{peer}.pdf")
    print(time.perf_counter() - began)


if __name__ == "__main__":
    main()
