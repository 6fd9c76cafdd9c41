"""Operations on what to protect first."""

from __future__ import annotations

from typing import Any

from ninja import Router

from gouvernail.apps.accounts.api_access import needs
from gouvernail.apps.steering.told import Computed, told, view_of
from gouvernail.common.paging import USUAL, Limit, Offset, Page, page
from gouvernail.common.request import Request
from gouvernail.formats.plan import ProtectFirstValue
from gouvernail_core.access import Act

router = Router()


class RankingOut(Page[ProtectFirstValue]):
    """Some stores, in the order of protection."""

    computed: Computed


@router.get("protection", auth=needs(Act.READ), response=RankingOut, by_alias=True)
def ranking(request: Request, limit: Limit = USUAL, offset: Offset = 0) -> Any:
    """List the stores in the order of protection, each with its reasons."""
    view = view_of(request)
    found = view.plan["protect_first"]
    return told(view, **page(request, found, limit, offset, dict))
