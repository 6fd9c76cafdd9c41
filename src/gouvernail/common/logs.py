"""What the platform writes of itself on its error stream: one line an event, nobody in it.

Messages of libraries are written without what they were given, for it may be an address, a name or
what somebody typed. Faults are told by their class and the places they went through, without
their message and without any value. Each request has one line, under the pattern of its address.
"""

from __future__ import annotations

import logging
import re
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import PurePath
from types import TracebackType
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

#: An identifier a relay gives: letters of a number, so that it can carry no word.
_IDENTIFIER = re.compile(r"[0-9a-f-]{8,64}")
_MAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")
_QUERY = re.compile(r"\?\S+")
_MOST_PLACES = 30
_Event = Any

log = structlog.stdlib.get_logger("gouvernail.request")


def configuration(form: str, level: str) -> dict[str, Any]:
    """Return Django's LOGGING; `form` is "json", "text" or "" for what the stream calls for."""
    as_json = form == "json" or (not form and not sys.stderr.isatty())
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    before: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        fault_without_values,
        without_people,
    ]
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    last = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": before,
                "processors": last,
                # The message as it is written in the code, not with what it was given.
                "use_get_message": False,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "gouvernail": {"level": level},
            # Django's own handlers would write the address and the fault whole.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
            # axes would write names and addresses: its journal is the platform’s own.
            "axes": {"level": "ERROR"},
            # Its line is the request's own, under the pattern of the address.
            "django.request": {"level": "ERROR"},
        },
    }


def fault_without_values(_: Any, __: str, event: _Event) -> _Event:
    """Replace a fault by its class and the places it went through."""
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    if isinstance(given, BaseException):
        given = (type(given), given, given.__traceback__)
    if isinstance(given, tuple) and given[1] is not None:
        event["fault"] = told(given[1])
        # Some libraries write the fault's own words as their message.
        if (words := str(given[1])) and words in str(event.get("event", "")):
            event["event"] = str(event["event"]).replace(words, "…")
    event.pop("stack_info", None)
    return event


def told(fault: BaseException) -> list[dict[str, Any]]:
    """Return a fault and those that caused it: class and places, no message, no value."""
    found: list[dict[str, Any]] = []
    current: BaseException | None = fault
    while current is not None and len(found) < 5:
        name = f"{type(current).__module__}.{type(current).__qualname__}"
        found.append({"class": name, "places": _places(current.__traceback__)})
        hidden = None if current.__suppress_context__ else current.__context__
        current = current.__cause__ or hidden
    return found


def _places(trace: TracebackType | None) -> list[str]:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        file = "/".join(PurePath(code.co_filename).parts[-3:])
        places.append(f"{file}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-_MOST_PLACES:]


def without_people(_: Any, __: str, event: _Event) -> _Event:
    """Blot out mail addresses and queries, should a message hold one all the same."""
    for key, value in event.items():
        if isinstance(value, str) and not key.startswith("_"):
            event[key] = _QUERY.sub("?…", _MAIL.sub("…@…", value))
    return event


class RequestLog:
    """Writes one line a request, and gives it an identifier that the answer bears too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        identifier = _identifier(request)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=identifier)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = identifier
            _write(request, response.status_code, 1000 * (time.perf_counter() - began))
            return response
        finally:
            structlog.contextvars.clear_contextvars()


def _identifier(request: HttpRequest) -> str:
    """Return the relay's identifier when a relay is trusted, else a new one."""
    given = request.headers.get("X-Request-ID", "")
    if settings.TRUSTED_PROXIES and _IDENTIFIER.fullmatch(given):
        return given
    return uuid.uuid4().hex


def _write(request: HttpRequest, status: int, elapsed: float) -> None:
    authority = getattr(request, "authority", None)
    actor = getattr(request, "actor", None)
    match = request.resolver_match
    static = match is None and request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/")
    log.log(
        logging.DEBUG if static else logging.INFO,
        "request",
        method=request.method if request.method in _METHODS else "?",
        route=match.route if match else ("static" if static else "none"),
        status=status,
        ms=round(elapsed, 1),
        authority=authority.code if authority else "",
        user=actor.uid if actor else "",
    )


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
