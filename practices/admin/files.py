"""The forms by which files come in: each is looked through before it is kept."""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.admin.views.account import AvatarSettingsPanel
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from practices.services.files.documents import check_document
from practices.services.files.pictures import made_anew
from practices.services.files.unfit import UnfitFileError

LARGEST_AVATAR = 5_000_000
"""Bytes."""


class DocumentForm(BaseDocumentForm):
    """Wagtail's form, which takes what a document's name says it is, and nothing that runs."""

    def clean_file(self) -> Any:
        """The file that was sent, when it is fit."""
        file = self.cleaned_data["file"]
        if _is_new(file):
            try:
                check_document(file, PurePath(file.name).suffix.lower().removeprefix("."))
            except UnfitFileError as error:
                raise ValidationError(str(error), code="unfit") from error
        return file


class PictureForm(BaseImageForm):
    """Wagtail's form, which keeps of a picture what is seen on it."""

    def clean_file(self) -> Any:
        """The picture made anew."""
        return renewed(self.cleaned_data["file"])


class AvatarForm(AvatarPreferencesForm):
    """Wagtail's form for the picture of an account, with the same rules."""

    def clean_avatar(self) -> Any:
        """The picture made anew; one that is much too large is not even opened."""
        file = self.cleaned_data["avatar"]
        if _is_new(file) and file.size > LARGEST_AVATAR:
            most = filesizeformat(LARGEST_AVATAR)
            raise ValidationError(
                _("This picture is too large. It may have %(most)s.") % {"most": most},
                code="too_large",
            )
        return renewed(file)


def look_at_avatars() -> None:
    """Give Wagtail's page of one's own account our form; harmless if repeated."""
    AvatarSettingsPanel.form_class = AvatarForm


def renewed(file: Any) -> Any:
    """A picture that was sent, made anew; one that was there before stays.

    Raises `ValidationError` with what to do for one that is not fit.
    """
    if not _is_new(file):
        return file
    try:
        content, ending = made_anew(file)
    except UnfitFileError as error:
        raise ValidationError(str(error), code="unfit") from error
    name = PurePath(file.name).with_suffix(f".{ending}").name
    return SimpleUploadedFile(name, content, f"image/{ending.replace('jpg', 'jpeg')}")


def _is_new(file: Any) -> bool:
    return isinstance(file, File) and not getattr(file, "_committed", False)
