"""The French catalogue is complete, and the compiled file is the one the catalogue gives."""

from __future__ import annotations

import gettext
import io
import re

import pytest

import messages


@pytest.fixture
def write(tmp_path):
    def write(name, text):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


def ids(catalogue):
    return {(message.context, message.id) for message in catalogue if message.id}


def test_every_text_of_the_interface_has_its_french():
    assert messages.problems(messages.current()) == []


def test_no_sign_is_left_spelt_by_its_number():
    spelt = re.compile(r"202f|u00a0|u2019|&nbsp;|&#", re.IGNORECASE)
    for message in messages.current():
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        assert not any(spelt.search(text) for text in said), message.id


def test_the_committed_catalogue_and_its_compiled_file_are_up_to_date():
    assert messages.stale(messages.current()) == []


def test_collects_every_form_of_call_in_code(write, tmp_path):
    write(
        "a.py",
        '_("one")\n'
        'gettext_lazy("two " "joined")\n'
        'ngettext("%(n)s case", "%(n)s cases", n)\n'
        'pgettext("stage", "trial")\n'
        'npgettext("law", "act", "acts", n)\n'
        "_(variable)\n",
    )
    assert ids(messages.collect(tmp_path)) == {
        (None, "one"),
        (None, "two joined"),
        (None, ("%(n)s case", "%(n)s cases")),
        ("stage", "trial"),
        ("law", ("act", "acts")),
    }


def test_collects_every_form_of_tag_in_templates(write, tmp_path):
    write(
        "a.html",
        "{% load i18n %}\n<ul>\n  <li title=\"{% translate 'one' %}\">It's (unbalanced\n"
        '    {% trans "50 %" context "share" %}</li>\n'
        " {% blocktranslate trimmed count n=cases|length %}\n"
        "   {{ n }} case\n {% plural %}\n   {{ n }} cases\n {% endblocktranslate %}\n"
        '<c-card label="{% translate "label" %}">{{ _("in an expression") }}</c-card>\n',
    )
    assert ids(messages.collect(tmp_path)) == {
        (None, "one"),
        ("share", "50 %%"),
        (None, ("%(n)s case", "%(n)s cases")),
        (None, "label"),
        (None, "in an expression"),
    }


def test_says_what_lacks(write, tmp_path):
    write("a.py", '_("done")\n_("missing")\n_("fuzzy")\n_("lost %(name)s")\n')
    known = messages.Catalog(locale="fr")
    known.add("done", "fait")
    known.add("fuzzy", "flou", flags=["fuzzy"])
    known.add("lost %(name)s", "perdu")
    known.add("old", "ancien")
    catalogue = messages.translated(messages.collect(tmp_path), known)
    said = "\n".join(messages.problems(catalogue))
    assert "'missing'" in said
    assert "(fuzzy): 'fuzzy'" in said
    assert "differ (name): 'lost" in said
    assert "'done'" not in said
    assert catalogue.get("old") is None


def test_compiled_catalogue_is_read_by_the_standard_library(write, tmp_path):
    write("a.py", 'ngettext("%(n)s case", "%(n)s cases", n)\n')
    known = messages.Catalog(locale="fr")
    known.add(("%(n)s case", "%(n)s cases"), ("%(n)s cas", "%(n)s cas différents"))
    catalogue = messages.translated(messages.collect(tmp_path), known)
    french = gettext.GNUTranslations(io.BytesIO(messages.as_mo(catalogue)))
    # In French zero and one are both singular, unlike in English.
    said = [french.ngettext("%(n)s case", "%(n)s cases", n) % {"n": n} for n in (0, 1, 2)]
    assert said == ["0 cas", "1 cas", "2 cas différents"]
