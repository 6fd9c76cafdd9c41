"""What a letter on paper holds that a screen does not: a link to be photographed."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gouvernail.apps.messaging.mailing import is_set

register = template.Library()

#: Signs of white around the square, without which cameras miss it (ISO/IEC 18004).
QUIET_ZONE = 4


@register.simple_tag
def qr(link: str) -> SafeString:
    """Return a link as a square to photograph: an SVG without style, black on white.

    Drawn with the middle level of correction: a fold or a stain of a sixth of it does no harm.
    """
    from qrcode import QRCode  # type: ignore[import-untyped]
    from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]

    made = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    made.add_data(link)
    rows = made.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    size = len(rows)
    return format_html(
        '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}" width="200" height="200" '
        'shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/>'
        '<path fill="#000" d="{}"/></svg>',
        _("Link of the letter, to photograph with a telephone"),
        size,
        size,
        mark_safe(path),  # noqa: S308 - signs made here, from numbers
    )


@register.simple_tag
def mail_set() -> bool:
    """Return whether e-mail leaves from this installation."""
    return is_set()
