"""One's own files, chosen by oneself: examined at once, shown once, kept nowhere."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gouvernail.apps.accounts.permissions import Act, act
from gouvernail.apps.protection import own
from gouvernail.common.request import Request


@require_http_methods(["GET", "HEAD", "POST"])
@act(Act.READ_OWN)
@never_cache
def own_files(request: Request) -> HttpResponse:
    """Say what the files somebody sends hold; nothing of them is written or kept."""
    if request.method != "POST":
        return render(request, "protection/own.html", {"limit": own.limit()})
    given = request.FILES.getlist("files")
    size = sum(each.size or 0 for each in given)
    refused = ""
    if not given:
        refused = _("Choose one file at least.")
    elif size > own.limit() or len(given) > own.MOST:
        refused = _("These files are too many or too heavy to be examined here.")
    if refused:
        context = {"limit": own.limit(), "refused": refused}
        return render(request, "protection/own.html", context, status=422)
    context = {"limit": own.limit(), "rows": own.examined(given)}
    return render(request, "protection/own.html", context)
