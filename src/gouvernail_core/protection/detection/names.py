"""Find the names of persons by titles, lists and the words around, without a model.

Every run of capitalised words is read once. What decides: a title before it (« Mme », « docteur »),
a first name that Insee counts, a surname beside it, capital letters, an initial; against it, a word
that is no name, a street, a school or a company. A second reading then finds alone the surnames
that the text gave in full elsewhere.

>>> text = "Mme DURAND a reçu Jean Martin, rue Jean Moulin.".encode()
>>> [text[span.start : span.end].decode() for span in names(text, 0, len(text))]
['DURAND', 'Jean Martin']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gouvernail_core.protection.detection.kinds import PersonalData, Span
from gouvernail_core.protection.detection.lexicon import FREQUENT, Lexicon, lexicon, plain

#: What is read before and after the part that was asked for.
_AROUND = 160

_UPPER = "A-ZÀ-ÖØ-ÞŒ"
_LETTER = "A-Za-zÀ-ÖØ-öø-ÿŒœ"
_WORD = rf"[{_UPPER}][{_LETTER}]*(?:['’\-][{_LETTER}]+)*"
_INITIALS = rf"[{_UPPER}]\.(?:[ -]?[{_UPPER}]\.)?"
_PARTICLE = (
    r"(?:de la|de|du|des|d['’]|la|le|van der|van den|van|von|der|den|di|da|dos|el|al|ben|bin)"
)
_TOKEN = rf"(?:{_INITIALS}|{_WORD})"
_RUN = re.compile(
    rf"(?<![{_LETTER}0-9_@/.\-]){_TOKEN}(?:[ ]{{1,2}}(?:{_PARTICLE}[ ]?)?{_TOKEN}){{0,5}}(?![°_@])"
)
_CAPITAL_PARTICLES = frozenset(
    ("de", "du", "des", "d", "le", "la", "l", "el", "al", "da", "dos", "di", "van", "von", "ben")
)
_PIECE = re.compile(rf"{_INITIALS}|{_WORD}|{_PARTICLE}(?=[ '’])")
_INITIAL = re.compile(rf"{_INITIALS}$|[{_UPPER}]$")

#: Titles that make a name of what follows, in plain letters.
_TITLES = frozenset(
    (
        "m", "mm", "mr", "mme", "mmes", "mlle", "melle", "monsieur", "madame", "mademoiselle",
        "messieurs", "mesdames", "docteur", "dr", "professeur", "pr", "maitre", "me", "veuve",
    )
)  # fmt: skip
#: Titles that may stand before a run without being part of it.
_TITLES_BEFORE = ("monsieur ", "madame ", "docteur ", "maître ", "mademoiselle ", "mlle ", "mme ")
#: Words that a name follows: « née Durand », « signé : Jean Martin ».
_INTRODUCED = re.compile(
    r"(?:\b(?:née?s?|nom(?: d['’]usage| de naissance| de famille| et pr[ée]noms?)?|pr[ée]noms?"
    r"|signé|agente?|usag[eè]re?|bénéficiaire|demandeu(?:r|se)|allocataire|patiente?|élève|enfant"
    r"|titulaire|salariée?|époux|épouse|veuve|conjointe?|mère|père|tut(?:eur|rice)|représentée? par"
    r"|référente?|interlocut(?:eur|rice)|contact|destinataire|expéditeur|de|à|cc|objet|rapporteur"
    r"|dossier)(?: de)?[ ]?[:=][ \t]{0,2}|\b(?:née?|époux|épouse|veuve|signé)[ ])$",
    re.IGNORECASE,
)
#: A field that holds a name and nothing else: a form, a tag, a key of JSON or SQL.
_FIELD = re.compile(
    r"(?:^|[\W_])(?:nom[ _]?(?:et[ _])?pr[ée]noms?|pr[ée]noms?[ _]?(?:et[ _])?nom|pr[ée]noms?"
    r"|nom(?:[ _](?:d['’]usage|usage|(?:de[ _])?naissance|(?:de[ _])?famille|patronymique))?"
    r"|patronyme|last_?name|first_?name)"
    r"(?:\(s\))?[\"'’]?[ ]{0,3}(?:[:=]|>|=>)[ ]{0,3}[\"'’]?$",
    re.IGNORECASE,
)
#: Words after which a name is that of a place, of an organisation or of a law.
_PLACED = re.compile(
    r"\b(?:rue|avenue|av|boulevard|bd|bld|place|pl|quai|pont|all[ée]es?|impasse|chemin|cours|square"
    r"|sentier|carrefour|[îi]lot|carr[ée]|route|r[ée]sidence|lotissement|rond-point|passage|villa|faubourg|esplanade|promenade"
    r"|cit[ée]|lyc[ée]e|coll[èe]ge|[ée]coles?|[ée]l[ée]mentaire|primaire|maternelle|cr[èe]che"
    r"|groupe scolaire|universit[ée]|h[ôo]pital|clinique|stade|gymnase|piscine|salle|espace|centre"
    r"|maison|m[ée]diath[èe]que|biblioth[èe]que|th[ée][âa]tre|mus[ée]e|parc|jardin|foyer|ehpad|halle"
    r"|complexe|gare|station|a[ée]roport|[ée]glise|soci[ée]t[ée]|sarl|sas|sa|eurl|ets"
    r"|[ée]tablissements?|entreprise|cabinet|groupe|fondation|association|prix|loi|logiciel|ville"
    r"|commune|communaut[ée]|d[ée]partement|r[ée]gion|agglom[ée]ration|quartier|b[âa]timent|immeuble"
    r"|tour|port|fort|mont|lac|source|ligne)\.?(?:[ ](?:publique?|municipale?|priv[ée]e?))?[ ]"
    r"(?:de la |de l['’]|de |du |des |d['’]|la |le |les |l['’])?"
    r"(?:g[ée]n[ée]ral |mar[ée]chal |docteur |pr[ée]sident )?$",
    re.IGNORECASE,
)
#: The same where the word itself has a capital, and so begins the run.
_PLACES = frozenset(
    (
        "rue", "avenue", "boulevard", "place", "quai", "pont", "allee", "allees", "impasse",
        "chemin", "square", "route", "residence", "rond-point", "passage", "esplanade", "cite",
        "lycee", "college", "ecole", "ecoles", "creche", "universite", "hopital", "clinique",
        "stade", "gymnase", "piscine", "salle", "espace", "mediatheque", "bibliotheque", "theatre",
        "musee", "parc", "jardin", "halle", "gare", "eglise", "societe", "sarl", "sas", "eurl",
        "imprimerie", "garage", "ambulances", "boulangerie", "boucherie", "pharmacie", "librairie",
        "menuiserie", "transports", "laiterie", "primeurs", "pepinieres", "plomberie", "taxis",
        "atelier", "ateliers", "maconnerie", "auberge", "hotel", "cafe", "restaurant",
        "sci", "scop",
        "cabinet", "entreprise", "chez", "maison", "jardins", "travaux", "carrelages", "ilot",
        "carrefour", "residences", "centre", "foyer", "groupe", "complexe", "batiment",
        "etablissements", "fondation", "association", "prix", "ville", "commune", "quartier",
    )
)  # fmt: skip
_GREETING = re.compile(
    r"\b(?:bonjour|bonsoir|ch[èe]re?s?|salut|merci|coucou|cordialement|bien [àa] (?:toi|vous)"
    r"|coll[èe]gue)[ ,]{1,2}\n{0,2}$",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;«»\n\-–—•*\"(|>])[ \t]*$")

_TITLED, _FULL, _LIKELY, _AGAIN = 0.9, 0.85, 0.6, 0.7
_ENOUGH, _SURE = 2.0, 2.8


class _Token(NamedTuple):
    """A word of a run: its place, its plain form, and how it is written."""

    start: int
    end: int
    text: str
    plain: str

    @property
    def initial(self) -> bool:
        return _INITIAL.match(self.text) is not None

    @property
    def capitals(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()

    @property
    def particle(self) -> bool:
        return self.text[0].islower() or self.plain in _CAPITAL_PARTICLES


class _Found(NamedTuple):
    """A name in characters, how sure it is, and its surnames to look for again."""

    start: int
    end: int
    confidence: float
    surnames: tuple[str, ...]


def names(text: bytes, low: int, high: int) -> list[Span]:
    """Return the names that begin between two offsets of a UTF-8 text; offsets in bytes."""
    begin, stop = max(0, low - _AROUND), min(len(text), high + _AROUND)
    part = text[begin:stop]
    # An offset may fall inside a character: what cannot be decoded keeps its length.
    decoded = part.decode("utf-8", "surrogateescape")
    found = _in_text(decoded)
    if not found:
        return []
    spans, byte, character = [], begin, 0
    for name in found:
        byte += _length(decoded[character : name.start])
        end = byte + _length(decoded[name.start : name.end])
        if low <= byte < high:
            spans.append(Span(byte, end, PersonalData.PERSON, name.confidence))
        byte, character = end, name.end
    return spans


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogateescape"))


def _in_text(text: str) -> list[_Found]:
    """Return the names of a text in order, without overlaps."""
    lists = lexicon()
    found: list[_Found] = []
    alone: list[tuple[_Token, bool]] = []
    for match in _RUN.finditer(text):
        tokens = list(_tokens(match))
        placed = tokens[0].plain in _PLACES or _is_placed(text, match.start())
        kept = list(_people(text, tokens, placed, lists))
        found.extend(kept)
        if not kept and not placed:
            alone.extend((token, _starts(text, token.start)) for token in tokens)
    known = {surname for name in found for surname in name.surnames}
    if known:
        for token, starts in alone:
            if token.plain in known and not (starts and token.plain in lists.words):
                found.append(_Found(token.start, token.end, _AGAIN, ()))
        found.sort()
    return found


def _is_placed(text: str, at: int) -> bool:
    """Return whether the words before make a name that of a place or of an organisation."""
    before = text[max(0, at - 40) : at]
    if not before[-1:] or before[-1] not in " '’":
        return False
    last = before.lower().split()[-4:]
    return any(word[:3] in _PLACE_BEGINS for word in last) and _PLACED.search(before) is not None


#: How the words of `_PLACED` begin: most runs are told from a place without any expression.
_PLACE_BEGINS = frozenset(
    (
        "rue", "ave", "av", "av.", "bou", "bd", "bd.", "bld", "pla", "pl", "pl.", "qua", "pon",
        "all", "imp", "che", "cou", "squ", "sen", "car", "îlo", "ilo", "rou", "rés", "res", "lot",
        "ron", "pas", "vil", "fau", "esp", "pro", "cit", "lyc", "col", "éco", "eco", "élé", "ele",
        "pri", "mat", "crè", "cre", "gro", "uni", "hôp", "hop", "cli", "sta", "gym", "pis", "sal",
        "cen", "mai", "méd", "med", "bib", "thé", "the", "mus", "par", "jar", "foy", "ehp", "hal",
        "com", "gar", "aér", "aer", "égl", "egl", "soc", "sar", "sas", "sa", "eur", "ets", "éta",
        "eta", "ent", "cab", "fon", "ass", "loi", "log", "dép", "dep", "rég", "reg", "agg", "bât",
        "bat", "imm", "tou", "por", "for", "mon", "lac", "sou", "lig", "l'î", "l’î", "l'i", "l’i",
        "d'é", "d’é", "l'é", "l’é", "l'h", "l’h", "l'a", "l’a",
    )
)  # fmt: skip


def _tokens(match: re.Match[str]) -> Iterator[_Token]:
    for piece in _PIECE.finditer(match.string, match.start(), match.end()):
        yield _Token(piece.start(), piece.end(), piece.group(), plain(piece.group().rstrip(".")))


def _starts(text: str, at: int) -> bool:
    """Return whether a sentence, a line or a bracket starts here."""
    return _SENTENCE_START.search(text[max(0, at - 4) : at]) is not None


def _people(text: str, tokens: list[_Token], placed: bool, lists: Lexicon) -> Iterator[_Found]:
    """Return the names that a run of capitalised words holds."""
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if place == 0 and _in_a_field(text, token.start):
            last = _field_end(tokens)
            yield _Found(token.start, last.end, _TITLED, _surnames(tokens, lists))
            return
        if token.plain in _TITLES and place + 1 < len(tokens) and not placed:
            place += 1
            name = _titled(tokens, place, lists)
            if name:
                yield name
                place = _after(tokens, name.end)
            continue
        if text[max(0, token.start - 14) : token.start].lower().endswith(_TITLES_BEFORE):
            name = _titled(tokens, place, lists)
            if name:
                yield name
                place = _after(tokens, name.end)
                continue
        name = None if placed and place == 0 else _untitled(text, tokens, place, lists)
        if name:
            yield name
            place = _after(tokens, name.end)
        elif placed and place == 0:
            return
        else:
            place += 1


def _in_a_field(text: str, at: int) -> bool:
    before = text[max(0, at - 32) : at]
    told = before.rstrip(" \"'’").endswith((":", "=", ">"))
    return told and _FIELD.search(before) is not None


def _field_end(tokens: list[_Token]) -> _Token:
    """Return the last word of a field: the next label of the form is not part of it."""
    last = tokens[0]
    for token in tokens[1:]:
        if token.plain in _LABELS or token.start - last.end > 1:
            break
        last = token
    return last


_LABELS = frozenset(
    (
        "nom",
        "prenom",
        "prenoms",
        "ne",
        "nee",
        "date",
        "sexe",
        "adresse",
        "tel",
        "telephone",
        "email",
    )
)


def _after(tokens: list[_Token], end: int) -> int:
    return next((place for place, token in enumerate(tokens) if token.start >= end), len(tokens))


def _titled(tokens: list[_Token], place: int, lists: Lexicon) -> _Found | None:
    """Return the name after a title: what follows is one, but for a function or a common word."""
    if tokens[place].text in ("le", "la", "les"):
        return None
    kept: list[_Token] = []
    for token in tokens[place : place + 5]:
        if token.plain in _TITLES:
            break
        particle = token.particle
        unlike = token.plain in lists.words and lists.rank_of_first(token.plain) is None
        if not particle and not kept and unlike and token.plain not in lists.last:
            return None
        if kept and not particle and unlike and not token.capitals and not kept[-1].particle:
            break
        kept.append(token)
    while kept and kept[-1].particle:
        kept.pop()
    if not kept or all(token.particle for token in kept):
        return None
    if len(kept) == 1 and kept[0].plain in _FUNCTIONS:
        return None
    return _Found(kept[0].start, kept[-1].end, _TITLED, _surnames(kept, lists))


_FUNCTIONS = frozenset(
    (
        "maire", "president", "presidente", "directeur", "directrice", "prefet", "prefete", "chef",
        "cheffe", "adjoint", "adjointe", "ministre", "depute", "deputee", "senateur", "senatrice",
        "conseiller", "conseillere", "secretaire",
    )
)  # fmt: skip


def _surnames(tokens: list[_Token], lists: Lexicon) -> tuple[str, ...]:
    """Return what of a name may stand alone for it elsewhere."""
    return tuple(
        token.plain
        for token in tokens
        if len(token.plain) > 2 and not token.particle and token.plain not in lists.words
    )


def _introduced(text: str, at: int) -> bool:
    """Return whether the words before a place announce a name."""
    before = text[max(0, at - 40) : at]
    if not before.rstrip().endswith((":", "=")) and not before.endswith(_ANNOUNCE):
        return False
    return _INTRODUCED.search(before) is not None


_ANNOUNCE = ("né ", "née ", "Né ", "Née ", "époux ", "épouse ", "veuve ", "signé ", "Signé ")


def _untitled(text: str, tokens: list[_Token], place: int, lists: Lexicon) -> _Found | None:
    """Return the best name that begins at this word of a run, without a title before it."""
    best: tuple[float, int] | None = None
    for size in (4, 3, 2):
        part = tokens[place : place + size]
        if len(part) < size or part[-1].particle or part[0].text[0].islower():
            continue
        score = _score(part, lists)
        if score >= _ENOUGH and (best is None or score > best[0]):
            best = (score, size)
    introduced = _introduced(text, tokens[place].start)
    if best is None and introduced and len(tokens) - place >= 2:
        part = tokens[place : place + 2]
        if not any(token.plain in lists.words or token.particle for token in part):
            best = (_ENOUGH, 2)
    if best is not None:
        part = tokens[place : place + best[1]]
        sure = _FULL if best[0] >= _SURE or introduced else _LIKELY
        return _Found(part[0].start, part[-1].end, sure, _surnames(part, lists))
    if len(tokens) - place == 1 or place == 0:
        return _first_name_alone(text, tokens, place, lists, introduced)
    return None


def _score(part: list[_Token], lists: Lexicon) -> float:
    """Return how much a few capitalised words look like a first name and a surname."""
    words = [token for token in part if not token.particle]
    if len(words) < 2 or (part[0].particle and part[0].text[0].islower()):
        return 0.0
    return max(_in_order(words, lists), _in_order(words[::-1], lists, reverse=True))


def _in_order(words: list[_Token], lists: Lexicon, *, reverse: bool = False) -> float:
    """Return the score of « first name(s) then surname(s) », or the reverse."""
    head, tail = words[0], words[-1]
    common = head.plain in lists.words
    rank = lists.rank_of_first(head.plain)
    if head.initial:
        score = (1.2 if not reverse else 0.8) if head.text.endswith(".") else 0.0
    elif len(head.plain) < 3 or (rank is None and (common or not _stands_out(head, tail, lists))):
        return 0.0
    elif rank is None:
        score = 0.6
    else:
        score = (1.0 if common else 2.0) if rank < FREQUENT else (0.3 if common else 1.3)
    if tail.initial and not tail.text.endswith("."):
        return 0.0
    if tail.initial:
        return score if not head.initial and not common else 0.0
    if tail.plain in lists.words:
        score += -0.4 if tail.plain in lists.last else -1.2
    elif tail.plain in lists.last:
        score += 1.0
    else:
        score += 0.6
    if tail.capitals and not head.capitals:
        score += 0.9
    if reverse:
        # « Martin Jean »: two first names in a row say nothing of which is the surname.
        score -= 0.2 if tail.capitals else 0.5
    for middle in words[1:-1]:
        likely = middle.plain in lists.last or lists.rank_of_first(middle.plain) is not None
        score += -1.0 if middle.plain in lists.words or not likely else 0.2
    return score - (0.3 if all(word.plain in lists.words for word in words) else 0.0)


def _stands_out(head: _Token, tail: _Token, lists: Lexicon) -> bool:
    """Return whether two words are written « Soazig HADDAD », with a surname that Insee knows."""
    return tail.capitals and not head.capitals and tail.plain in lists.last and len(tail.plain) > 3


_FEASTS = frozenset(("noel", "toussaint", "pascal"))


def _first_name_alone(
    text: str, tokens: list[_Token], place: int, lists: Lexicon, introduced: bool
) -> _Found | None:
    """Return a first name that stands alone, where the sentence makes it somebody's."""
    token = tokens[place]
    rank = lists.rank_of_first(token.plain)
    known = rank is not None and len(token.plain) > 2 and token.plain not in _FEASTS
    if rank is None or not known or token.plain in lists.words or token.initial:
        return None
    greeted = _GREETING.search(text[max(0, token.start - 20) : token.start]) is not None
    if greeted or introduced:
        return _Found(token.start, token.end, _FULL, ())
    if rank >= FREQUENT or len(tokens) > 1 or _starts(text, token.start):
        return None
    return _Found(token.start, token.end, _LIKELY, ())
