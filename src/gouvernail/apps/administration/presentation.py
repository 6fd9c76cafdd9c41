"""The administration in words: where to go, sizes, versions, the table of computations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gouvernail.apps.accounts.permissions import Act, may
from gouvernail.apps.administration.queries import Sizes, Versions
from gouvernail.apps.administration.services import label_of
from gouvernail.apps.jobs.kinds import KINDS
from gouvernail.apps.jobs.queries import Progress
from gouvernail.apps.jobs.states import State
from gouvernail.common.listing import Anchor, Filters, Heading, Select, folded, headings, ordered
from gouvernail_core.facts import sheet
from gouvernail_core.kernel import Text


@dataclass(frozen=True, slots=True)
class Link:
    """A page to go to, and what one does there."""

    label: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, with its unit."""

    label: str
    value: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A computation of the table; an empty address is a thing one cannot do."""

    id: int
    label: str
    state: str
    tone: str
    active: bool
    percent: int
    message: str
    asked_by: str
    asked_at: Any
    started_at: Any
    finished_at: Any
    attempts: int
    poll: str
    cancel: str
    retry: str


@dataclass(frozen=True, slots=True)
class Table:
    """The computations, filtered and sorted as the address says."""

    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    filters: Filters
    exports: tuple[Anchor, ...]
    total: int


def links(actor: Any) -> tuple[Link, ...]:
    """Return the pages of the administration that exist here and that one may open."""
    rows = (
        (_("People and access"), _("Who comes in, with which profile; invitations."),
         "people:index", Act.MANAGE_PEOPLE),
        (_("Access tokens"), _("The keys by which other software reads or writes."),
         "people:tokens", Act.MANAGE_TOKENS),
        (_("Mail"), _("What is sent to people, and what could not be."),
         "administration:mail", Act.ADMINISTER),
        (_("Computations"), _("How far they are; cancel one, start one again."),
         "administration:jobs", Act.ADMINISTER),
        (_("Export everything"), _("One file with all that is yours."),
         "administration:export", Act.EXPORT_AUTHORITY),
        (_("Journal"), _("Who did what, and when; its seal."), "home:journal", Act.READ_JOURNAL),
        (_("Attached files"), _("Everything attached to the facts."),
         "files:index", Act.READ_FILES),
    )  # fmt: skip
    return tuple(
        Link(label, text, href)
        for label, text, page, needed in rows
        if may(actor, needed) and (href := _address(page))
    )


def _address(page: str) -> str:
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def size_lines(sizes: Sizes) -> tuple[Figure, ...]:
    """Return how much is kept, one figure a line."""
    kinds = " · ".join(
        f"{_in_words(sheet(code).label)} : {number_format(n, force_grouping=True)}"
        for code, n in sizes.rows.items()
    )
    found = (
        Figure(_("Rows of facts"), _number(sum(sizes.rows.values())), kinds),
        Figure(_("People who have access"), _number(sizes.people)),
        Figure(_("Attached files"), _number(sizes.files), filesizeformat(sizes.file_bytes)),
        Figure(_("Plans kept"), _number(sizes.plans), filesizeformat(sizes.document_bytes)),
        Figure(_("Exports waiting to be taken"), filesizeformat(sizes.export_bytes)),
        Figure(_("Entries of the journal"), _number(sizes.entries)),
    )
    if sizes.database is None:
        return found
    return (*found, Figure(_("The whole database"), filesizeformat(sizes.database)))


def version_lines(versions: Versions) -> tuple[Figure, ...]:
    """Return what runs, one version a line."""
    moved = versions.migrated_at
    when = date_format(timezone.localtime(moved), "DATETIME_FORMAT") if moved else ""
    return (
        Figure("Gouvernail", versions.gouvernail),
        Figure(_("Rules of the knowledge base"), versions.rules),
        Figure(_("Database"), versions.database),
        Figure(_("Last change of the database"), versions.migration, when),
        Figure("Python", versions.python),
        Figure("Django", versions.django),
    )


_KEYS = {
    "calcul": lambda line: folded(line.label),
    "etat": lambda line: folded(line.state),
    "qui": lambda line: folded(line.asked_by),
    "demande": lambda line: line.asked_at,
    "fin": lambda line: (line.finished_at is not None, line.finished_at or line.asked_at),
    "essais": lambda line: line.attempts,
}


def table(runs: Sequence[Progress], params: Mapping[str, str], actor: Any) -> Table:
    """Return the list of the computations."""
    here = reverse("administration:jobs")
    kinds = sorted({run.kind for run in runs})
    named = [(code, _in_words(next(label_of(r) for r in runs if r.kind == code))) for code in kinds]
    kind = Select.of("calcul", _("Computation"), _("All"), named, params)
    state = Select.of("etat", _("State"), _("All"), states().items(), params)
    kept = (("tri", params["tri"]),) if params.get("tri") else ()
    filters = Filters(here, (kind, state), _("Word"), params.get("mot", "")[:100], kept)
    word = folded(filters.word)
    found = [
        line(run, actor)
        for run in runs
        if kind.value in ("", run.kind) and state.value in ("", run.state)
    ]
    found = [each for each in found if word in folded(f"{each.asked_by} {each.message}")]
    found = ordered(found, params.get("tri", ""), _KEYS, "-demande")
    columns = (
        ("calcul", _("Computation"), False),
        ("etat", _("State"), False),
        ("qui", _("Asked by"), False),
        ("demande", _("Asked on"), False),
        ("fin", _("Ended on"), False),
        ("essais", _("Attempts"), True),
        ("", _("To do"), False),
    )
    exports = tuple(
        Anchor(form.upper(), reverse("administration:export_jobs", args=[form]))
        for form in ("ods", "xlsx", "csv")
    )
    heads = headings(here, params, columns, default="-demande")
    return Table(heads, tuple(found), filters, exports, len(runs))


def line(run: Progress, actor: Any) -> Line:
    """Return a computation as the table shows it."""
    kind = KINDS.get(run.kind)
    again = run.failed and kind is not None and may(actor, kind.act)
    return Line(
        id=run.id,
        label=_in_words(label_of(run)),
        state=states().get(run.state, run.state),
        tone=_TONES.get(run.state, "neutre"),
        active=run.active,
        percent=run.percent,
        message=_in_words(run.message),
        asked_by=run.asked_by,
        asked_at=run.asked_at,
        started_at=run.started_at,
        finished_at=run.finished_at,
        attempts=run.attempts,
        poll=reverse("administration:job", args=[run.id]) if run.active else "",
        cancel=reverse("administration:cancel", args=[run.id]) if run.active else "",
        retry=reverse("administration:retry", args=[run.id]) if again else "",
    )


def export_rows(runs: Sequence[Progress]) -> tuple[list[str], list[list[Any]]]:
    """Return headings and cells of every computation."""
    head = [_("Number"), _("Computation"), _("State"), _("Asked by"), _("Asked on"), _("Began on"),
            _("Ended on"), _("Attempts"), _("Message")]  # fmt: skip
    cells = [
        [run.id, _in_words(label_of(run)), states().get(run.state, run.state), run.asked_by,
         _moment(run.asked_at), _moment(run.started_at), _moment(run.finished_at), run.attempts,
         _in_words(run.message)]
        for run in runs
    ]  # fmt: skip
    return head, cells


def states() -> dict[str, str]:
    """Return the states of a computation, in words."""
    return {
        State.QUEUED.value: _("Waiting"),
        State.RUNNING.value: _("Working"),
        State.DONE.value: _("Done"),
        State.FAILED.value: _("Failed"),
        State.ABANDONED.value: _("Given up"),
        State.CANCELLED.value: _("Cancelled"),
    }


_TONES = {State.DONE.value: "ok", State.FAILED.value: "main", State.ABANDONED.value: "main"}


def _in_words(text: Text) -> str:
    return text.in_("en" if (get_language() or "fr").startswith("en") else "fr")


def _number(n: int) -> str:
    return number_format(n, force_grouping=True)


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}" if at else ""
