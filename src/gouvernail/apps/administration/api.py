"""Operation on the whole of an authority."""

from __future__ import annotations

from typing import Any

from ninja import Router

from gouvernail.apps.accounts.api_access import needs
from gouvernail.apps.administration.export_views import given
from gouvernail.common.request import Request
from gouvernail_core.access import Act

router = Router()


@router.post("export", auth=needs(Act.EXPORT_AUTHORITY))
def export(request: Request) -> Any:
    """Give everything that is the authority's own, in open formats (zip)."""
    return given(request)
