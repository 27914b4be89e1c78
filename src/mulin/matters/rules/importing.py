"""What a list of former matters may say: its columns by all the titles they are known by, and its words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import TypeVar

from mulin.kernel.sheets import Column, plain
from mulin.matters.rules.moves import Outcome


def _column(key: str, english: str, chinese: str, *also: str, required: bool = False) -> Column:
    return Column(key, english, chinese, required, also)


COLUMNS = (
    _column(
        "kind",
        "Kind",
        "事项类别",
        "类别",
        "事项类型",
        "类型",
        "问题类型",
        "分类",
        "小类",
        "事件类型",
        "type",
        "category",
        required=True,
    ),
    _column(
        "text",
        "What is the matter",
        "问题描述",
        "描述",
        "内容",
        "事项内容",
        "反映内容",
        "诉求内容",
        "事件描述",
        "description",
        "text",
        required=True,
    ),
    _column(
        "place",
        "Place",
        "所属网格",
        "网格",
        "社区",
        "所属社区",
        "区域",
        "所属区域",
        "area",
        "grid",
        "community",
        required=True,
    ),
    _column(
        "reported",
        "Reported on",
        "上报时间",
        "受理时间",
        "登记时间",
        "反映时间",
        "来电时间",
        "上报日期",
        "受理日期",
        "reported",
        "opened",
        "created",
        required=True,
    ),
    _column(
        "closed",
        "Closed on",
        "办结时间",
        "结案时间",
        "完成时间",
        "办结日期",
        "结案日期",
        "closed",
        "resolved",
        required=True,
    ),
    _column("outcome", "Outcome", "办理结果", "结果", "是否解决", "办结情况", "result"),
    _column(
        "done", "What was done", "处理情况", "办理情况", "处理结果", "答复", "回复内容", "处置情况", "answer"
    ),
    _column("title", "Title", "标题", "主题", "事项名称", "事项标题", "subject"),
    _column("address", "Address", "详细地址", "地址", "地点", "位置", "事发地点", "location"),
    _column("channel", "Channel", "来源渠道", "来源", "渠道", "上报方式", "受理方式", "source"),
    _column(
        "handler",
        "Handled by",
        "承办单位",
        "处理单位",
        "责任单位",
        "办理单位",
        "处置部门",
        "handler",
        "department",
    ),
    _column("name", "Reporter's name", "反映人", "姓名", "联系人", "来电人", "上报人", "reporter"),
    _column("phone", "Reporter's phone", "联系电话", "电话", "手机", "手机号", "联系方式", "phone"),
    _column("rating", "Rating (1 to 5)", "满意度", "评分", "评价", "满意度评价", "rating"),
    _column("promised", "Promised by", "承诺时限", "办理时限", "截止时间", "处理期限", "deadline"),
    _column(
        "former", "Former number", "原编号", "编号", "工单号", "事项编号", "案卷编号", "工单编号", "number"
    ),
    _column("lon", "Longitude", "经度", "lng", "longitude"),
    _column("lat", "Latitude", "纬度", "latitude"),
)
BY_KEY = {column.key: column for column in COLUMNS}
REQUIRED = tuple(column.key for column in COLUMNS if column.required)
TRANSLATED = ("kind", "place", "outcome", "channel", "handler")
"""Columns of words that may be others than ours; the importer says what each means here."""

OUTCOME_WORDS: Mapping[Outcome, tuple[str, ...]] = {
    Outcome.SOLVED: (
        "solved",
        "resolved",
        "done",
        "fixed",
        "已解决",
        "解决",
        "是",
        "办结",
        "已办结",
        "已完成",
        "属实已处理",
    ),
    Outcome.NOT_OURS: ("not ours", "非本级职责", "非职责范围", "不属于职责范围", "转其他单位"),
    Outcome.NOT_FEASIBLE: ("not feasible", "无法解决", "未解决", "不能解决", "暂无法解决", "否"),
    Outcome.SETTLED_BY_ITSELF: ("settled by itself", "自行解决", "自行消除"),
    Outcome.DUPLICATE: ("duplicate", "重复", "重复件", "重复反映"),
}
CHANNEL_WORDS: Mapping[str, tuple[str, ...]] = {
    "portal": ("web", "app", "网上", "小程序", "微信", "网络"),
    "patrol": ("patrol", "巡查", "网格员上报", "网格巡查", "巡查发现"),
    "window": ("window", "walk-in", "窗口", "来访", "上门"),
    "phone": ("phone", "call", "hotline", "电话", "热线", "12345", "来电"),
}
RATING_WORDS: Mapping[int, tuple[str, ...]] = {
    5: ("very satisfied", "非常满意", "很满意"),
    4: ("satisfied", "满意"),
    3: ("fairly satisfied", "基本满意", "一般"),
    2: ("dissatisfied", "不满意"),
    1: ("very dissatisfied", "非常不满意", "很不满意"),
}

EARLIEST = 2000
MORNING, EVENING = time(9), time(18)
"""Where a list knows only the day: it came in in the morning, and was closed in the evening."""

_DATE = re.compile(
    r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*日?"
    r"(?:[T\s]*(?P<H>\d{1,2})\s*[:：时点]\s*(?P<M>\d{1,2})?\s*[:：分]?\s*(?P<S>\d{1,2})?(?:\.\d+)?\s*秒?)?"
)
_CLOSE = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:(?P<H>\d{2})(?P<M>\d{2})(?P<S>\d{2})?)?")


IMPORTED = "import"
"""The channel of what came in before there was this house, where the list does not say."""


class Wrong(StrEnum):
    """What may be wrong with a row; `matters.labels` has the words."""

    COLUMNS = "columns"
    OPEN = "open"
    MISSING = "missing"
    DATE = "date"
    FUTURE = "future"
    LONG_AGO = "long_ago"
    ORDER = "order"
    UNKNOWN = "unknown"
    OUTSIDE = "outside"
    TOO_LONG = "too_long"
    PHONE = "phone"
    RATING = "rating"
    SPOT = "spot"
    TWICE = "twice"
    AGAIN = "again"
    DISAGREE = "disagree"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the titles of a table stand (from 0), and which column holds what."""

    header: int
    columns: Mapping[str, int]


def layout(rows: Sequence[Sequence[str]], within: int = 10) -> Layout:
    """Guess it: the row that has most of the known titles; without any, the first that is well filled."""
    best = Layout(_fullest(rows[:within]), {})
    for at, cells in enumerate(rows[:within]):
        found = columns_of(cells)
        if len(found) > len(best.columns):
            best = Layout(at, found)
    return best


def columns_of(titles: Sequence[str]) -> dict[str, int]:
    """Each known column by its best title: our own words before others, the left before the right."""
    names = {name: place for place, name in reversed([*enumerate(map(plain, titles))]) if name}
    found: dict[str, int] = {}
    for column in COLUMNS:
        for title in (column.key, column.title_en, column.title_zh, *column.also):
            place = names.get(plain(title))
            if place is not None and place not in found.values():
                found[column.key] = place
                break
    return found


def _fullest(rows: Sequence[Sequence[str]]) -> int:
    """The first row that has as many cells with something in them as any."""
    counts = [sum(1 for cell in cells if cell) for cells in rows]
    return counts.index(max(counts)) if counts else 0


def moment(text: str, *, day_at: time) -> datetime | None:
    """A date as lists write it, with or without a time, in local time; None for anything else."""
    found = _DATE.fullmatch(text.strip()) or _CLOSE.fullmatch(text.strip())
    if not found:
        return None
    y, m, d, hour, minute, second = (int(found[name]) if found[name] else None for name in "ymdHMS")
    try:
        if hour is None:
            return datetime.combine(datetime(y or 0, m or 0, d or 0), day_at)  # noqa: DTZ001 - local, as the list is
        return datetime(y or 0, m or 0, d or 0, hour, minute or 0, second or 0)  # noqa: DTZ001 - as above
    except ValueError:
        return None


def outcome(text: str) -> Outcome | None:
    return _named(text, OUTCOME_WORDS)


def channel(text: str) -> str | None:
    return _named(text, CHANNEL_WORDS)


def rating(text: str) -> int | None:
    """One to five, as a figure, as stars or in words."""
    found = re.fullmatch(r"([1-5])\s*(?:[星分]|stars?|/\s*5)?", text.strip())
    return int(found[1]) if found else _named(text, RATING_WORDS)


def number(text: str, most: float) -> float | None:
    """A degree, within its bounds."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if -most <= found <= most else None


T = TypeVar("T")


def _named(text: str, words: Mapping[T, Sequence[str]]) -> T | None:
    wanted = plain(text)
    return next((key for key, names in words.items() if any(plain(name) == wanted for name in names)), None)
