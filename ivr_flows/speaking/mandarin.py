"""Mandarin, in simplified characters: 二零二七年五月三日，星期一."""

from ivr_flows.speaking.chinese import Chinese, Words

MANDARIN = Chinese(
    Words(
        two="两",
        two_before="百千万亿",
        scales=("", "万", "亿", "万亿"),
        minus="负",
        point="点",
        # Said so that 一 and 七 are not mistaken for each other on the line.
        phone_one="幺",
        day="日",
        hour="点",
        o_clock="整",
        half="半",
        periods=(
            (0, "凌晨"),
            (6, "早上"),
            (9, "上午"),
            (12, "中午"),
            (13, "下午"),
            (18, "晚上"),
        ),
        noon="中午十二点整",
        midnight="午夜零点整",
        ordinal="第",
        country_code="加",
        marks={
            "*": "星号",
            "#": "井号",
            "@": "艾特",
            ".": "点",
            "-": "短横线",
            "_": "下划线",
            "/": "斜线",
            "+": "加号",
            "&": "和号",
            "'": "撇号",
            ",": "逗号",
            ":": "冒号",
        },
        currencies={
            "CNY": ("", "元", ("角", "分")),
            "USD": ("", "美元", ("美分",)),
            "EUR": ("", "欧元", ("欧分",)),
            "GBP": ("", "英镑", ("便士",)),
            "HKD": ("港币", "元", ("角", "分")),
            "TWD": ("新台币", "元", ("角", "分")),
            "MOP": ("澳门币", "元", ("角", "分")),
            "SGD": ("", "新加坡元", ("分",)),
            "JPY": ("", "日元", ()),
            "AUD": ("", "澳元", ("分",)),
            "CAD": ("", "加元", ("分",)),
            "CHF": ("", "瑞士法郎", ("生丁",)),
        },
    )
)
