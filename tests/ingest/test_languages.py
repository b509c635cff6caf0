"""Only English is read; quotations in other languages, names and short texts do not make a text foreign."""

import json
from importlib.resources import files

import pytest

from standoff.errors import LanguageError
from standoff.ingest import read_bytes

GERMAN = (
    "Die Gewerkschaft erklärte am Freitag, dass sie erst dann wieder verhandeln werde, wenn das Unternehmen die "
    "Kündigungen zurücknimmt. Der Vorstand wies diese Forderung zurück und kündigte an, am Montag zu antworten."
)
ARABIC = (
    "قالت النقابة يوم الجمعة إنها لن تعود إلى طاولة المفاوضات قبل أن تسحب الشركة قرارات الفصل، وأضافت أن "
    "العمال مستعدون للإضراب أسبوعا آخر إذا لم ترد الإدارة يوم الاثنين على مطالبهم."
)
RUSSIAN = (
    "Профсоюз заявил в пятницу, что не вернётся за стол переговоров, пока компания не отменит увольнения, "
    "и добавил, что рабочие готовы бастовать ещё неделю, если руководство не ответит в понедельник."
)
FRENCH = (
    "Le syndicat a déclaré vendredi qu'il ne reviendrait pas à la table des négociations tant que l'entreprise "
    "n'aurait pas retiré les licenciements, et que les ouvriers étaient prêts à une semaine de grève de plus."
)
CHINESE = "工会星期五表示,在公司撤销解雇决定之前,工会不会回到谈判桌前。管理层拒绝了这一要求,并宣布将在星期一作出答复。"


@pytest.mark.parametrize(
    ("text", "language"),
    [(GERMAN, "German"), (ARABIC, "Arabic"), (RUSSIAN, "Russian"), (FRENCH, "French"), (CHINESE, "Chinese")],
)
def test_another_language_is_named(text: str, language: str) -> None:
    for times in (1, 20):
        with pytest.raises(LanguageError) as caught:
            read_bytes("\n\n".join([text] * times).encode(), "x.txt")
        assert str(caught.value) == f"x.txt: the text is in {language}, and Standoff reads English only"


@pytest.mark.parametrize("quotation", [ARABIC, RUSSIAN, GERMAN])
def test_an_english_report_with_long_quotations_is_read(quotation: str, english: str) -> None:
    text = f"{english}\n\n“{quotation}”\n\n{english} He repeated his words in English: nobody should leave the table."
    assert read_bytes(text.encode(), "x.txt")[0].text == text


def test_an_english_text_of_names_alone_is_read() -> None:
    text = "Present: " + ", ".join(f"Sergei Ivanov, Hassan al-Masri, Jürgen Müller, delegate {n}" for n in range(20))
    assert read_bytes(text.encode(), "x.txt")[0].text == text


def test_a_short_text_is_not_judged() -> None:
    assert read_bytes(b"Guten Tag, meine Damen und Herren.", "x.txt")[0].id == "x"


def test_a_bad_record_in_another_language_is_named_by_its_line() -> None:
    with pytest.raises(LanguageError, match=r"^x\.jsonl:1: the text is in German"):
        read_bytes(json.dumps({"text": GERMAN}).encode(), "x.jsonl")


def test_every_language_of_the_identifier_has_a_name() -> None:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    table = files("standoff.ingest").joinpath("data/languages.tsv").read_text("utf-8").splitlines()
    named = {line.split("\t")[0] for line in table}
    assert set(LanguageIdentifier.from_model_file(MODEL_FILE).labels) - named <= {"en", "zxx"}


def test_a_long_text_is_judged_by_slices_of_all_its_parts(english: str) -> None:
    assert read_bytes("\n".join([GERMAN] * 100 + [english] * 400).encode(), "x.txt")[0].id == "x"
    with pytest.raises(LanguageError, match="German"):
        read_bytes("\n".join([english] * 100 + [GERMAN] * 900).encode(), "x.txt")


def test_a_table_of_numbers_is_no_language() -> None:
    text = "\n".join(f"A{n} {n * 7} kg {n % 3} m B{n}x" for n in range(60))
    assert read_bytes(text.encode(), "x.txt")[0].text == text
