"""Every address names its act, and Chloé sees nothing of Alice's."""

from __future__ import annotations

import json
import re
from itertools import product

from django.urls import URLPattern, URLResolver, get_resolver

from apps.conftest import PLAN
from gouvernail.apps.accounts.permissions import may
from gouvernail_core.access import Act

#: Everything of Alice's authority that could be seen: no word of it is in Chloé's.
CASES = [case["id"] for case in json.loads(PLAN.read_text(encoding="utf-8"))["cases"]][:2]
TITLES = tuple(c["title"] for c in json.loads(PLAN.read_text(encoding="utf-8"))["cases"])
WORDS = ("Exempleville", "exempleville", "Alice Dupont", *TITLES)


def patterns(resolver=None, prefix=""):
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, prefix + str(each.pattern))
        elif isinstance(each, URLPattern):
            yield prefix + str(each.pattern), each


def open_to_all(view):
    return getattr(view, "login_required", True) is False


def test_every_address_names_its_act_or_says_it_is_public():
    unnamed = [route for route, each in patterns() if not hasattr(each.callback, "act")]
    assert unnamed == []


def test_what_names_no_act_is_public_and_only_that():
    for route, each in patterns():
        assert (each.callback.act is None) == open_to_all(each.callback), route


def test_nobody_may_nothing():
    assert not any(may(None, act) for act in Act)


#: What an address numbers, by its beginning: Chloé's own row may well bear another one's number.
NUMBERED = {
    "administration/calculs/": "run",
    "plan/calcul/": "run",
    "plan/documents/": "result",
    "faits/importer/": "upload",
    "personnes/invitations/": "invitation",
    "personnes/": "member",
    "compte/absence/": "delegation",
    "compte/": "member",
    "reseau/": "member",
    "administration/courrier/": "letter",
    "messages/": "notice",
    "preuves/": "proof",
}


def what_is_numbered(route):
    return next(what for begins, what in NUMBERED.items() if route.startswith(begins))


def addresses(filled):
    """Yield each address with each of Alice's ids where it takes one, each row in its own sheet."""
    words = {"code": [*filled["rows"], *CASES], "form": ["ods"], "name": ["cas/fiche.pdf"]}
    words |= {"uid": [filled["file"]], "filename": ["Exempleville.txt"]}
    for route, each in patterns():
        if open_to_all(each.callback):
            continue
        taken = each.pattern.converters
        numbers = [name for name, converter in taken.items() if converter.regex == "[0-9]+"]
        if numbers and "code" in taken:
            pairs = filled["rows"].items()
            given = [{"code": code, numbers[0]: pk} for code, pk in pairs]
        else:
            known = [
                [filled[what_is_numbered(route)]] if name in numbers else words.get(name, CASES)
                for name in taken
            ]
            given = [dict(zip(taken, values, strict=True)) for values in product(*known)]
        for values in given:
            yield "/" + re.sub(r"<\w+:(\w+)>", lambda m, v=values: str(v[m[1]]), route)


def look_everywhere(chloe, filled):
    """Ask every address as Chloé, with Alice's ids; fail at the first word of Alice's."""
    tried = list(addresses(filled))
    assert len(tried) > 60
    for path in tried:
        answer = chloe.get(path)
        shut = {403} if path.startswith("/reseau/") else set()
        assert answer.status_code in {200, 302, 404, 405} | shut, path
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        for word in WORDS:
            assert word.encode() not in content, (path, word)
        if re.search(r"/\d+", path):  # one of Alice's ids: for Chloé it does not exist
            assert answer.status_code in {404, 405} | shut, path
        assert "xempleville" not in answer.get("Content-Disposition", ""), path


def test_chloe_sees_nothing_of_alices_on_any_address(chloe, filled):
    look_everywhere(chloe, filled)


def test_chloe_writes_nothing_of_alices_on_any_address(chloe, filled, exempleville):
    from gouvernail.apps.facts.queries import rows_of

    before = rows_of(exempleville.pk)
    for path in addresses(filled):
        chloe.post(path, {"version": "1", "id": "x", "name": "x", "retirer": "1"})
    assert rows_of(exempleville.pk) == before


def test_a_visitor_sees_nothing_at_all(client, filled):
    for path in addresses(filled):
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert answer["Location"].startswith("/compte/connexion"), path


def test_a_search_in_chloes_pages_finds_nothing_of_alices(chloe, filled):
    lists = (
        "/faits/people/", "/faits/use_cases/", "/personnes/", "/fichiers/", "/journal/",
        "/administration/courrier/", "/portefeuille", "/consulter", "/compte/jetons/",
    )  # fmt: skip
    # Parts of Alice's words: the page writes again what was typed, and the whole only if found.
    parts = ("lice Dupon", "xemplevill", TITLES[0][1:-1], "' OR 1=1 --", "%")
    for path, asked, name in product(lists, parts, ("mot", "tri")):
        answer = chloe.get(path, {name: asked})
        assert answer.status_code == 200, (path, name, asked)
        for word in WORDS:
            assert word not in answer.content.decode(), (path, name, word)


def test_a_number_of_alices_in_a_form_of_chloes_changes_nothing_of_alices(
    chloe, filled, exempleville, elsewhere
):
    from gouvernail.apps.accounts.models import Delegation, Membership
    from gouvernail.apps.facts.queries import rows_of

    alices = Membership.objects.get(pk=filled["member"])
    before = (rows_of(exempleville.pk), sorted(Membership.objects.values_list("pk", "roles")))
    taken = {"taker": alices.user_id, "roles": ["dgs"], "starts_on": "2026-12-01",
             "ends_on": "2026-12-02"}  # fmt: skip
    assert chloe.post("/compte/absence/", taken).status_code == 422
    assert Delegation.objects.filter(authority=elsewhere).count() == 0
    chloe.post("/compte/lieu", {"place": f"authority-{exempleville.pk}"})
    assert "Exempleville" not in chloe.get("/faits/", follow=True).content.decode()
    given = {"name": "x", "roles": ["elu"], "person": "alice-of-another", "days": "1"}
    assert chloe.post("/personnes/inviter", given).status_code == 422
    for sheet in ("services", "use_cases"):
        own = {"id": "neuf", "name": "Neuf", "title": "Neuf", "authority": exempleville.pk,
               "authority_id": exempleville.pk, "pk": filled["rows"][sheet]}  # fmt: skip
        chloe.post(f"/faits/{sheet}/nouveau/", own)
    after = (rows_of(exempleville.pk), sorted(Membership.objects.values_list("pk", "roles")))
    assert after == before
