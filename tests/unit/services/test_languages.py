"""The language of what a family writes is told where there is enough of it, and nothing is said in doubt."""

import pytest

from memorybook.services import languages

WRITTEN = {
    "en": "We lit the candle at seven. I read your name out loud, and it was not in a hospital corridor.",
    "de": "Wir haben die Kerze um sieben angezündet. Ich habe deinen Namen gesagt, und es war nicht im Flur.",
    "fr": "Nous avons allumé la bougie à sept heures. J’ai dit ton nom, et ce n’était pas dans un couloir.",
    "es": "Encendimos la vela a las siete. Dije tu nombre en voz alta y no era en un pasillo del hospital.",
    "it": "Abbiamo acceso la candela alle sette. Ho detto il tuo nome, e non era nel corridoio di un"
    " ospedale.",
    "pt": "Acendemos a vela às sete. Eu disse o teu nome em voz alta e não foi num corredor do hospital.",
    "nl": "We hebben de kaars om zeven uur aangestoken. Ik zei je naam, en het was niet in een ziekenhuis.",
    "sv": "Vi tände ljuset klockan sju. Jag sa ditt namn högt, och det var inte i en korridor på sjukhuset.",
    "da": "Vi tændte lyset klokken syv. Jeg sagde dit navn højt, og det var ikke i en gang på et"
    " hospital, det"
    " blev aften, og nogle af os gik ud til havet.",
    "nb": "Vi tente lyset klokka sju. Jeg sa navnet ditt høyt, og det var ikke i en korridor på et"
    " sykehus, det"
    " ble kveld, og noen av oss gikk ut til havet etter maten.",
    "fi": "Sytytimme kynttilän seitsemältä. Sanoin nimesi ääneen, ja se ei ollut sairaalan käytävällä. Minä"
    " olen yhä täällä, mutta niin on myös hän.",
    "pl": "Zapaliliśmy świecę o siódmej. Powiedziałam twoje imię na głos i to nie było w szpitalu, bo"
    " już nie.",
    "cs": "V sedm jsme zapálili svíčku. Řekla jsem tvoje jméno nahlas a nebylo to na chodbě v"
    " nemocnici, ale u"
    " nás doma, když už byla tma.",
    "hu": "Hétkor meggyújtottuk a gyertyát. Kimondtam a neved, és ez nem egy kórház folyosóján volt,"
    " hanem már"
    " itthon, és te is itt vagy.",
    "ro": "Am aprins lumânarea la șapte. Ți-am spus numele cu voce tare și nu era pe un coridor de spital.",
    "tr": "Saat yedide mumu yaktık. Adını yüksek sesle söyledim ve bu bir hastane koridoru değil,"
    " bizim evimiz"
    " oldu. Her gün daha çok seni düşünüyorum, sen de bizim için varsın.",
    "ru": "Мы зажгли свечу в семь. Я сказала твоё имя вслух, и это было не в коридоре больницы, а у нас"
    " дома.",
    "uk": "Ми запалили свічку о сьомій. Я сказала твоє ім’я вголос, і це було не в лікарні, а у нас"
    " вдома, коли вже"
    " стемніло, і я не плакала, бо ти була зі мною.",
    "el": "Ανάψαμε το κερί στις επτά. Είπα το όνομά σου δυνατά.",
    "he": "הדלקנו את הנר בשבע ואמרתי את שמך בקול",
    "ar": "أشعلنا الشمعة في السابعة وقلت اسمك بصوت عال",
    "fa": "ساعت هفت شمع را روشن کردیم و اسمت را گفتم چون همه می‌خواستند",
    "ja": "七時にろうそくを灯して、あなたの名前を呼びました。",
    "ko": "일곱 시에 촛불을 켜고 네 이름을 불렀다",
}


@pytest.mark.parametrize("language", WRITTEN)
def test_a_few_sentences_tell_their_language(language: str) -> None:
    assert languages.of(WRITTEN[language], "xx") == language
    assert languages.of(WRITTEN[language].upper(), "xx") == language
    assert languages.of(WRITTEN[language], language) == ""
    assert languages.of(WRITTEN[language], f"{language.upper()}_CH") == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n",
        "1 2 3 …",
        "🕯️🕯️",
        "Wren",
        "Wren Wren Wren Wren",
        "Grandma Jo, Ellen, Sam, Mum",
        "Dear Wren",
        "Σ’ αγαπώ",
        f"{WRITTEN['el']} {WRITTEN['en'][:55]}",
        "\ud800\x00",
    ],
)
def test_in_doubt_it_is_the_books(text: str) -> None:
    assert languages.of(text, "xx") == ""


def test_norwegian_goes_by_more_than_one_name() -> None:
    assert languages.of(WRITTEN["nb"], "no") == languages.of(WRITTEN["nb"], "nn") == ""
