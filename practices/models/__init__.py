"""The domain: one concept a file; import models from here."""

from practices.models.alerts import Alerted, Frequency, Subscription
from practices.models.audit import Act, AuditEvent
from practices.models.considerations import Consideration, Introduction, IntroductionAnswer, Says
from practices.models.figures import DailySalt, SearchVisitor, UnansweredSearch
from practices.models.lessons import Lesson
from practices.models.mails import MailRecord, QueuedMail
from practices.models.moderation import HistoryEntry, ReviewReminder, ReviewTask, ReviewTaskState
from practices.models.municipalities import Municipality, MunicipalityAlias, Province, SizeClass
from practices.models.overrules import Overrule
from practices.models.parts import GoalOutcome, PracticeDocument, PracticeLink, Reached, Trainer
from practices.models.people import Invitation, InvitationState, MunicipalityGroup, Role
from practices.models.practices import PracticePage, PracticeStatus
from practices.models.registers import RegisterStamp
from practices.models.reorganisation import (
    IN_FORCE,
    PracticeMove,
    Reorganisation,
    ReorganisationState,
)
from practices.models.signposts import (
    SignpostDocument,
    SignpostIndexPage,
    SignpostLink,
    SignpostPage,
    SignpostPublication,
)
from practices.models.synonyms import SynonymGroup
from practices.models.terms import FormerValue, Term, Vocabulary
from practices.models.tree import MunicipalityIndexPage, MunicipalityPage

__all__ = [
    "IN_FORCE",
    "Act",
    "Alerted",
    "AuditEvent",
    "Consideration",
    "DailySalt",
    "FormerValue",
    "Frequency",
    "GoalOutcome",
    "HistoryEntry",
    "Introduction",
    "IntroductionAnswer",
    "Invitation",
    "InvitationState",
    "Lesson",
    "MailRecord",
    "Municipality",
    "MunicipalityAlias",
    "MunicipalityGroup",
    "MunicipalityIndexPage",
    "MunicipalityPage",
    "Overrule",
    "PracticeDocument",
    "PracticeLink",
    "PracticeMove",
    "PracticePage",
    "PracticeStatus",
    "Province",
    "QueuedMail",
    "Reached",
    "RegisterStamp",
    "Reorganisation",
    "ReorganisationState",
    "ReviewReminder",
    "ReviewTask",
    "ReviewTaskState",
    "Role",
    "Says",
    "SearchVisitor",
    "SignpostDocument",
    "SignpostIndexPage",
    "SignpostLink",
    "SignpostPage",
    "SignpostPublication",
    "SizeClass",
    "Subscription",
    "SynonymGroup",
    "Term",
    "Trainer",
    "UnansweredSearch",
    "Vocabulary",
]
