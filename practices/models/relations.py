"""The relations that hold terms, each with its vocabulary."""

from practices.models.terms import Vocabulary

RELATIONS = {
    "formats": Vocabulary.FORMAT,
    "compositions": Vocabulary.COMPOSITION,
    "working_methods": Vocabulary.WORKING_METHOD,
    "deliveries": Vocabulary.DELIVERY,
    "target_groups": Vocabulary.TARGET_GROUP,
    "radicalisation_types": Vocabulary.RADICALISATION_TYPE,
    "themes": Vocabulary.THEME,
    "policy_fields": Vocabulary.POLICY_FIELD,
}
"""The fields of a practice that hold terms, each with its vocabulary."""

OF_PARTS = {
    "expertises": Vocabulary.EXPERTISE,
    "providers": Vocabulary.DELIVERY,
    "goals": Vocabulary.LEARNING_GOAL,
}
"""Terms that hang on a trainer or a learning goal of the practice: these own the reference."""
