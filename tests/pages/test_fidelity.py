"""A translation with another number, link, telephone line, name or block than its English is refused, with a sentence that says where."""

import re

import pytest
from django.utils.text import slugify

from lacare_site import languages
from pages.content.loader import pages as page_loading
from pages.content.loader import rich_text, texts
from pages.content.loader.data import DataLoader
from pages.content.loader.files import ContentError, parse, read_data, read_pages, read_words
from pages.content.loader.pages import PageLoader, model_of
from pages.content.loader.records import Records
from pages.models import StandardPage
from pages.translations.fidelity import VALUES, differences
from pages.translations.fidelity_numbers import WORDS, numbers_in, numbers_in_words

DATE = "It ended on December 31, 2022."
DATES = {
    "es": "Terminó el 31 de diciembre de 2022.",
    "zh-hant": "該計劃已於 2022 年 12 月 31 日終止。",
    "ko": "2022년 12월 31일에 끝났습니다.",
    "hy": "Այն ավարտվել է 2022 թվականի դեկտեմբերի 31-ին։",
    "ru": "Программа завершилась 31 декабря 2022 г.",
    "tl": "Natapos ito noong Disyembre 31, 2022.",
    "vi": "Chương trình kết thúc ngày 31 tháng Mười Hai năm 2022.",
    "fa": "در ۳۱ دسامبر ۲۰۲۲ پایان یافت.",
    "km": "បានបញ្ចប់នៅថ្ងៃទី៣១ ខែធ្នូ ឆ្នាំ២០២២។",
    "ar": "انتهى في ٣١ ديسمبر ٢٠٢٢.",
}
AMOUNT = "More than 2.9 million members and $105 million, 40% for 1,200 clinics."
AMOUNTS = {
    "es": "Más de 2,9 millones de miembros y $105 millones, 40 % para 1,200 clínicas.",
    "zh-hant": "超過 290 萬名會員和 1.05 億美元，40% 用於 1,200 家診所。",
    "ko": "가입자 290만 명 이상, 1억 500만 달러, 1,200개 클리닉에 40%.",
    "hy": "Ավելի քան 2,9 միլիոն անդամ և 105 միլիոն դոլար, 40%-ը՝ 1200 կլինիկայի։",
    "ru": "Более 2,9 миллиона участников и 105 млн долларов, 40 % для 1\u00a0200 клиник.",
    "tl": "Mahigit 2.9 milyong miyembro at $105 milyon, 40% para sa 1,200 klinika.",
    "vi": "Hơn 2,9 triệu hội viên và 105 triệu đô la, 40% cho 1,200 phòng khám.",
    "fa": "بیش از ۲٫۹ میلیون عضو و ۱۰۵ میلیون دلار، ۴۰٪ برای ۱٬۲۰۰ کلینیک.",
    "km": "សមាជិកជាង ២.៩ លាននាក់ និង ១០៥លានដុល្លារ ៤០% សម្រាប់គ្លីនិក ១,២០០។",
    "ar": "أكثر من ٢٫٩ مليون عضو و١٠٥ ملايين دولار، ٤٠٪ لـ ١٬٢٠٠ عيادة.",
}
TIME = "Open 8 a.m. to 6:30 p.m., 5 days a week."
TIMES = {
    "es": "Abierto de 8 a. m. a 6:30 p. m., 5 días a la semana.",
    "zh-hant": "每週 5 天，上午 8 時至下午 6 時 30 分開放。",
    "ko": "주 5일, 오전 8시부터 오후 6시 30분까지 엽니다.",
    "hy": "Բաց է շաբաթը 5 օր, առավոտյան ժամը 8:00-ից երեկոյան 6:30։",
    "ru": "Открыто 5 дней в неделю с 8:00 до 18:30.",
    "tl": "Bukas mula 8 a.m. hanggang 6:30 p.m., 5 araw sa isang linggo.",
    "vi": "Mở cửa từ 8:00 đến 18:30, 5 ngày một tuần.",
    "fa": "۵ روز در هفته، از ساعت ۸ صبح تا ۶:۳۰ عصر باز است.",
    "km": "បើកពីម៉ោង ៨ ព្រឹក ដល់ ៦:៣០ ល្ងាច ៥ ថ្ងៃក្នុងមួយសប្តាហ៍។",
    "ar": "مفتوح من 8 صباحًا إلى 6:30 مساءً، 5 أيام في الأسبوع.",
}
IN_WORDS = "Five questions, twelve languages, sixty days."  # and a translation with 3 in place of 5, 11 of 12, 90 of 60
WRONG_IN_WORDS = {
    "es": ["Tres preguntas, doce idiomas, sesenta días.", "Cinco preguntas, doce idiomas, noventa días."],
    "zh-hant": ["三個問題、十二種語言、六十天。", "五個問題、十一種語言、六十天。", "五個問題、十二種語言、九十天。"],
    "ko": [
        "세 가지 질문, 열두 개 언어, 육십 일.",
        "다섯 가지 질문, 열한 개 언어, 육십 일.",
        "다섯 가지 질문, 열두 개 언어, 구십 일.",
    ],
    "hy": ["Երեք հարց, տասներկու լեզու, վաթսուն օր։", "Հինգ հարց, տասներկու լեզու, իննսուն օր։"],
    "ru": ["Три вопроса, двенадцать языков, шестьдесят дней.", "Пять вопросов, двенадцать языков, девяносто дней."],
    "tl": ["Tatlong tanong, labindalawang wika, animnapung araw.", "Limang tanong, labindalawang wika, siyamnapung araw."],
    "vi": ["Ba câu hỏi, mười hai ngôn ngữ, sáu mươi ngày.", "Năm câu hỏi, mười một ngôn ngữ, sáu mươi ngày."],
    "fa": ["سه پرسش، دوازده زبان، شصت روز.", "پنج پرسش، یازده زبان، شصت روز.", "پنج پرسش، دوازده زبان، نود روز."],
    "km": ["សំណួរបី ភាសាដប់ពីរ ហុកសិបថ្ងៃ។", "សំណួរប្រាំ ភាសាដប់មួយ ហុកសិបថ្ងៃ។", "សំណួរប្រាំ ភាសាដប់ពីរ កៅសិបថ្ងៃ។"],
    "ar": [
        "ثلاثة أسئلة، اثنتا عشرة لغة، ستون يومًا.",
        "خمسة أسئلة، إحدى عشرة لغة، ستون يومًا.",
        "خمسة أسئلة، اثنتا عشرة لغة، تسعون يومًا.",
    ],
}
RICH = '<h2>Help</h2><p>Call <embed embedtype="phone" key="medi-cal"/> or see <a linktype="page" id="7">the form</a>. {}</p>'
TRANSLATED = '<h2>Ayuda</h2><p>Llame al <embed key="medi-cal" embedtype="phone"/> o vea <a id="7" linktype="page">el formulario</a>. {}</p>'


def body(*blocks):
    return {"body": [{"type": kind, "id": str(number), "value": value} for number, (kind, value) in enumerate(blocks)]}


@pytest.mark.parametrize("code", DATES)
@pytest.mark.parametrize(("english", "translations"), [(DATE, DATES), (AMOUNT, AMOUNTS), (TIME, TIMES)])
def test_numbers_dates_and_times_are_the_same_in_each_languages_own_way(code, english, translations):
    assert differences({"lead": english}, {"lead": translations[code]}, code) == []


@pytest.mark.parametrize("code", DATES)
def test_another_month_amount_or_hour_is_seen(code):
    for english, translations in (
        (DATE.replace("December", "November"), DATES),
        (AMOUNT.replace("million", "thousand"), AMOUNTS),
        (AMOUNT.replace("$", ""), AMOUNTS),
        (AMOUNT.replace("%", ""), AMOUNTS),
        (AMOUNT.replace("$105 million", "105 million").replace("40%", "$40"), AMOUNTS),
        (TIME.replace("p.m.", "a.m."), TIMES),
    ):
        assert any("the number" in found for found in differences({"lead": english}, {"lead": translations[code]}, code))


@pytest.mark.parametrize("code", WRONG_IN_WORDS)
def test_another_number_in_words_is_seen(code):
    for translation in WRONG_IN_WORDS[code]:
        found = differences({"lead": IN_WORDS}, {"lead": translation}, code)
        assert len(found) == 1 and re.fullmatch(r"lead: has the number (3|11|90) in words, in English (5|12|60)\.", found[0]), (
            found
        )


@pytest.mark.parametrize(
    ("code", "english", "right", "wrong"),
    [
        ("ko", "for two years", "이 년 동안", "삼 년 동안"),
        ("ko", "for three years", "삼년간", "이년간"),
        ("ko", "within four months", "사 개월 안에", "이 개월 안에"),
        ("ko", "within six months", "육 개월 안에", "오 개월 안에"),
        ("ko", "for ten years", "십 년 동안", "구 년 동안"),
        ("ko", "within three days", "삼 일 안에", "사 일 안에"),
        ("vi", "within five days", "trong năm ngày", "trong ba ngày"),
        ("vi", "for two years", "trong hai năm", "trong năm năm"),
        ("vi", "Five years", "Năm năm", "Ba năm"),
        ("vi", "five months a year", "năm tháng mỗi năm", "bốn tháng mỗi năm"),
    ],
)
def test_words_for_years_months_and_days_are_told_apart(code, english, right, wrong):
    assert differences({"lead": english}, {"lead": right}, code) == []
    assert len(differences({"lead": english}, {"lead": wrong}, code)) == 1


@pytest.mark.parametrize(
    ("code", "translation"),
    [
        ("ko", "사회, 오일, 구매, 이 주, 이 일을, 이 개 산책, 사 주세요, 이 년도, 십일 개월, 삼 일요일"),
        ("vi", "mỗi năm một lần, hàng năm, năm 2026, năm nay, một năm sau, mỗi năm ngày lễ, thứ Năm ngày, tháng Năm năm"),
        ("zh-hant", "辦公室，週二至十二月，三心二意，十字路口"),
        ("ko", "세일, 세이프, 네이버, 둘러보기, 모두 다섯"),
        ("vi", "Văn phòng, thứ Ba đến thứ Sáu, tháng Mười, tiếng Ba Tư, tháng Ba"),
        ("km", "ដើម្បី អំពីរបៀប សំណួរពីរបី"),
        ("ar", "من الاثنين إلى الخميس، الثلاثاء والأربعاء"),
    ],
)
def test_a_word_that_only_looks_like_a_number_is_none(code, translation):
    assert numbers_in_words(translation, code) == {}


def test_every_language_has_its_words():
    assert set(WORDS["languages"]) == set(languages.BY_CODE)
    assert all(len(words["months"]) == 12 for words in WORDS["languages"].values())


def test_the_english_verb_is_no_month():
    assert numbers_in("You may call. May we help?", "en") == {}
    assert numbers_in("On May 5 and each May.", "en") == {"5": 3}


def test_a_faithful_translation_differs_in_nothing():
    english = {"heading": "L.A. Care in 2024", "lead": "Untranslated."} | body(("text", RICH.format("LA0875")))
    spanish = {"heading": "L.A. Care en 2024", "lead": ""} | body(("text", TRANSLATED.format("LA0875")))
    assert differences(english, spanish, "es") == []


@pytest.mark.parametrize(
    ("english", "translation", "sentence"),
    [
        ("Within 30 days", "Dentro de 60 días", "lead: the number 30 occurs nowhere, in English once."),
        ("Pay $5", "Pague 5", "lead: the number $5 occurs nowhere, in English once."),
        ("Pay $5", "Pague 5 %", "lead: the number $5 occurs nowhere, in English once."),
        ("40% of them", "40 de ellos", "lead: the number 40% occurs nowhere, in English once."),
        ("40% of $20", "20 % de $40", "lead: the number $20 occurs nowhere, in English once."),
        ("$5 million for 40 clinics", "5 millones de clínicas por $40", "lead: the number $40 occurs once, in English nowhere."),
        ("For two weeks", "Durante 3 semanas", "lead: the number 3 occurs once, in English nowhere."),
        ("For 3 weeks", "Durante dos semanas", "lead: the number 3 occurs nowhere, in English once."),
        ("For two weeks", "Durante tres semanas", "lead: has the number 3 in words, in English 2."),
        ("911", "911 o 911", "lead: the number 911 occurs twice, in English once."),
        ("Ask Covered California", "Pregunte en California", "lead: the name Covered California is missing."),
        ("Form LA0875", "Formulario LA-0875", "lead: the name LA0875 is missing."),
        (
            RICH,
            TRANSLATED.replace("medi-cal", "covered"),
            "lead: paragraph 2, the telephone line covered occurs once, in English nowhere.",
        ),
        (RICH, TRANSLATED.replace('id="7"', 'id="8"'), "lead: paragraph 2, the link to 7 occurs nowhere, in English once."),
        ('<a href="https://a.org">A</a>', '<a href="https://b.org">A</a>', "lead: the link to https://b.org occurs once"),
        ("<ul><li>One</li><li>Two</li></ul>", "<ul><li>Uno, dos</li></ul>", "lead: the headings and lists"),
    ],
)
def test_a_planted_fault_in_a_text_is_named(english, translation, sentence):
    assert any(found.startswith(sentence) for found in differences({"lead": english}, {"lead": translation}, "es"))


@pytest.mark.parametrize(
    ("english", "translation"),
    [
        ("For two weeks, 3 times a day", "Durante 2 semanas, tres veces al día"),
        ("Tell us which one it is.", "Díganos cuál de las dos es."),
        ("5 dollars or 40 percent", "$5 o 40 por ciento"),
        ("a second opinion within two days", "otra opinión en dos días"),
    ],
)
def test_figures_words_and_signs_of_one_number_are_no_difference(english, translation):
    assert differences({"lead": english}, {"lead": translation}, "es") == []


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"page": 8}, "body, block 1 (cards), cards 1, page: is 8, in English 7."),
        ({"url": "https://b.org"}, "body, block 1 (cards), cards 1, url: is 'https://b.org', in English 'https://a.org'."),
        ({"icon": "clock"}, "body, block 1 (cards), cards 1, icon: is 'clock', in English 'phone'."),
        ({"title": "Llame al 988"}, "body, block 1 (cards), cards 1, title: the number 911 occurs nowhere, in English once."),
        ({"title": ""}, "body, block 1 (cards), cards 1, title: is empty, in English it is not."),
        ({"more": ""}, "body, block 1 (cards), cards 1: has the parts"),
    ],
)
def test_a_planted_fault_in_a_block_is_named(fault, sentence):
    def cards(card):
        return body(("cards", {"heading": "", "cards": [{"type": "item", "id": "a", "value": card}]}))

    card = {"page": 7, "url": "https://a.org", "icon": "phone", "title": "Call 911"}
    found = differences(cards(card), cards({**card, "title": "Llame al 911", **fault}), "es")
    assert any(difference.startswith(sentence) for difference in found)


def test_other_blocks_or_another_order_are_named():
    text, figures = ("text", "<p>Text</p>"), ("figures", {"figures": ["a", "b"]})
    assert differences(body(text, figures), body(figures, text), "es") == [
        "body: has the blocks figures, text; in English text, figures."
    ]
    assert differences(body(figures), body(("figures", {"figures": ["a"]})), "es") == [
        "body, block 1 (figures), figures: has 1 items, in English 2."
    ]
    assert differences(body(text), {"summary": "Más"}, "es") == ["summary: the English has no such text."]


def test_what_is_no_text_is_known_from_the_blocks_themselves():
    assert {"page", "url", "icon", "kind", "key", "lines", "as_of"} <= VALUES
    assert not {"text", "title", "heading", "answer", "items", "label", "languages", "publisher"} & VALUES


@pytest.fixture
def without_database(monkeypatch):
    """Content files become texts: pages are named by their addresses, lines by the keys in contacts.yaml."""
    keys = {row["key"] for row in read_data("contacts")}

    class Lines:
        class objects:
            @staticmethod
            def filter(key):
                assert key in keys
                return Lines

        @staticmethod
        def exists():
            return True

    monkeypatch.setattr(rich_text, "ContactLine", Lines)


def test_every_page_says_in_each_language_what_it_says_in_english(without_database):
    found = []
    for page in read_pages():
        in_language = {code: texts.of_page(file, model_of(page), str) for code, file in page.files.items()}
        for code, own in in_language.items():
            found += [f"{page.files[code].source}: {fault}" for fault in differences(in_language["en"], own, code)]
    assert not found, "\n".join(found)


def test_lines_texts_notices_and_menus_say_in_each_language_what_they_say_in_english(without_database):
    found = []
    for code, words in read_words().items():
        for kind in ("contacts", "standing_texts", "notices"):
            for row in read_data(kind):
                name = row.get("key") or row.get("name") or slugify(row["heading"])
                own = texts.of_row(words[kind][name], str)
                found += [f"{code}.yaml, {name}, {fault}" for fault in differences(texts.of_row(row, str), own, code)]
        for english, own in words["menus"].items():
            found += [f"{code}.yaml, {fault}" for fault in differences({english: english}, {english: own}, code)]
    assert not found, "\n".join(found)


def test_a_content_file_that_differs_is_refused(tmp_path, without_database):
    front = "---\nheading: {0}\n---\n::: callout\nkind: {1}\ntext: Words.\n:::\n"
    (tmp_path / "en.md").write_text(front.format("A", "information"), encoding="utf-8")
    (tmp_path / "es.md").write_text(front.format("B", "success"), encoding="utf-8")
    english, spanish = (texts.of_page(parse(tmp_path / f"{code}.md"), StandardPage, str) for code in ("en", "es"))
    with pytest.raises(ContentError, match=r"body, block 1 \(callout\), kind: is 'success', in English 'information'."):
        texts.require_fidelity(english, spanish, "es")


def test_the_loader_refuses_a_page_that_differs(db, tmp_path, monkeypatch):
    for folder in ("home", "trial"):
        (tmp_path / folder).mkdir()
    (tmp_path / "home" / "en.md").write_text("---\ntype: home\ntitle: Home\n---\n", encoding="utf-8")
    english = "---\ntype: standard\ntitle: A\nheading: In 30 days\ncontacts: [medi-cal]\n---\n"
    (tmp_path / "trial" / "en.md").write_text(english, encoding="utf-8")
    (tmp_path / "trial" / "fa.md").write_text("---\nheading: در ۶۰ روز\n---\n", encoding="utf-8")
    monkeypatch.setattr(page_loading, "read_pages", lambda: read_pages(tmp_path))
    loader = PageLoader(Records())
    loader.add_addresses()
    with pytest.raises(ContentError, match=r"trial/fa\.md: heading: the number 30 occurs nowhere, in English once\."):
        loader.publish_texts()


def test_the_loader_refuses_words_that_differ(db):
    records = Records()
    loader = DataLoader(records, PageLoader(records))
    hours = loader.words["ko"]["contacts"]["medi-cal"]["hours"]
    loader.words["ko"]["contacts"]["medi-cal"]["hours"] = hours.replace("24", "12")
    with pytest.raises(
        ContentError, match=r"ko\.yaml, contacts, medi-cal: hours: the number 12 occurs once, in English nowhere\."
    ):
        loader.load_what_texts_name()


def test_numbers_that_have_changed_places_between_paragraphs_are_told_of():
    english = {"body": "<p>We answer in 5 business days.</p><p>You may appeal for 30 business days.</p>"}
    swapped = {"body": "<p>Respondemos en 30 días hábiles.</p><p>Puede apelar durante 5 días hábiles.</p>"}
    found = differences(english, swapped, "es")
    assert any("paragraph 1, the number 30" in sentence for sentence in found)
    assert any("paragraph 2, the number 5" in sentence for sentence in found)
    one = {"body": "<p>Respondemos en 5 días hábiles. Puede apelar durante 30 días hábiles.</p>"}
    assert not differences(english, one, "es")
