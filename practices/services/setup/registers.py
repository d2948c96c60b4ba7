"""The vocabularies, the synonyms and the municipalities."""

from django.utils.translation import gettext as _

from practices.services.reference.load import Loaded, load_reference


def fill_registers() -> list[str]:
    """Load what a register that is still empty should hold."""
    loaded = load_reference()
    if loaded == Loaded(0, 0, 0, 0):
        return []
    return [
        _(
            "%(terms)d terms, %(synonyms)d groups of synonyms and %(municipalities)d "
            "municipalities loaded."
        )
        % vars(loaded)
    ]
