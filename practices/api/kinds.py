"""The kinds of answers as the description names them: what the code calls them, in Dutch."""

from django.utils.translation import gettext_noop as _

KINDS: dict[str, tuple[str, str]] = {
    "Practice": (
        "Praktijk",
        _(
            "What one municipality learned from one training, meeting or programme. What is not"
            " known is empty or null. Terms stand under the name of the parameter that finds them."
        ),
    ),
    "PracticePage": ("Praktijken", _("A page of practices.")),
    "Lesson": ("Les", _("A lesson, with the practice that it comes from.")),
    "LessonPage": ("Lessen", _("A page of lessons.")),
    "Municipality": ("Gemeente", _("A municipality. Source of the figures: CBS.")),
    "MunicipalityPage": ("Gemeenten", _("A page of municipalities.")),
    "AlikeList": ("Vergelijkbaar", _("Comparable municipalities, the most alike first.")),
    "Alike": ("VergelijkbareGemeente", _("A comparable municipality, and why it is one.")),
    "VocabularyList": ("Woordenlijsten", _("All vocabularies.")),
    "Vocabulary": ("Woordenlijst", _("A vocabulary with its terms, in their order.")),
    "Term": ("Term", _("A term, with what it means.")),
    "SignpostPage": ("Wegwijzers", _("A page of WegWijzers.")),
    "Signpost": ("Wegwijzer", _("A fact sheet on one subject.")),
    "Publication": ("Publicatie", _("A publication, also where it is only on paper.")),
    "Trainer": ("Trainer", _("A trainer of the mix.")),
    "Goal": ("Leerdoel", _("A learning goal, how it was measured, and whether it was reached.")),
    "PracticeLesson": ("LesVanPraktijk", _("What worked, what did not, or a tip.")),
    "Duration": ("Lengte", _("How long it took; a daypart is about four hours.")),
    "Value": ("Waarde", _("A value of a vocabulary.")),
    "Document": ("Document", _("A document to download.")),
    "Link": ("Link", _("A link to another site.")),
    "PracticeRef": ("PraktijkVerwijzing", _("A practice that is named.")),
    "MunicipalityRef": ("GemeenteVerwijzing", _("A municipality that is named.")),
    "SignpostRef": ("WegwijzerVerwijzing", _("A WegWijzer that is named.")),
    "VocabularyRef": ("WoordenlijstVerwijzing", _("A vocabulary that is named.")),
    "TermRef": ("TermVerwijzing", _("A term of this vocabulary, or of another.")),
    "Problem": ("Probleem", _("What went wrong, and what to do (RFC 9457).")),
}
"""By the name of the class: the name and the text in the description, in its order."""
