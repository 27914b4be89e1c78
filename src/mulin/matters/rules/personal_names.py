"""What is likely somebody's name: a surname with a salutation, or after words that announce one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# The hundred or so most frequent ones, which are those of nine people in ten.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤葛康邢牛樊施温"
    "殷梅洪翟章鲁包齐乔庞伍岳聂兰焦俞耿褚詹左柳甄祝纪童阮项季霍舒屈梁冉倪柯管欧颜蓝路涂骆柴辛池窦裴申"
)
_DOUBLE = "欧阳|司马|上官|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|端木|南宫"
_TITLES = (
    "先生|女士|小姐|太太|师傅|老师|阿姨|大爷|大妈|大叔|大娘|大姐|大哥|大伯|大嫂|奶奶|爷爷|叔叔|婶婶|伯伯|"
    "书记|主任|医生|大夫|经理|老板|队长|警官|站长|所长|科长|局长|院长|校长|会计|律师|同志"
)
# Words that announce a name for certain, and those after which it must also end like one.
_SURE = "我叫|名叫|叫做|叫|姓名|联系人|本人"
_MAYBE = (
    "业主|邻居|住户|租客|租户|房东|户主|居民|报修人|投诉人|举报人|保安|网格员|楼长|楼栋长|网格长|"
    "老公|老婆|丈夫|妻子|儿子|女儿|母亲|父亲|是|找"
)
# No given name holds these: after a surname they make an ordinary word (高空, 马路, 金属, 白天).
_NO_NAME = frozenset(
    "的了在是有没不人个大小上下这那里面楼门路灯水电车道区房间屋号室层元物业垃圾井盖噪音空天色属温热速压度等级线地板墙"
    "桥树叶草河坡街巷口站场店厂校院库池桶箱杆管缆线维修坏破漏堵脏乱差吵闹响停放占挡烧火烟味臭为于到从被把让给就都也还"
    "又很太要会能可以应该已经正说叫问找来去回进出走跑住家们你我他她它谁什么怎哪几多少每各某此其之而且但或与及并如因所"
    "先生女士小姐师傅老主任理常方法向左右前后东西南北中内外旁边附近部分全体单双第围便案式法形正重头雨病档科题声量一二三四五六七八九十百千万零两半"
)
# What may follow a name: words that go with a person. Anything but a Han character may too.
_AFTER = frozenset("的说在家住把和又每经就让被给跟与也都总老常已还对从是不来去要会没有电手身号")
_HAN = re.compile("[\u4e00-\u9fff]")

_TITLED = re.compile(rf"(?P<name>(?:{_DOUBLE}|[{SURNAMES}])[\u4e00-\u9fff]{{0,2}}?)(?P<title>{_TITLES})")
_CUED = re.compile(
    rf"(?:(?P<sure>{_SURE})|(?P<maybe>{_MAYBE}))(?:[:： ]|是|叫){{0,2}}(?=[{SURNAMES}]|{_DOUBLE})"
)
_ONLY_SURNAME = re.compile(rf"(?<!百)姓(?=[{SURNAMES}])")
_SURNAME = re.compile(rf"{_DOUBLE}|[{SURNAMES}]")

_CAPITAL = r"[A-Z][a-z'’-]{1,20}"
_LATIN_TITLED = re.compile(
    rf"\b(?P<title>(?i:mrs|mr|ms|miss|mx|dr|prof|madam|sir))\b\.? {{0,2}}(?P<name>{_CAPITAL}(?: {_CAPITAL}){{0,2}})"
)
_LATIN_CUED = re.compile(
    rf"\b(?i:name is|name:|called|named|neighbou?r|landlord|landlady|tenant|owner|contact) {{1,2}}"
    rf"(?P<name>{_CAPITAL}(?: {_CAPITAL}){{0,2}})"
)


@dataclass(frozen=True)
class Name:
    """Where it stands; `title` is what may stay of it."""

    start: int
    end: int
    title: str
    chinese: bool


def names_in(plain: str) -> Iterator[Name]:
    """The surest first; they may overlap."""
    yield from _titled(plain)
    yield from _cued(plain)
    for match in _ONLY_SURNAME.finditer(plain):
        yield Name(match.end(), match.end() + 1, "", chinese=True)
    for match in _LATIN_TITLED.finditer(plain):
        yield Name(match.start(), match.end("name"), match["title"], chinese=False)
    for match in _LATIN_CUED.finditer(plain):
        yield Name(match.start("name"), match.end("name"), "", chinese=False)


def _titled(plain: str) -> Iterator[Name]:
    """王先生, 王秀英女士, 欧阳老师."""
    for match in _TITLED.finditer(plain):
        given = _SURNAME.sub("", match["name"], count=1)
        if not _NO_NAME & {*given}:
            yield Name(match.start(), match.end(), match["title"], chinese=True)


def _cued(plain: str) -> Iterator[Name]:
    """叫王芳, 业主李建国, 邻居是张三."""
    for match in _CUED.finditer(plain):
        surname = _SURNAME.match(plain, match.end())
        if surname and (end := _end_of_name(plain, surname.end(), sure=bool(match["sure"]))):
            yield Name(match.end(), end, "人", chinese=True)


def _end_of_name(plain: str, given: int, *, sure: bool) -> int:
    """Where a given name of one or two characters ends; 0 where there is none."""
    possible = [size for size in (2, 1) if _may_be_given(plain[given : given + size], size, sure=sure)]
    for size in possible:
        after = plain[given + size : given + size + 1]
        if not _HAN.match(after) or after in _AFTER:
            return given + size
    return given + possible[0] if sure and possible else 0


def _may_be_given(letters: str, size: int, *, sure: bool) -> bool:
    """Where a name was announced for certain, its last character may be any (孙悟空)."""
    if len(letters) != size or not all(map(_HAN.match, letters)):
        return False
    return not _NO_NAME & {*(letters[:1] if sure else letters)}
