"""Who writes for a municipality: its group and files, and the invitations to join it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models.municipalities import Municipality


class MunicipalityGroup(models.Model):
    """What belongs to a municipality in the admin: a group of officials and a collection of files.

    They are linked here because names change and the rights must not.
    """

    municipality = models.OneToOneField(
        Municipality, on_delete=models.CASCADE, related_name="officials"
    )
    group = models.OneToOneField(
        "auth.Group", on_delete=models.CASCADE, related_name="municipality_link"
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection", on_delete=models.PROTECT, related_name="municipality_link"
    )

    def __str__(self) -> str:
        return str(self.municipality)


class InvitationState(models.TextChoices):
    """Where an invitation stands."""

    OPEN = "open", _("open")
    USED = "used", _("used")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


class Role(models.TextChoices):
    """As what somebody is invited."""

    OFFICIAL = "official", _("official")
    EDITOR = "editor", _("editor")
    ADMINISTRATOR = "administrator", _("administrator")


class Invitation(models.Model):
    """An invitation to work here, sent to an e-mail address; officials write for municipalities.

    The token of the link is kept only as a hash. The address is removed when the invitation has
    been used or withdrawn, and 30 days after it expired.
    """

    email = models.EmailField(_("e-mail address"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=15, choices=Role, default=Role.OFFICIAL)
    municipalities = models.ManyToManyField(
        Municipality, verbose_name=_("municipalities"), related_name="+"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    token_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        """The newest first; an address has one invitation that is neither used nor withdrawn."""

        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("email",),
                condition=Q(used_at=None, withdrawn_at=None) & ~Q(email=""),
                name="invitation_one_for_each_address",
            ),
        )

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def state(self) -> InvitationState:
        """The state now."""
        if self.used_at:
            return InvitationState.USED
        if self.withdrawn_at:
            return InvitationState.WITHDRAWN
        if self.expires_at <= timezone.now():
            return InvitationState.EXPIRED
        return InvitationState.OPEN
