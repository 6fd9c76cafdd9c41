"""The platform for programs: every read and every act of the pages, under /api/v1/.

Each app gives its own operations; here they are put together, marked as addresses of ours, and
what goes wrong is told as a problem (RFC 9457).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import wraps
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.operation import Operation

from gouvernail import __version__
from gouvernail.apps.accounts.api_access import RATE, AccessToken, Calm
from gouvernail.apps.accounts.permissions import public
from gouvernail.common import problems
from gouvernail_core.kernel import RefusedError

DESCRIPTION = """
Every read and every act of the pages, for programs.

A token is made in the page “Access tokens” by somebody who leads; it is shown as
`Authorization: Bearer gv_…`. It does what it was given, in one authority or one network, until its
last day, and never more than its maker may do on the day it is used.

A list is given by parts (`limit`, `offset`, `next`). A read bears an `ETag`: shown back in
`If-None-Match`, it answers 304 while nothing moved. A change of a fact needs `If-Match` with the
version that was read, so that nobody's work is written over.

What goes wrong is told as `application/problem+json` (RFC 9457), in the language of
`Accept-Language`: French, unless English is asked.
""".strip()


class Api(NinjaAPI):
    """Names each operation by its app and its function: « facts_add »."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name of an operation."""
        app = operation.view_func.__module__.split(".")[-2]
        return f"{app}_{operation.view_func.__name__}"


def build() -> NinjaAPI:
    """Return the API with the operations of every app."""
    api = Api(
        title="Gouvernail",
        version="1",
        description=DESCRIPTION,
        urls_namespace="api-1",
        docs_url=None,
        openapi_url=None,
        throttle=[Calm(RATE)],
    )
    _tell_problems(api)
    for step in settings.STEPS:
        if find_spec(f"gouvernail.apps.{step}.api"):
            api.add_router("", import_module(f"gouvernail.apps.{step}.api").router, tags=[step])
    return api


def document(api: NinjaAPI) -> dict[str, Any]:
    """Return the OpenAPI document, with what every operation may answer besides."""
    told: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    told["info"]["x-software"] = __version__
    told["components"]["schemas"]["Problem"] = PROBLEM
    acts = acts_of(api)
    for path in told["paths"].values():
        for operation in path.values():
            operation["x-act"] = acts[operation["operationId"]]
            operation["responses"] = {
                str(status): told for status, told in operation["responses"].items()
            }
            for status in WHY:
                operation["responses"].setdefault(status, _problem(status))
    return told


def acts_of(api: NinjaAPI) -> dict[str, str | None]:
    """Return the act that each operation asks for, by its identifier; None for any good token."""
    found: dict[str, str | None] = {}
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                access = operation.auth_param
                act = access.act.value if isinstance(access, AccessToken) and access.act else None
                found[api.get_openapi_operation_id(operation)] = act
    return found


PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                    "pointer": {"type": "string"},
                },
            },
        },
    },
}


def _problem(status: str) -> dict[str, Any]:
    shape = {"$ref": "#/components/schemas/Problem"}
    return {"description": WHY[status], "content": {problems.MEDIA_TYPE: {"schema": shape}}}


WHY = {
    "400": "The request cannot be read",
    "401": "No token, or one that opens nothing any more",
    "403": "The token does not open this",
    "404": "Nothing there, for this token at least",
    "409": "Somebody did otherwise meanwhile",
    "412": "The row moved since the version shown in If-Match",
    "413": "Too large",
    "415": "In another format than the one expected",
    "422": "What is asked cannot be done as it stands",
    "428": "If-Match is missing",
    "429": "Too many requests in a minute; Retry-After says when to ask again",
}


def marked(patterns: Iterable[URLResolver | URLPattern]) -> list[URLPattern]:
    """Return the addresses of the API, open to whoever shows a token: each operation names its act.

    What they answer bears an ETag; what the framework itself refuses is told as a problem too.
    """
    found = [each for each in patterns if isinstance(each, URLPattern) and each.name != "api-root"]
    for each in found:
        each.callback = public(_answered(each.callback))
    return found


def _answered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            allowed = response.get("Allow", "")
            response = problems.problem(
                request, 405, _("This address does not do that"), _("It does: ") + allowed
            )
            response["Allow"] = allowed
        response.setdefault("Cache-Control", "private, no-cache")
        return _with_etag(request, response)

    answering.csrf_exempt = True  # type: ignore[attr-defined]
    return answering


def _with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give a read its ETag; say 304 to who already has it."""
    if request.method != "GET" or response.status_code != 200 or response.streaming:
        return response
    if not response.has_header("ETag"):
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    shown = request.headers.get("If-None-Match", "").split(",")
    known = {tag.strip().removeprefix("W/") for tag in shown}  # weak: RFC 9110, 13.1.2
    if "*" in known or response["ETag"] in known:
        same = HttpResponse(status=304)
        for name in ("ETag", "Cache-Control"):
            same[name] = response[name]
        return same
    return response


def _tell_problems(api: NinjaAPI) -> None:
    """Turn each fault into a problem."""

    @api.exception_handler(AuthenticationError)
    def nobody(request: HttpRequest, error: Any) -> HttpResponse:
        response = problems.problem(
            request,
            401,
            _("No token, or one that opens nothing any more"),
            _("Show a token: Authorization: Bearer gv_…"),
        )
        response["WWW-Authenticate"] = 'Bearer realm="Gouvernail"'
        return response

    @api.exception_handler(PermissionDenied)
    def forbidden(request: HttpRequest, error: Any) -> HttpResponse:
        return problems.problem(request, 403, _("The token does not open this"), str(error))

    @api.exception_handler(Http404)
    def nothing(request: HttpRequest, error: Any) -> HttpResponse:
        return problems.problem(request, 404, _("Nothing there, for this token at least"))

    @api.exception_handler(RefusedError)
    def refused(request: HttpRequest, error: Any) -> HttpResponse:
        return problems.refused(request, error)

    @api.exception_handler(ValidationError)
    def unreadable(request: HttpRequest, error: Any) -> HttpResponse:
        errors = [
            {"pointer": _pointer(each["loc"]), "code": each["type"], "detail": _said(each)}
            for each in error.errors
        ]
        title = _("What is asked cannot be done as it stands")
        return problems.problem(request, 422, title, errors=errors)

    @api.exception_handler(Throttled)
    def hurried(request: HttpRequest, error: Any) -> HttpResponse:
        wait = int(error.wait or 0) + 1
        title = _("Too many requests in a minute")
        response = problems.problem(
            request, 429, title, _("Ask again in %(n)s seconds.") % {"n": wait}
        )
        response["Retry-After"] = str(wait)
        return response

    @api.exception_handler(RequestDataTooBig)
    def heavy(request: HttpRequest, error: Any) -> HttpResponse:
        return problems.problem(request, 413, _("What was sent is too large"))

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, error: Any) -> HttpResponse:
        title = _("The request cannot be read")
        if error.status_code == 415:
            title = _("What was sent is not in the format expected")
        if error.status_code == 404:
            title = _("Nothing there, for this token at least")
        return problems.problem(request, error.status_code, title, str(error.message or ""))

    @api.exception_handler(UnicodeError)
    def unheard_of(request: HttpRequest, error: Any) -> HttpResponse:
        return problems.problem(request, 400, _("The request cannot be read"))


def _said(error: dict[str, Any]) -> str:
    """Return what is wrong with a value, in the language asked: the library speaks English."""
    bounds = error.get("ctx") or {}
    kind = str(error["type"])
    if kind == "missing":
        return _("This value is missing.")
    if kind in ("greater_than_equal", "less_than_equal"):
        least = kind == "greater_than_equal"
        words = _("At least %(n)s is expected.") if least else _("At most %(n)s is expected.")
        return words % {"n": bounds.get("ge" if least else "le")}
    if kind in ("string_too_long", "too_long"):
        return _("This is too long: %(n)s at most.") % {"n": bounds.get("max_length")}
    if kind in ("string_too_short", "too_short"):
        return _("This is too short: %(n)s at least.") % {"n": bounds.get("min_length")}
    if kind in ("enum", "literal_error"):
        return _("One of these is expected: %(them)s.") % {"them": bounds.get("expected")}
    if kind == "string_pattern_mismatch":
        return _("This is not written as expected.")
    return _("This value is not of the kind expected.")


def _pointer(place: tuple[Any, ...]) -> str:
    """Return a JSON pointer (RFC 6901): « /values/name » in a body, « /query/limit » elsewhere."""
    if place[:1] == ("body",):
        place = place[2:]  # the second is what our function calls the whole
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in place)
    return "".join(f"/{part}" for part in parts)
