"""What a list of homes or of merchants may say: its columns by all their titles, and the words for codes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from mulin.kernel.sheets import Column, plain
from mulin.registry.codes import (
    DocumentKind,
    Education,
    Hazard,
    HouseholdKind,
    Marital,
    MerchantKind,
    Reason,
    Relation,
    ResidenceKind,
    Sex,
    Trade,
    Use,
)
from mulin.registry.models.importing import ListKind

LANGUAGES = ("en", "zh-hans")


def _column(key: str, english: str, chinese: str, *also: str, required: bool = False) -> Column:
    return Column(key, english, chinese, required, also)


PLACE = (
    _column("within", "Community or grid", "所属社区或网格", "社区", "网格", "所属社区", "所属网格"),
    _column("building", "Building", "楼栋", "楼号", "楼栋号", "楼幢", required=True),
    _column("unit", "Entrance", "单元", "单元号", "unit"),
)
DOOR = (
    _column("number", "Door", "门牌号", "房号", "房间号", "户室", "室号", required=True),
    _column("floor", "Floor", "楼层", "层"),
    _column("use", "Use of the dwelling", "房屋用途", "用途"),
    _column("square_metres", "Square metres", "建筑面积", "面积"),
    _column("owner_name", "Owner's name", "房主姓名", "产权人", "房主"),
    _column("owner_phone", "Owner's phone", "房主电话", "产权人电话"),
)
HOUSEHOLD = (
    _column("household_number", "Household number", "户号", "户编号"),
    _column("household_kind", "Kind of household", "户类型", "户别"),
)
PERSON = (
    _column("name", "Name", "姓名"),
    _column("relation", "Relation to householder", "与户主关系", "关系"),
    _column("document", "Document number", "证件号码", "身份证号", "身份证号码", "公民身份号码", "证件号"),
    _column("document_kind", "Kind of document", "证件类型", "证件种类"),
    _column("document_until", "Document valid until", "证件有效期至", "证件有效期"),
    _column("sex", "Sex", "性别"),
    _column("born_on", "Date of birth", "出生日期", "生日", "出生年月日"),
    _column("phone", "Phone", "联系电话", "电话", "手机", "手机号", "联系方式"),
    _column("former_name", "Former name", "曾用名"),
    _column("latin_name", "Name in Latin letters", "外文姓名", "英文姓名"),
    _column("nationality", "Country (three letters)", "国籍代码", "国籍"),
    _column("registered_division", "Place of registration (code)", "户籍地代码", "户籍地行政区划代码"),
    _column("registered_address", "Registered address", "户籍地址", "户籍地详址", "户籍所在地"),
    _column("native_division", "Native place (code)", "籍贯代码", "籍贯"),
    _column("marital", "Marital status", "婚姻状况", "婚姻"),
    _column("education", "Education", "文化程度", "学历"),
    _column("occupation", "Occupation", "职业"),
    _column("workplace", "Place of work or school", "工作单位或学校", "工作单位", "服务处所", "学校"),
    _column("arrived_on", "Arrived in China", "入境日期", "抵华日期"),
    _column("leaves_on", "Expected to leave China", "拟离境日期", "预计离开日期"),
    _column("stay_purpose", "Purpose of the stay", "来华目的", "停留事由"),
)
STAY = (
    _column("kind", "Right to live there", "居住类型", "居住方式", "住所类型"),
    _column("reason", "Reason for living here", "居住事由", "流入原因"),
    _column("from_on", "Lives there since", "入住日期", "居住起始日期"),
    _column("permit", "Residence permit", "居住证号", "居住证"),
    _column("permit_until", "Permit valid until", "居住证有效期至", "居住证有效期"),
)
MERCHANT = (
    _column("name", "Name", "名称", "商户名称", "单位名称", "企业名称", required=True),
    _column("kind", "Kind", "类型", "主体类型"),
    _column("trade", "Trade", "行业", "经营类别", "行业类别"),
    _column("credit_code", "Credit code", "统一社会信用代码", "信用代码", "社会信用代码"),
    _column("licence", "Licence number", "许可证号", "营业执照号", "执照号"),
    _column("address", "Address", "地址", "经营地址"),
    _column("operator_name", "Who runs it", "经营者", "负责人", "法人", "经营者姓名"),
    _column("operator_phone", "Phone", "经营者电话", "联系电话", "电话", "负责人电话"),
    _column("safety_name", "Who looks after safety", "安全负责人", "消防负责人"),
    _column("safety_phone", "Phone for safety", "安全负责人电话", "消防负责人电话"),
    _column("staff_count", "People who work there", "从业人数", "人数"),
    _column("lives_in", "Somebody sleeps there", "是否住人", "住人"),
    _column("extinguishers", "Extinguishers in order", "灭火器是否有效", "灭火器"),
    _column("hazard", "Danger", "安全隐患", "隐患"),
    _column("lon", "Longitude", "经度"),
    _column("lat", "Latitude", "纬度"),
    _column("opened_on", "Opened", "开业日期", "成立日期"),
)
SHOP_DOOR = (_column("number", "Door", "门牌号", "房号", "铺号"),)

COLUMNS: Mapping[str, tuple[Column, ...]] = {
    ListKind.HOMES: (*PLACE, *DOOR, *HOUSEHOLD, *PERSON, *STAY),
    ListKind.MERCHANTS: (*PLACE, *SHOP_DOOR, *MERCHANT),
}
CODED: Mapping[str, Mapping[str, type[TextChoices]]] = {
    ListKind.HOMES: {
        "use": Use,
        "household_kind": HouseholdKind,
        "relation": Relation,
        "document_kind": DocumentKind,
        "sex": Sex,
        "marital": Marital,
        "education": Education,
        "kind": ResidenceKind,
        "reason": Reason,
    },
    ListKind.MERCHANTS: {"kind": MerchantKind, "trade": Trade, "hazard": Hazard},
}
# What is written in such lists besides the words of the code lists.
_ALSO: Mapping[type[TextChoices], Mapping[str, str]] = {
    Sex: {"男": "1", "女": "2", "m": "1", "f": "2"},
    Relation: {
        "户主": "0", "本人": "0", "配偶": "1", "妻": "1", "夫": "1", "妻子": "1", "丈夫": "1", "子": "2", "儿子": "2",
        "长子": "2", "次子": "2", "女": "3", "女儿": "3", "长女": "3", "次女": "3", "孙子": "4", "孙女": "4", "父": "5",
        "母": "5", "父亲": "5", "母亲": "5", "祖父": "6", "祖母": "6", "兄": "7", "弟": "7", "姐": "7", "妹": "7",
        "其他": "8", "非亲属": "8",
    },
    DocumentKind: {"身份证": "111", "居民身份证": "111", "护照": "414", "id card": "111", "passport": "414"},
    Use: {"自住": "owner", "出租": "rented", "空置": "empty", "空房": "empty", "群租": "shared", "商用": "shop"},
    Education: {
        "研究生": "10", "本科": "20", "大学本科": "20", "大专": "30", "大学专科": "30", "中专": "40", "高中": "60",
        "初中": "70", "小学": "80",
    },
    Marital: {"未婚": "10", "已婚": "20", "丧偶": "30", "离异": "40", "离婚": "40"},
    ResidenceKind: {"自有": "01", "自购": "01", "租赁": "02", "租房": "02", "租住": "02", "寄住": "03", "借住": "04"},
}  # fmt: skip


@cache
def words_of(codes: type[TextChoices]) -> Mapping[str, str]:
    """The code that a word stands for: the code itself, its label in either language, and what else is written."""
    found = {plain(word): code for word, code in _ALSO.get(codes, {}).items()}
    for language in LANGUAGES:
        with translation.override(language):
            found |= {plain(str(code.label)): code.value for code in codes}
    return found | {plain(code.value): code.value for code in codes}


def code_of(codes: type[TextChoices], word: str) -> str:
    """The code, or the word itself, which is no code then; "1" is also "01", and Excel forgets the first 0."""
    known = words_of(codes)
    said = plain(word)
    return known.get(said) or known.get(f"0{said}") or word


TITLES = {
    ListKind.HOMES: _("Households and residents"),
    ListKind.MERCHANTS: _("Merchants"),
}
