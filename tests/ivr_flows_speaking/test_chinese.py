"""Mandarin and Cantonese words for values."""

from decimal import Decimal

import pytest

from ivr_flows.speaking import FILTERS


@pytest.mark.parametrize(
    ("given", "mandarin", "cantonese"),
    [
        (0, "零", "零"),
        (2, "二", "二"),
        (10, "十", "十"),
        (12, "十二", "十二"),
        (20, "二十", "二十"),
        (101, "一百零一", "一百零一"),
        (110, "一百一十", "一百一十"),
        (200, "两百", "二百"),
        (222, "两百二十二", "二百二十二"),
        (1001, "一千零一", "一千零一"),
        (1010, "一千零一十", "一千零一十"),
        (2002, "两千零二", "兩千零二"),
        (2200, "两千二百", "兩千二百"),
        (10_000, "一万", "一萬"),
        (10_001, "一万零一", "一萬零一"),
        (12_000, "一万两千", "一萬兩千"),
        (20_500, "两万零五百", "兩萬零五百"),
        (100_010, "十万零一十", "十萬零一十"),
        (101_000, "十万一千", "十萬一千"),
        (115_000, "十一万五千", "十一萬五千"),
        (220_000, "二十二万", "二十二萬"),
        (2_000_000, "两百万", "二百萬"),
        (100_000_001, "一亿零一", "一億零一"),
        (200_030_000, "两亿零三万", "兩億零三萬"),
        (1_000_000_000, "十亿", "十億"),
        (2 * 10**12, "两万亿", "兩萬億"),
        ("-10.05", "负十点零五", "負十點零五"),
        ("2.5", "二点五", "二點五"),
        (Decimal("0.20"), "零点二", "零點二"),
    ],
)
def test_numbers(given: object, mandarin: str, cantonese: str) -> None:
    assert FILTERS["number"](given, "zh") == mandarin
    assert FILTERS["number"](given, "yue") == cantonese


@pytest.mark.parametrize(
    ("given", "style", "mandarin", "cantonese"),
    [
        ("2027-05-03", "full", "二零二七年五月三日，星期一", "二零二七年五月三號，星期一"),
        (
            "2000-12-03",
            "full",
            "二零零零年十二月三日，星期日",
            "二零零零年十二月三號，星期日",
        ),
        ("2010-10-20", "long", "二零一零年十月二十日", "二零一零年十月二十號"),
        ("2027-02-02", "short", "二月二日", "二月二號"),
    ],
)
def test_dates(given: str, style: str, mandarin: str, cantonese: str) -> None:
    assert FILTERS["date"](given, "zh-CN", style) == mandarin
    assert FILTERS["date"](given, "zh_HK", style) == cantonese


@pytest.mark.parametrize(
    ("given", "style", "mandarin", "cantonese"),
    [
        ("14:30", "12", "下午两点半", "下晝兩點半"),
        ("02:02", "12", "凌晨两点零二分", "凌晨兩點零二分"),
        ("07:00", "12", "早上七点整", "早上七點正"),
        ("11:15", "12", "上午十一点十五分", "上晝十一點十五分"),
        ("12:00", "12", "中午十二点整", "中午十二點正"),
        ("12:20", "12", "中午十二点二十分", "中午十二點二十分"),
        ("22:45", "12", "晚上十点四十五分", "夜晚十點四十五分"),
        ("00:00", "12", "午夜零点整", "午夜十二點正"),
        ("00:05", "24", "零点零五分", "零點零五分"),
        ("22:12", "24", "二十二点十二分", "二十二點十二分"),
    ],
)
def test_times(given: str, style: str, mandarin: str, cantonese: str) -> None:
    assert FILTERS["time"](given, "zh", style) == mandarin
    assert FILTERS["time"](given, "yue", style) == cantonese


@pytest.mark.parametrize(
    ("given", "mandarin", "cantonese"),
    [
        ("CNY 12.50", "十二元五角", "人民幣十二元五角"),
        ("CNY 2", "两元", "人民幣兩元"),
        ("CNY 12", "十二元", "人民幣十二元"),
        ("CNY 200.05", "两百元零五分", "人民幣二百元零五分"),
        ("CNY 0.22", "两角两分", "人民幣兩角兩分"),
        ("CNY 2.02", "两元零二分", "人民幣兩元零二分"),
        ("HK$12.50", "港币十二元五角", "港幣十二元五毫"),
        ("US$2.02", "两美元两美分", "兩美元兩美仙"),
        ("EUR -3", "负三欧元", "負三歐元"),
        ("JPY 10000", "一万日元", "一萬日圓"),
        ("USD 0", "零美元", "零美元"),
    ],
)
def test_sums(given: str, mandarin: str, cantonese: str) -> None:
    assert FILTERS["money"](given, "zh") == mandarin
    assert FILTERS["money"](given, "yue") == cantonese


@pytest.mark.parametrize(
    ("given", "mandarin", "cantonese"),
    [
        ("13800138000", "幺三八，零零幺三，八零零零", "一三八，零零一三，八零零零"),
        (
            "+8613800138000",
            "加八六，幺三八，零零幺三，八零零零",
            "加八六，一三八，零零一三，八零零零",
        ),
        ("21234567", "二幺二三，四五六七", "二一二三，四五六七"),
        ("+1 212 555 0123", "加幺，二幺二，五五五，零幺二三", "加一，二一二，五五五，零一二三"),
    ],
)
def test_phone_numbers(given: str, mandarin: str, cantonese: str) -> None:
    assert FILTERS["phone"](given, "zh") == mandarin
    assert FILTERS["phone"](given, "yue") == cantonese


def test_digits_that_are_no_phone_number_keep_their_plain_one() -> None:
    assert FILTERS["digits"]("1212*", "zh", 2) == "一二，一二星号"
    assert FILTERS["digits"]("121#", "yue") == "一二一井號"


def test_ordinals() -> None:
    assert FILTERS["ordinal"](2, "zh") == "第二"
    assert FILTERS["ordinal"](12, "yue") == "第十二"


def test_a_name_is_spelled_character_by_character() -> None:
    assert FILTERS["spell"]("陈大文a2", "zh") == "陈，大，文，A，二"
