"""What the templates of the checks need."""

from django import template

from practices.addresses import absolute

register = template.Library()


@register.simple_tag
def absolute_address(address: str) -> str:
    """The address with the host under which the site is known."""
    return absolute(address)
