"""Each operation names its act, opens to the profiles of the matrix, and to nobody else's data."""

from __future__ import annotations

import re
from itertools import product

import pytest

from apps.accounts.test_permissions import WORDS, patterns
from apps.api.conftest import Program, key_of
from gouvernail import api as whole
from gouvernail.api_urls import api
from gouvernail.apps.accounts.models import Membership, User
from gouvernail_core.access import Act, Profile, may

DOCUMENT = whole.document(api)
OPERATIONS = [
    (method, path.removeprefix("/api/v1/"), told["x-act"])
    for path, each in DOCUMENT["paths"].items()
    for method, told in each.items()
]
#: Bodies that are read, so that what answers is the matrix and not the shape of the body.
BODIES = {
    ("post", "facts/{code}"): {"values": {"id": "ccas", "name": "CCAS"}},
    ("patch", "facts/{code}/{pk}"): {"values": {}},
    ("post", "imports/{pk}/apply"): {"remove": False},
    ("post", "selection/trial"): {"weights": {"quality": 1}},
    ("put", "people/{pk}/roles"): {"roles": ["elu"]},
    ("put", "quiet-hours"): {"active": True, "starts": "19:00", "ends": "08:00", "days_off": True},
    ("post", "people/{pk}/erase"): {"name": "Personne"},
    ("post", "invitations"): {"name": "Nadia", "roles": ["elu"]},
    ("post", "network/authorities"): {"code": "neuve", "name": "Neuve", "leader": "Nadia"},
    ("post", "network/authorities/{pk}/invitations"): {"leader": "Nadia"},
}
#: What an address numbers, by its beginning.
NUMBERED = {
    "plan/runs": "run",
    "jobs": "run",
    "plan/{result}": "result",
    "imports": "upload",
    "people": "member",
    "invitations": "invitation",
    "network": "authority",
    "letters": "letter",
}


def addresses(path, filled):
    """Yield the address of an operation with each of Alice's ids."""
    names = re.findall(r"{(\w+)}", path)
    if path.startswith("facts/{code}/{pk}"):
        given = [{"code": c, "pk": pk} for c, pk in filled["rows"].items()]
    else:
        known = {
            "code": [*filled["rows"]][:3] if path.startswith("facts") else ["repas"],
            "form": ["ods"],
            "name": ["cas/fiche.pdf"],
            "uid": [filled["file"]],
        }
        number = next((what for begins, what in NUMBERED.items() if path.startswith(begins)), "")
        values = [known.get(name, [filled.get(number)]) for name in names]
        given = [dict(zip(names, each, strict=True)) for each in product(*values)]
    for each in given:
        yield re.sub(r"{(\w+)}", lambda m, each=each: str(each[m[1]]), path)


#: The operations that take a file, and under which name.
FILES = {"imports": "workbook", "facts/{code}/{pk}/files": "file"}


def call(program, method, path, template):
    """Return the status and the content of what answers."""
    if method == "post" and template in FILES:
        answer = program.send(path, FILES[template], b"Note", "note.txt")
    else:
        body = BODIES.get((method, template))
        answer = program(method.upper(), path, body, **{"if-match": '"1"'})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, content


def test_every_operation_names_its_act_or_asks_only_for_a_token():
    assert len(OPERATIONS) > 45
    without = {path for _method, path, act in OPERATIONS if act is None}
    assert without == {"me", "roles"}
    assert {act for _m, _p, act in OPERATIONS if act} <= {act.value for act in Act}


@pytest.mark.parametrize("profile", sorted(Profile), ids=str)
def test_the_matrix_opens_each_operation_and_nothing_more(profile, exempleville, filled):
    filled = filled | {"authority": exempleville.pk}
    user = User.objects.create(username="essai@test", name="Essai")
    Membership.objects.create(user=user, authority=exempleville, roles=[profile.value])
    program = Program(key_of(user, authority=exempleville))
    for method, template, act in OPERATIONS:
        for path in list(addresses(template, filled))[:1]:
            status, content = call(program, method, path, template)
            allowed = act is None or (
                may([profile.value], Act(act)) and Act(act).scope.value != "network"
            )
            if act in ("supervise", "open_authority"):
                assert status in (403, 404), (method, path)
            else:
                assert (status != 403) == allowed, (method, path, content)


def test_the_network_opens_to_its_supervisor_and_nothing_of_an_authority(
    supervisors, exempleville, filled
):
    filled = filled | {"authority": exempleville.pk}
    for method, template, act in OPERATIONS:
        for path in list(addresses(template, filled))[:1]:
            status, content = call(supervisors, method, path, template)
            if act in (None, "supervise", "open_authority"):
                assert status in (200, 201), (method, path, content)
            else:
                assert status == 403, (method, path)


def test_a_program_of_another_authority_sees_and_changes_nothing(chloes, exempleville, filled):
    from gouvernail.apps.facts.queries import rows_of

    filled = filled | {"authority": exempleville.pk}
    before = rows_of(exempleville.pk)
    for method, template, _act in OPERATIONS:
        for path in addresses(template, filled):
            status, content = call(chloes, method, path, template)
            for word in WORDS:
                assert word.encode() not in content, (method, path, word)
            if "{pk}" in template or "{result}" in template or "{uid}" in template:
                assert status in (403, 404), (method, path, content)
    assert rows_of(exempleville.pk) == before


def test_nobody_without_a_key_gets_anything(client, filled, exempleville):
    filled = filled | {"authority": exempleville.pk}
    for method, template, _act in OPERATIONS:
        for path in addresses(template, filled):
            assert client.generic(method.upper(), f"/api/v1/{path}").status_code == 401, path


#: Each page, by its name, and the operation that reads or does the same.
SAME = {
    "week": "week", "changes": "changes", "journal": "journal", "export_journal": "journal",
    "erase": "people/{pk}/erase", "administration:export": "exports",
    "take_export": "exports/{uid}", "administration:index": "administration",
    "jobs": "jobs", "export_jobs": "jobs", "job": "jobs/{pk}", "cancel": "jobs/{pk}/cancel",
    "retry": "jobs/{pk}/retry",
    "network:index": "network/authorities", "network:export": "network/authorities",
    "network:open": "network/authorities", "network:detail": "network/authorities/{pk}",
    "network:invite": "network/authorities/{pk}/invitations",
    "roadmap": "roadmap", "choose": "selection/trial", "obligations:duties": "obligations",
    "obligations:export": "obligations", "calendar": "obligations", "ics": "obligations",
    "dialogue:export": "obligations", "fill": "facts/{code}", "questions": "facts/{code}",
    "offers": "facts/{code}", "offer": "facts/{code}", "fill_from_offer": "facts/{code}",
    "papers": "papers", "evidence": "facts/{code}", "export_evidence": "facts/{code}",
    "check_evidence": "facts/{code}/{pk}",
    "override": "facts/{code}", "validation": "validation",
    "export_validation": "validation",
    "board": "cases", "portfolio:export": "cases",
    "case": "cases/{code}", "explore": "cases/{code}", "existing_uses": "existing-uses",
    "export_uses": "existing-uses", "ranking": "protection", "protection:export": "protection",
    "ask": "plan/runs", "progress": "plan/runs/{pk}",
    "document": "plan/{result}/documents/{name}",
    "facts:index": "facts", "import": "imports", "review": "imports/{pk}/apply",
    "workbook": "workbook.{form}", "empty_workbook": "empty-workbook.{form}",
    "directory": "directory", "sheet": "facts/{code}", "add": "facts/{code}",
    "facts:export": "facts/{code}", "row": "facts/{code}/{pk}",
    "attach": "facts/{code}/{pk}/files", "facts:remove": "facts/{code}/{pk}",
    "files:index": "files", "files:export": "files", "files:remove": "files/{uid}",
    "take": "files/{uid}", "accounts:index": "people", "accounts:export": "people",
    "change": "people/{pk}/roles", "withdraw": "people/{pk}", "invite": "invitations",
    "renew": "invitations/{pk}/renew", "revoke": "invitations/{pk}", "roles": "roles",
    "roles_export": "roles", "mail": "letters", "mail_export": "letters",
    "mail_retry": "letters/{pk}/retry", "mail_cancel": "letters/{pk}/cancel",
    "mail_hours": "quiet-hours",
    "protection:flows": "protection/flows", "export_flows": "protection/flows",
    "catalogue": "protection/catalogue", "examination": "protection/examination",
    "pause": "protection/examination/pause",
    "protection:store": "protection/examination/stores/{code}",
    "export_store": "protection/examination/stores/{code}",
}  # fmt: skip
#: Pages that no program has, and why.
BY_HAND = {
    "own_files": "somebody's own files, shown once to them and kept nowhere",
    "mine": "the same cases are at cases, for those who may read them",
    "reflex_card": "the same card for everybody: nothing of an authority is in it",
    "keep_draft": "a draft is what one person typed and did not save",
    "forget_draft": "a draft is what one person typed and did not save",
    "place": "a token is of one place",
    "absence": "only a person lends their own profiles",
    "end_absence": "only a person lends their own profiles",
    "messages": "what one person is told",
    "messages_read": "what one person is told",
    "message_read": "what one person is told",
    "preferences": "how one person wants to be told",
    "mail_trial": "the test goes to the person who asks for it",
    "tokens": "a key makes no key",
    "tokens_export": "a key lists no key",
    "close_token": "a key closes no key",
}
OWN_ACCOUNT = "the account of a person: their password, their factors, their sessions"


def test_every_page_has_its_operation_or_the_reason_why_not():
    known = {path for _method, path, _act in OPERATIONS}
    for route, each in patterns():
        view = each.callback
        if view.act is None or (view.act is Act.OWN_ACCOUNT and each.name not in SAME):
            continue  # public, or OWN_ACCOUNT
        app = view.__module__.split(".")[2]
        operation = SAME.get(f"{app}:{each.name}") or SAME.get(each.name)
        assert operation or each.name in BY_HAND or f"{app}:{each.name}" in BY_HAND, (route, app)
        assert operation is None or operation in known, operation
