"""NOTICE.md tells the whole truth, and no licence slips in unseen."""

from __future__ import annotations

import pytest

import notices
from consistency.tree import ROOT


def test_the_notice_is_the_one_the_requirements_give():
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert notices.NOTICE.read_text(encoding="utf-8") == notices.notice(requirements)


def test_reads_every_form_of_pinned_line():
    text = "a==1.0 \\\n    --hash=sha256:b==2\n    # via c\nd-e[f]==2.1 ; python_version < '3.12'\n"
    assert notices.pinned(text + "d-e==2.2 ; python_version >= '3.12'\n") == {
        "a": ["1.0"],
        "d-e": ["2.1", "2.2"],
    }


@pytest.mark.parametrize(
    ("name", "licence", "refused"),
    [
        ("somebody", "GPL-3.0-or-later", True),
        ("somebody", "LGPL-3.0-only", True),
        ("somebody", "AGPL-3.0-only", True),
        ("psycopg", "LGPL-3.0-only", False),  # thought about, and said in the notice
        ("somebody", "MIT", False),
    ],
)
def test_copyleft_must_have_been_thought_about(name, licence, refused):
    assert notices.is_unthought_copyleft(name, licence) is refused


def test_refuses_a_library_that_would_reach_our_own_code(monkeypatch):
    monkeypatch.setattr(notices, "licence_of", lambda name: "GPL-3.0-or-later")
    with pytest.raises(ValueError, match="not to be imported"):
        notices.notice("somebody==1.0\n")


def test_says_that_pandoc_is_a_program_apart():
    text = " ".join(notices.NOTICE.read_text(encoding="utf-8").split())
    assert "**pandoc** (GPL-2.0 ou ultérieure)" in text
    assert "n’en importe, n’en lie et n’en modifie rien" in text
