"""Cantonese, in traditional characters as in Hong Kong: 下晝兩點半."""

from ivr_flows.speaking.chinese import Chinese, Words

CANTONESE = Chinese(
    Words(
        two="兩",
        # 二百 is usual in Cantonese, where Mandarin says 两百.
        two_before="千萬億",
        scales=("", "萬", "億", "萬億"),
        minus="負",
        point="點",
        phone_one="一",
        day="號",
        hour="點",
        o_clock="正",
        half="半",
        # Not 朝早, which people say as well: espeak reads its 朝 as in 朝代.
        periods=(
            (0, "凌晨"),
            (6, "早上"),
            (11, "上晝"),
            (12, "中午"),
            (13, "下晝"),
            (18, "夜晚"),
        ),
        noon="中午十二點正",
        midnight="午夜十二點正",
        ordinal="第",
        country_code="加",
        marks={
            "*": "星號",
            "#": "井號",
            "@": "at",
            ".": "點",
            "-": "橫線",
            "_": "底線",
            "/": "斜線",
            "+": "加號",
            "&": "and",
            "'": "撇號",
            ",": "逗號",
            ":": "冒號",
        },
        currencies={
            "HKD": ("港幣", "元", ("毫", "仙")),
            "CNY": ("人民幣", "元", ("角", "分")),
            "USD": ("", "美元", ("美仙",)),
            "EUR": ("", "歐元", ("歐分",)),
            "GBP": ("", "英鎊", ("便士",)),
            "TWD": ("新台幣", "元", ("角", "分")),
            "MOP": ("澳門幣", "元", ("毫", "仙")),
            "SGD": ("坡幣", "元", ("毫", "仙")),
            "JPY": ("", "日圓", ()),
            "AUD": ("", "澳元", ("仙",)),
            "CAD": ("", "加元", ("仙",)),
            "CHF": ("", "瑞士法郎", ("生丁",)),
        },
    )
)
