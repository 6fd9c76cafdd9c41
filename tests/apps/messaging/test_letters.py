"""What each letter says, in both languages, as text and as HTML."""

from __future__ import annotations

import pytest
from django.utils import translation

from apps.conftest import words
from gouvernail.apps.messaging import letters
from gouvernail.apps.messaging.kinds import KINDS
from gouvernail.apps.messaging.notices import sentence

GIVEN = {"fr": "DPO", "en": "DPO", "by": "Alice", "name": "Bruno", "starts": "1", "ends": "2"}


def made(kind, at):
    link = "https://gouvernail.example/x"
    return {
        "password-reset": lambda: letters.password_reset(link),
        "password-changed": letters.password_changed,
        "test": letters.trial,
        "invitation": lambda: letters.invitation(
            name="Bruno <b>", asked_by="Alice", place="Exempleville", link=link, until=at
        ),
        "notice": lambda: letters.notice("Il pleut.", place="Ici", link=link, name="Bruno"),
    }[kind]()


@pytest.mark.parametrize(
    "kind", ["password-reset", "password-changed", "test", "invitation", "notice"]
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_letter_is_whole_in_each_language(kind, language, at):
    with translation.override(language):
        letter = letters.write(made(kind, at))
    hello = {"fr": "Bonjour", "en": "Hello"}[language]
    assert letter.text.startswith(hello)
    assert f'lang="{language}"' in letter.html
    assert "<b>" not in letter.html
    assert "\n" not in letter.subject
    link = "https://gouvernail.example/x"
    assert (
        (link in letter.text) is (link in letter.html) is (kind not in ("password-changed", "test"))
    )
    assert "\n\n\n" not in letter.text


def test_a_french_letter_keeps_its_signs_with_their_words(at):
    with translation.override("fr"):
        letter = letters.write(made("invitation", at))
    assert "l’IA\u00a0: Exempleville" in letter.text
    assert "23 novembre 2026" in words(letter.text)


@pytest.mark.parametrize("kind", KINDS)
def test_each_message_has_its_sentence_whatever_words_lack(kind):
    assert sentence(kind, GIVEN).fr.endswith((".", "DPO"))
    assert "{" not in sentence(kind, {}).en
