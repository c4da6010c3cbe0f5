"""Questions that no page answers as they stand, as data, by language."""

# Nothing in the language, and nothing in English.
UNKNOWN = {
    "en": "xqzwv",
    "es": "ornitorrinco",
    "zh-hant": "鴨嘴獸",
    "ko": "뷁쐛",
    "hy": "բադակտուց",
    "ru": "утконос",
    "tl": "wkwkwk",
    "vi": "xqzwv",
    "fa": "زرافه",
    "km": "ឆ្កែ",
    "ar": "زرافة",
}

# Question; what is suggested for it ("": nothing).
MISSPELT = {
    "en": [
        ("grievence", "grievance"),
        ("medi-cal renewel", "medi-cal renew"),
        ("perscription", "prescription"),
        ("phisician", "physician"),
        ("asdfqwer", ""),
    ],
    "es": [("recetsa", "receta"), ("renovasion", "renovación"), ("farmasia", "farmacia")],
    "hy": [("բժիշգ", "բժիշկ")],
    "ru": [("жалба", "жалоба"), ("стоматалогия", "стоматология")],
    "tl": [("emergenzy", "emergency")],
    "vi": [("khiếuu nại", "khiếu nại")],
    "fa": [("داروخنه", "داروخانه")],
    "ar": [("صيدلاية", "صيدلية")],
}
