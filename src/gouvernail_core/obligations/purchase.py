"""How a purchase must be made, and who must publish the rules of its algorithms."""

from __future__ import annotations

from decimal import Decimal

from gouvernail_core.kernel import Reason, Source, Text
from gouvernail_core.obligations.context import Context, number_text
from gouvernail_core.obligations.judgement import Judgement, no, unknown, yes
from gouvernail_core.obligations.predicate import predicate

_KIND, _VALUE = "contract.kind", "contract.need_value_ht"
_PRICE, _LAUNCHED = "contract.price", "contract.consultation_date"
_DELEGATION = "authority.executive_delegation_threshold"
_NO_PURCHASE = ("gratuit", "mutualisation", "aucun")


@predicate("procurement_procedure", reads=(_KIND, _VALUE))
def procurement_procedure(ctx: Context) -> Judgement:
    """Return whether a public contract is in view, and the procedure its value asks for.

    The value is that of the whole need, before tax. A value without a kind is read as a purchase.
    """
    kind, value = ctx.text(_KIND), ctx.number(_VALUE)
    if kind in _NO_PURCHASE:
        return no(ctx.stated(_KIND))
    if kind is None and not value:
        return ctx.missing(_KIND)
    if value is None:
        return ctx.missing(_VALUE)
    return _procedure(ctx, value)


@predicate("free_of_charge", reads=(_KIND, _PRICE))
def free_of_charge(ctx: Context) -> Judgement:
    """Return whether the tool is had without paying: a stated price settles, else the kind does.

    A public contract or a central purchase is presumed paid for, aloud, unless a price of zero
    says otherwise; without a contract, or shared, silence on the price is an unknown.
    """
    kind, price = ctx.text(_KIND), ctx.number(_PRICE)
    if price is not None:
        return (no if price else yes)(ctx.stated(_PRICE))
    if kind is None:
        return ctx.missing(_KIND)
    if kind in ("aucun", "mutualisation"):
        return ctx.missing(_PRICE)
    if kind == "gratuit":
        return yes(ctx.stated(_KIND))
    paid = no(_PAID_FOR, ctx.stated(_KIND))
    return Judgement(paid.value, paid.reasons, (), (_PRICE,))


_PAID_FOR = Reason(
    "presumed-paid-for",
    Text(
        "Un marché se paie : nous présumons que le prix n’est pas nul. Dites-le si ce n’est pas le "
        "cas.",
        "A public contract is paid for: we presume that the price is not zero. Please say so if "
        "this is not the case.",
    ),
)


@predicate("above_delegation", reads=(_KIND, _VALUE, _DELEGATION))
def above_delegation(ctx: Context) -> Judgement:
    """Return whether the need is worth more than the executive may sign alone (L. 2122-22 4°)."""
    kind, value, limit = ctx.text(_KIND), ctx.number(_VALUE), ctx.number(_DELEGATION)
    if kind in _NO_PURCHASE:
        return no(ctx.stated(_KIND))
    if value is None:
        return ctx.missing(_VALUE)
    if value == 0:
        return no(ctx.stated(_VALUE))
    if limit is None:
        return ctx.missing(_DELEGATION)
    if value > limit and kind is None:
        return ctx.missing(_KIND).because(ctx.stated(_VALUE), ctx.stated(_DELEGATION))
    return (yes if value > limit else no)(ctx.stated(_VALUE), ctx.stated(_DELEGATION))


@predicate("tender_after_environmental_clauses", reads=(_LAUNCHED,))
def tender_after_environmental_clauses(ctx: Context) -> Judgement:
    """Return whether the tender is launched on or after the first day of these clauses."""
    launched, start = ctx.day(_LAUNCHED), ctx.parameter_day("CP_ENV")
    if start is None:
        return ctx.no_figure("CP_ENV")
    if launched is None:
        return ctx.missing(_LAUNCHED)
    return (yes if launched >= start else no)(ctx.stated(_LAUNCHED))


def _procedure(ctx: Context, value: Decimal) -> Judgement:
    figures: dict[str, tuple[Decimal, Source]] = {}
    for code in ("CP_GRE_A_GRE", "CP_BOAMP", "CP_FORMALISE"):
        found = ctx.parameter_number(code)
        if found is None:
            return ctx.no_figure(code)
        figures[code] = found
    stated = [ctx.stated(_VALUE), *_essential_data(ctx, value)]
    for code, texts in _STEPS:
        limit, source = figures[code]
        if value < limit:
            return yes(_procedure_reason(code, texts, limit, source), *stated)
    limit, source = figures["CP_FORMALISE"]
    return yes(_procedure_reason("CP_FORMALISE-reached", _FORMAL, limit, source), *stated)


def _essential_data(ctx: Context, value: Decimal) -> list[Reason]:
    """Return the reminder that essential data are published (R. 2196-1), where it applies."""
    found = ctx.parameter_number("CP_DONNEES_ESSENTIELLES")
    if found is None or value < found[0]:
        return []
    return [_procedure_reason("essential-data", _ESSENTIAL, *found)]


def _procedure_reason(code: str, text: Text, limit: Decimal, source: Source) -> Reason:
    shown = number_text(limit)
    filled = Text(text.fr.format(limit=shown.fr), text.en.format(limit=shown.en))
    return Reason(f"procedure:{code}", filled, source)


_STEPS = (
    (
        "CP_GRE_A_GRE",
        Text(
            "Moins de {limit} euros HT : achat de gré à gré possible, motivé et tracé.",
            "Below {limit} euros before tax: direct purchase possible, reasoned and recorded.",
        ),
    ),
    (
        "CP_BOAMP",
        Text(
            "Moins de {limit} euros HT : procédure adaptée, publicité choisie selon l’achat.",
            "Below {limit} euros before tax: adapted procedure, publicity suited to the purchase.",
        ),
    ),
    (
        "CP_FORMALISE",
        Text(
            "Moins de {limit} euros HT : procédure adaptée, avis au BOAMP ou dans un journal "
            "d’annonces légales.",
            "Below {limit} euros before tax: adapted procedure, notice in an official journal.",
        ),
    ),
)
_ESSENTIAL = Text(
    "Au moins {limit} euros HT : les données essentielles du marché sont publiées.",
    "At least {limit} euros before tax: the essential data of the contract are published.",
)
_FORMAL = Text(
    "Au moins {limit} euros HT : procédure formalisée.",
    "At least {limit} euros before tax: formal procedure.",
)


@predicate("large_enough_to_publish", reads=("authority.fte", "authority.population"))
def large_enough_to_publish(ctx: Context) -> Judgement:
    """Return whether the authority reaches the threshold of L. 312-1-3 CRPA.

    The decree that sets the threshold was not found: an authority below 50 full-time equivalents
    but of 3,500 inhabitants or more stays to be examined, and what is missing is the figure.
    """
    fte = ctx.number("authority.fte")
    staff = ctx.parameter_number("SEUIL_L312_1_3")
    people = ctx.parameter_number("SEUIL_OD_POP")
    if staff is None or people is None:
        return ctx.no_figure("SEUIL_L312_1_3")
    if fte is None:
        return ctx.missing("authority.fte")
    shown = number_text(staff[0])
    if fte >= staff[0]:
        reason = Reason(
            "threshold:authority.fte",
            Text(
                f"Effectif d’au moins {shown.fr} équivalents temps plein.",
                f"Staff of at least {shown.en} full-time equivalents.",
            ),
            staff[1],
        )
        return yes(reason, ctx.stated("authority.fte"))
    population = ctx.number("authority.population")
    if population is None:
        return ctx.missing("authority.population").because(ctx.stated("authority.fte"))
    if population < people[0]:
        return no(_BELOW, ctx.stated("authority.fte"), ctx.stated("authority.population"))
    return unknown("parameter.SEUIL_L312_1_3", reasons=[_NOT_FOUND, ctx.stated("authority.fte")])


_BELOW = Reason(
    "below-threshold",
    Text(
        "Sous le seuil, publier reste une bonne pratique, sans obligation.",
        "Below the threshold, publishing is good practice, with no duty.",
    ),
)
_NOT_FOUND = Reason(
    "threshold-not-found",
    Text(
        "Le décret qui fixe le seuil n’a pas été retrouvé : faites vérifier s’il se compte en "
        "agents ou en habitants.",
        "The decree setting the threshold was not found: have it checked whether it counts staff "
        "or inhabitants.",
    ),
)


@predicate("public_authority", reads=())
def public_authority(ctx: Context) -> Judgement:
    """Return yes: a local authority is always a public authority (GDPR art. 37(1)(a))."""
    return yes(_PUBLIC)


_PUBLIC = Reason(
    "public-authority",
    Text("Votre collectivité est une autorité publique.", "You are a public authority."),
)
