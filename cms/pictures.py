"""Uploaded pictures, as the admin shows them: to who may see them there, and to nobody else.

No page for visitors has any. The folder of uploads has no address of its own, as documents of
drafts lie there too.
"""

from mimetypes import guess_type

from django.contrib.auth.models import AnonymousUser, User
from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

SHOWN = frozenset({"image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"})
"""The kinds that a browser only draws."""


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """The picture of this name, that of no other file; a 404 alike for all that is not shown."""
    kind = guess_type(name)[0]
    if kind not in SHOWN or not _may_see(request.user, name):
        raise Http404
    try:
        with default_storage.open(name) as file:
            response = HttpResponse(file.read(), content_type=kind)
    except FileNotFoundError:
        raise Http404 from None
    # It may be somebody else's turn at this browser: whoever keeps it asks first.
    response["Cache-Control"] = "private, no-cache"
    return response


def _may_see(user: User | AnonymousUser, name: str) -> bool:
    """Whether somebody has a picture in the admin: of a person there, or one that may be chosen."""
    if not user.has_perm("wagtailadmin.access_admin"):
        return False
    if UserProfile.objects.filter(avatar=name).exists():
        return True
    images = get_image_model()
    # Of an image itself, or of it in another size.
    image = images._default_manager.filter(Q(file=name) | Q(renditions__file=name)).first()
    return image is not None and policy_registry.get_by_type(
        images
    ).user_has_any_permission_for_instance(user, ["choose", "change", "delete"], image)
