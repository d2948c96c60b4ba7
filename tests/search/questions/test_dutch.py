"""Dutch words: what belongs together, what must stay apart, and what compounds are made of."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.questions import dutch
from search.questions.dutch import fold, fold_word, simple_words, stem, tokens, words

FAMILIES = """
training trainingen
wijk wijken
wijkoverleg wijkoverleggen
jongerenwerk jongerenwerker jongerenwerkers jongerenwerkster jongerenwerksters
straathoekwerk straathoekwerker straathoekwerkers
cafe café Café cafés cafes café's CAFÉ’S
moskee moskeeën moskeeen
idee ideeën ideeen
categorie categorieën categorieen
radicalisering radicaliseren radicaliseert geradicaliseerd geradicaliseerde geradicaliseerden
radicaal radicale radicalen radicaler radicalisme radicaliserend radicaliserende radicalisering
polarisatie polariseren gepolariseerd polarisaties polariserend polariserende polarisering
isolatie isoleren geïsoleerd geïsoleerde
discriminatie discrimineren discriminerend gediscrimineerd
escalatie escaleren geëscaleerd
preventie preventief preventieve
mbo MBO m.b.o. M.B.O
aivd AIVD A.I.V.D.
organisatie organisaties organiseren georganiseerd
zelforganisatie zelforganisaties
evaluatie evaluaties evalueren geëvalueerd
school scholen
huis huizen
buurthuis buurthuizen
les lessen
gesprek gesprekken
brief brieven
bedrijf bedrijven
begeleiding begeleiden begeleid
coördinator coördinatoren coordinator coordinatoren
beleidsmedewerker beleidsmedewerkers
hulpverlener hulpverleners hulpverlening
extremist extremisten extremisme extremistisch extremistische
rechtsextremisme rechtsextremist rechtsextremisten rechtsextreem rechtsextreme
rechtsextreem rechts-extremistisch extreemrechts extreem-rechts extreemrechtse
linksextreem links-extremisten extreemlinks
extreem extreme extremen extremisme
antisemitisme antisemitisch antisemitische antisemiet antisemieten
racisme racist racisten racistisch racistische
terrorist terroristen terrorisme
specialist specialisten
gemeente gemeenten gemeentelijk gemeentelijke
islam islamitisch islamitische
kind kinderen
stad steden
lid leden
raadslid raadsleden
gemeenteraadslid gemeenteraadsleden
overheid overheden
risico risico's risicos
thema thema's themas
foto foto’s
sociaal sociale
lokaal lokale
materiaal materialen
meisje meisjes
jongen jongens
gegeven gegevens
module modules
procedure procedures
analyse analyses
controle controles
college colleges
advies adviezen
plaats plaatsen
werkplaats werkplaatsen
kans kansen
wens wensen
toets toetsen
grens grenzen
mens mensen
arts artsen
dakloos dakloze daklozen
brugklas brugklassen
deskundige deskundigen deskundigheid
samenwerking samenwerken
ambtenaar ambtenaren
""".strip().splitlines()

APART = [
    line.split()
    for line in """
    begeleiding beleid
    overheid over
    geweld wel
    praktijk tijk
    moslim islam
    politie politiek
    training trein
    lessen lassen
    ouderen ouders
    leraar leer
    radicaal radio
    informatie informeren
    OV of
    plaats plaat
    mens men
    advies adres
    dagdeel deel
    onderwijs wijs
    generaliseren mineraliseren
    """.strip().splitlines()
]

COMPOUNDS = """
wijk wijkoverleg
overleg wijkoverleg
wijk wijkagenten
jongere jongerenwerkers
kinderen kinderopvang
vertrouwen vertrouwenspersoon
lid gemeenteraadsleden
gemeenteraad gemeenteraadslid
school basisschool
moskee moskeebesturen
moslims moslimjongeren
risico risicojongeren
spelen rollenspellen
groepen doelgroep
leerplicht leerplichtambtenaren
extremisme rechtsextremist
rechts rechtsextremisme
radicalisering radicaliseringsprocessen
doen zelf-doen
learning e-learning
thema thema's-overleg
""".strip().splitlines()

# Compounds in the list on purpose, so that their parts do not find them: what they mean is
# another thing (no art in a huisarts), above all with `rechts`, which is a kind of extremism here.
KEPT_WHOLE = {
    *("huisarts", "huisraad", "huiswerk", "lidmaatschap", "raadhuis", "stadhuis"),
    *("rechtsbijstand", "rechtshulp", "rechtswinkel"),
}


def whole(word: str) -> str:
    """What a search for a word asks for."""
    return tokens(fold_word(word))[0]


@pytest.mark.parametrize("family", FAMILIES)
def test_all_words_of_a_family_are_the_same_to_a_search(family: str) -> None:
    assert len({whole(word) for word in family.split()}) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_words_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert not set(tokens(fold_word(one))) & set(tokens(fold_word(other)))


@pytest.mark.parametrize("pair", COMPOUNDS)
def test_a_part_finds_its_compound_and_not_the_other_way_round(pair: str) -> None:
    part, compound = pair.split()
    assert whole(part) in tokens(fold_word(compound))
    assert whole(compound) not in tokens(fold_word(part))


@pytest.mark.parametrize(
    ("part", "compound"),
    [
        ("huis", "huisarts"),
        ("rechts", "rechtshulp"),
        ("stad", "stadhuis"),
        ("jong", "jongerenwerk"),
    ],
)
def test_a_word_does_not_find_what_only_begins_with_it(part: str, compound: str) -> None:
    assert whole(part) not in tokens(compound)


@pytest.mark.parametrize(("name", "word"), [("OM", "om"), ("IS", "is"), ("WIJ", "wij")])
def test_a_name_of_capitals_finds_itself_only_where_the_word_has_no_content(
    name: str, word: str
) -> None:
    assert whole(name) not in tokens(fold_word(word))
    assert whole(word) in tokens(fold_word(name))


def test_a_word_is_only_taken_apart_when_all_its_parts_are_known() -> None:
    assert tokens("wijkkwadraat") == (stem("wijkkwadraat"),)


def test_the_runs_of_a_compound_of_three_parts_are_found_too() -> None:
    assert set(tokens("gemeenteraadslid")) == {
        *("gemeente_rad_lid", "gemeente", "rad", "lid", "gemeente_rad", "rad_lid"),
    }


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Moskeeën", "moskeeen"), ("CAFÉ", "cafe"), ("ﬁets", "fiets"), ("Ça", "ca"), ("ŁÓDŹ", "łodz")],
)
def test_folding_drops_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("coo\u0308rdinatie", "coördinatie"),
        ("jon\u00adge\u00adren", "jongeren"),
        ("jeugd\u200bzorg", "jeugdzorg"),
    ],
)
def test_accents_apart_and_invisible_characters_do_not_break_a_word(text: str, same: str) -> None:
    assert [word.tokens for word in words(text)] == [tokens(fold_word(same))]
    assert simple_words(text) == simple_words(same)


def test_a_chain_of_hyphens_hides_no_word_however_long_it_is() -> None:
    chain = ["nul", "een", "twee", "drie", "vier", "wijkoverleg", "zes", "zeven", "x" * 60, "jeugd"]
    [found] = words("-".join(chain))
    assert {whole(word) for word in chain} <= set(found.tokens)


def test_words_know_their_place_in_the_text() -> None:
    text = "De wijk-agent, café’s en (thema's)."
    assert [text[word.start : word.end] for word in words(text)] == [
        *("De", "wijk-agent", "café’s", "en", "thema's"),
    ]


def test_an_exact_phrase_compares_whole_words_without_stems() -> None:
    assert simple_words("Het ‘Ideaal’ Jongeren-werk, café's!") == [
        *("het", "ideaal", "jongeren", "werk", "cafes"),
    ]


def test_words_of_any_length_become_tokens_of_bounded_length() -> None:
    assert len(whole("x" * 100_000)) <= dutch.MAX_WORD
    assert all(len(word) <= dutch.MAX_WORD for word in simple_words("x" * 100_000))


@given(st.text(max_size=80))
@example("ﷺ ½ ﹰ ªº Ⅷ İ ß")
@example("a-b-c--d'e''f_g")
@example("-'’\u0308\u00ad")
def test_tokens_never_hold_a_space_and_every_word_finds_itself(text: str) -> None:
    for word in words(text):
        piece = text[word.start : word.end]
        assert not any(re.search(r"[\s\"]", token) for token in word.tokens)
        assert all(word.tokens) or not fold_word(piece)
        for part in piece.split("-"):
            if folded := fold_word(part):
                assert tokens(folded)[0] in word.tokens


def constituents() -> list[str]:
    return dutch.CONSTITUENTS.read_text().split("\n")[:-1]


def test_the_list_of_parts_is_sorted_without_doubles_accents_or_spaces() -> None:
    found = constituents()
    assert found == sorted(set(found))
    assert [word for word in found if not re.fullmatch("[a-z]{3,}", word)] == []


def test_the_list_of_parts_holds_no_compound_of_its_own_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everything = frozenset(constituents())
    compounds = set()
    for word in everything:
        rest = everything - {word}
        stems = frozenset(map(stem, rest))
        monkeypatch.setattr(dutch, "_constituents", lambda rest=rest: rest)
        monkeypatch.setattr(dutch, "_constituent_stems", lambda stems=stems: stems)
        dutch._split.cache_clear()
        if len(dutch._split(word) or ()) > 1:
            compounds.add(word)
    monkeypatch.undo()
    dutch._split.cache_clear()
    assert compounds == KEPT_WHOLE
