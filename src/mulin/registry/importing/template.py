"""The template that is given out: titles, an example that is never taken in, and the code lists."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from django.utils import translation
from django.utils.translation import gettext as _

from mulin.kernel import sheets
from mulin.registry.importing.columns import CODED, COLUMNS, LANGUAGES, TITLES
from mulin.registry.importing.upload import EXAMPLE
from mulin.registry.models.importing import ListKind

_EXAMPLES: Mapping[str, Mapping[str, str]] = {
    ListKind.HOMES: {
        "within": "龙泉社区", "building": "3号楼", "unit": "2单元", "number": "302", "floor": "3", "use": "owner",
        "square_metres": "86.5", "name": "张三", "relation": "0", "document_kind": "111",
        "document": "990402198005170019", "sex": "1", "born_on": "1980-05-17", "phone": "13900000000",
        "nationality": "CHN", "education": "60", "marital": "20", "kind": "01", "from_on": "2015-09-01",
    },
    ListKind.MERCHANTS: {
        "within": "龙泉社区", "building": "3号楼", "name": "便民超市", "kind": "shop", "trade": "grocery",
        "operator_name": "李四", "operator_phone": "13900000000", "staff_count": "2", "lives_in": "否",
    },
}  # fmt: skip


def workbook(kind: str) -> bytes:
    """As Excel, in the language of the reader: the list, and beside it what may stand where."""
    columns = COLUMNS[kind]
    titles = [f"{column.title} *" if column.required else column.title for column in columns]
    main = sheets.Out(str(TITLES[ListKind(kind)]), titles, [_example(kind)])
    return sheets.write(
        [main, sheets.Out(_("Codes"), (_("Column"), _("Code"), "English", "中文"), _codes(kind))]
    )


def text(kind: str) -> bytes:
    """As CSV in UTF-8 with its mark, by which Excel knows it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.title for column in COLUMNS[kind]])
    writer.writerow(_example(kind))
    return out.getvalue().encode("utf-8-sig")


def _example(kind: str) -> list[str]:
    """A row that is passed over: its first cell begins with a star."""
    said = [_EXAMPLES[kind].get(column.key, "") for column in COLUMNS[kind]]
    return [f"{EXAMPLE} {_('Example, is not taken in')}: {said[0]}", *said[1:]]


def _codes(kind: str) -> Iterator[tuple[str, str, str, str]]:
    titles = {column.key: column.title for column in COLUMNS[kind]}
    for key, codes in CODED[kind].items():
        labels = [_labels(code.label) for code in codes]
        for code, (english, chinese) in zip(codes, labels, strict=True):
            yield (titles[key], code.value, english, chinese)


def _labels(label: object) -> tuple[str, str]:
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found.append(str(label))
    return found[0], found[1]
