"""The staff list as a table: its columns, and what a cell may say. One row is one person on one seat."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from mulin.kernel.sheets import Column, plain
from mulin.posts.rules.roles import ROLES

AT_MOST = 500  # people whom one list changes: it is taken in as a whole, while everybody else waits for the database
ROWS = 5000
MASKED = "*"

COLUMNS = (
    Column("username", "User name", "用户名", also=("账号", "login")),
    Column("name", "Full name", "姓名", required=True, also=("name",)),
    Column("name_en", "Name in Latin letters", "拼音姓名", also=("拼音",)),
    Column("phone", "Phone", "手机号", also=("手机", "电话", "联系电话", "mobile")),
    Column("public_phone", "Phone for residents", "公开电话", also=("办公电话",)),
    Column("role", "Role", "岗位", required=True, also=("角色", "职务", "post")),
    Column("area", "Area", "所在区域", also=("区域", "网格", "place")),
    Column("organisation", "Organisation", "机构", also=("单位", "organization")),
    Column("from", "From", "起始日期", also=("开始日期",)),
    Column("until", "Last day", "最后一天", also=("截止日期", "until")),
    Column("answers", "Answers for", "负责楼栋", also=("负责区域",)),
    Column("home", "Belongs to", "所属区域"),
    Column("language", "Language", "语言"),
)
TITLES = {column.key: column for column in COLUMNS}
DETAILS = ("name", "name_en", "phone", "public_phone", "language")

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+00:00(?::00)?)?")
_BETWEEN = re.compile(r"[;；、\n]+")
_CODE = re.compile(r"(?<!\d)(\d{2,24})(?!\d)")
_LANGUAGES = {
    "中文": "zh-hans",
    "chinese": "zh-hans",
    "zhhans": "zh-hans",
    "zh": "zh-hans",
    "简体中文": "zh-hans",
}
_LANGUAGES |= {"english": "en", "en": "en", "英文": "en", "英语": "en"}

SAID = {
    "no_name": _("Please give a name."),
    "unknown_role": _("There is no such role. The sheet “Roles” of the empty list names them all."),
    "bad_day": _("This is no date. Write it like 2026-03-01."),
    "unknown_language": _("There is no such language."),
    "masked": _("This number is hidden behind asterisks. Write the whole number, or leave the cell empty."),
    "no_place": _("Say for which area or at which organisation."),
    "no_role": _("There is a place here but no role."),
}


def read_day(text: str) -> date | None:
    """2026-03-01, 2026/3/1, 2026.3.1, 2026年3月1日; raises ValueError for anything else, None where nothing is said."""
    if not text:
        return None
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    year, month, day = (int(part) for part in found.groups())
    if not 2000 <= year <= 2200:
        raise ValueError(text)
    return date(year, month, day)


def read_language(text: str) -> str:
    """The code of a language; raises KeyError where it is none of ours."""
    return _LANGUAGES[plain(text)] if text else ""


def read_role(text: str) -> str:
    """The code of a role by its code or its label in either language; raises KeyError."""
    return _roles_by_title()[plain(text)]


def read_code(text: str) -> str:
    """The code of an area in "Guangming North (370402005001)", or the text itself where it is one; else empty."""
    found = _CODE.findall(text)
    return (
        str(found[-1])
        if found and (text.strip() == found[-1] or text.rstrip(" )）").endswith(found[-1]))
        else ""
    )


def read_list(text: str) -> list[str]:
    """Several places in one cell."""
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def username_from(name_en: str) -> str:
    """ "Wang Fang" → "wang.fang"; empty where the name has nothing that a user name may have."""
    words = re.findall(r"[a-z0-9]+", name_en.lower().replace("'", ""))
    return ".".join(words)[:50]


@cache
def _roles_by_title() -> dict[str, str]:
    found = {plain(code): code for code in ROLES}
    for language in ("en", "zh-hans"):
        with override(language):
            found |= {plain(str(line.label)): line.code for line in ROLES.values()}
    return {title: code for title, code in found.items() if ROLES[code].anchor != "self"}
