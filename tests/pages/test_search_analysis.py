"""Terms: one spelling for what people write in several, and no character that a database would cut at."""

import sqlite3

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pages.search import analysis, questions


def terms(text: str, language: str = "en") -> list[str]:
    return analysis.index_terms(text, language).split()


def found_by(question: str, text: str, language: str = "en") -> bool:
    """Whether all words of the question are words of the text."""
    held = f" {' '.join(terms(text, language))} "
    groups = questions.parse(question, language).groups
    return bool(groups) and all(any(f" {synonym} " in held for synonym in group) for group in groups)


@pytest.mark.parametrize(
    ("language", "question", "text"),
    [
        ("en", "renewals", "Renew your Medi-Cal"),
        ("en", "medical", "Medi-Cal"),
        ("en", "medi cal", "Medi-Cal"),
        ("en", "LA Care", "L.A. Care"),
        ("en", "l.a. care", "LA Care"),
        ("en", "doctors", "your doctor’s office"),
        ("en", "dsnp", "(HMO D-SNP)"),
        ("en", "copay", "co-pays"),
        ("en", "physician", "doctor"),
        ("en", "18888399909", "Call 1-888-839-9909."),
        ("en", "ＩＤ ＣＡＲＤ", "id card"),
        ("es", "renovacion", "La renovación de Medi-Cal"),
        ("es", "renovaciones", "renovación"),
        ("es", "medico", "sus médicos"),
        ("es", "MÉDICO", "médico"),
        ("es", "ano", "este año"),
        ("es", "enfermeras", "enfermería"),
        ("es", "buscar", "Busque un médico"),
        ("fa", "كارت", "کارت"),  # Arabic letters for the Persian ones
        ("fa", "كارت عضويت", "کارت عضویت شما"),
        ("fa", "بیمه نامه", "بیمه‌نامه"),  # a space for the zero-width non-joiner
        ("fa", "بیمهنامه", "بیمه‌نامه"),  # nothing for it
        ("fa", "پزشكان", "پزشک"),
        ("fa", "کارتم", "کارت‌های"),
        ("fa", "۹۱۱", "911"),
        ("fa", "911", "۹۱۱"),
        ("ar", "بطاقه", "بِطاقة"),  # without vowel signs, with the other last letter
        ("ar", "البطاقة", "بطاقة"),
        ("ar", "ادوية", "أدوية"),
        ("ar", "بطاقتي", "أبرز بطاقتك"),
        ("ar", "ممرضات", "إلى الممرضة"),
        ("ar", "تظلم", "قدم تظلمًا"),
        ("ar", "Medi-Cal", "لديك Medicare وMedi-Cal"),
        ("ar", "٩١١", "911"),
        ("zh-hant", "會員卡", "請出示您的會員卡。"),
        ("zh-hant", "藥", "藥房服務"),
        ("zh-hant", "ID卡", "ＩＤ卡"),
        ("zh-hant", "会员卡", "請出示您的會員卡。"),  # simplified characters
        ("zh-hant", "头发", "頭髮"),
        ("zh-hant", "发送", "發送"),
        ("zh-hant", "药店", "藥房"),
        ("ko", "카드", "회원 카드를"),
        ("ko", "약", "처방약"),
        ("ko", "카드를", "회원 카드"),
        ("ko", "메디칼", "Medi-Cal"),
        ("km", "សមាជិក", "ប័ណ្ណ\u200bសមាជិក"),
        ("km", "ប័ណ្ណសមាជិក", "ប័ណ្ណ\u200bសមាជិក"),
        ("km", "បណ្ដឹង", "បណ្តឹង"),  # two letters that look alike below another
        ("km", "ខ្មែរ", "ខ\u17c2\u17d2មរ"),  # signs of one letter in another order
        ("hy", "բժիշկ", "բժի՞շկ"),
        ("hy", "բժշկի", "բժիշկներ"),
        ("hy", "քարտս", "Անդամի քարտը"),
        ("hy", "երկարաձգում", "Երկարաձգեք Medi-Cal-ը"),
        ("ru", "врача", "Найти врачей"),
        ("ru", "счет", "счёт"),
        ("ru", "медсестру", "медсестёр"),
        ("vi", "the hoi vien", "Thẻ hội viên"),
        ("vi", "duong", "Đường"),
        ("vi", "bác sỹ", "bác sĩ"),
        ("tl", "gamot", "Gamot"),
        ("tl", "hanap", "Maghanap"),
    ],
)
def test_one_spelling_finds_the_other(language, question, text):
    assert found_by(question, text, language)


@pytest.mark.parametrize(
    ("language", "question", "text"),
    [
        ("zh-hant", "會員卡", "員會 卡會"),
        ("ko", "카드", "드카"),
        ("en", "care", "careers"),
        ("ru", "карта", "карман"),
        ("km", "ថ្នាំ", "ថា ន្នា នាំ"),
        ("ar", "أدوية", "أدوات"),
        ("vi", "nha sĩ", "nha tế bào"),
    ],
)
def test_other_words_are_not_found(language, question, text):
    assert not found_by(question, text, language)


def test_words_that_say_nothing_are_left_out_unless_there_are_no_others():
    assert [group[0] for group in questions.parse("how do I find a doctor", "en").groups] == terms("find doctor")
    assert [group[0] for group in questions.parse("who we are", "en").groups] == terms("who we are")


def test_a_question_of_emoji_and_operators_has_no_words():
    assert questions.parse('😀 "*" & | ! () : - \\', "en").groups == ()


def test_places_are_those_of_the_text():
    text = "Your Médico’s ID，會員卡"
    assert [text[word.start : word.end] for word in analysis.words(text, "es")] == ["Your", "Médico’s", "ID", "會員", "員卡"]


@given(st.text(max_size=200), st.sampled_from(["en", "es", "fa", "ar", "km", "ko", "zh-hant", "hy", "ru", "vi", "tl"]))
def test_terms_are_ascii_letters_and_digits(text, language):
    assert all(term.isascii() and term.isalnum() and term == term.lower() for term in terms(text, language))


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("abcdefgxz0123456789", min_size=1, max_size=12), min_size=1, max_size=20, unique=True))
def test_both_tokenisers_keep_terms_whole(words):
    words = [analysis.encode(word) for word in words]
    text = " ".join(words)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(to_tsvector('simple', %s))", [text])
        assert set(cursor.fetchone()[0]) == set(words)
    with sqlite3.connect(":memory:") as memory:
        memory.execute("CREATE VIRTUAL TABLE t USING fts5(body)")
        memory.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'row')")
        memory.execute("INSERT INTO t VALUES (?)", [text])
        assert {row[0] for row in memory.execute("SELECT term FROM v")} == set(words)
