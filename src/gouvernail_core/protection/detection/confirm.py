"""What confirms each trigger: the text and where the trigger ended in, a span or nothing out.

Every function looks back with an expression anchored on reversed bytes, or forward with an anchored
match, never with a search over the text: the cost of a place does not depend on the place before.
Confidence: a key of 97 alone 0.97; a form that nothing else has 0.9; a number that could be
something else is weighed by the words around it.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from gouvernail_core.protection.detection import keys
from gouvernail_core.protection.detection.kinds import PersonalData, Span

_SEPARATORS = b" .-/|\r\n\t"
_BEFORE, _AFTER = 80, 40
#: How far above a number the head of its column may stand.
_COLUMN = 900

# --- numbers -----------------------------------------------------------------------------------

#: The forms of a run of digits, read from its end: card, card of 15, SIRET, tax number, SIREN,
#: telephone, bank account.
_NUMBER = re.compile(
    rb"(\d{15}[2-6]|(?:\d{4} ){3}\d{3}[2-6]|(?:\d{4}-){3}\d{3}[2-6])\b"
    rb"|(\d{13}[47]3|\d{5} \d{6} \d\d[47]3|\d{5}-\d{6}-\d\d[47]3)\b"
    rb"|(\d{5}[ .]?\d{3}[ .]?\d{3}[ .]?\d{3}|\d\d \d{3} \d{3} \d{3} \d{3})\b"
    rb"|(\d{3} ?\d{3} ?\d{3} ?\d\d ?\d[0-3]|(?:\d{3} ){4}[0-3])\b"
    rb"|(\d{3}[ .]?\d{3}[ .]?\d{3})\b"
    rb"|(\d{8}[1-9]0|(?:\d\d ){4}[1-9]0|(?:\d\d\.){4}[1-9]0|(?:\d\d-){4}[1-9]0"
    rb"|(?:\d\d/){4}[1-9]0|(?:\d\d ){3}\d\d[1-9]0"
    rb"|\d\d \d{3} \d{3} [1-9]0|(?:\d{3} ){2}\d\d[1-9]0|\d{4} \d{4} [1-9]0)\b"
    rb"|(\d\d[ \-]?\d{11}[ \-]?\d{5}[ \-]?\d{5})\b"
)
_NUMBER_WINDOW = 31

#: Words in lower case, the likeliest first: looking for a few literals beats any expression.
_COMPANY = (
    b"sire",
    b"soci\xc3\xa9t\xc3\xa9",
    b"entreprise",
    b" rcs",
    b"titulaire",
    b"\xc3\xa9tablissement",
    b"fournisseur",
    b"prestataire",
    b"si\xc3\xa8ge",
    b"tva",
    b" ape",
    b" naf",
    b"sarl",
    b" sas",
    b"eurl",
    b"association",
    b"candidat",
    b"metteur",
    b"employeur",
    b"organisme",
    b"societe",
    b"etablissement",
    b"siege",
    b"identification",
)
_CARD = (b"carte", b"card", b"cb", b"visa", b"mastercard", b"amex", b"cvv", b"paiement", b"expire")
_TAX = (
    b"fisca",
    b"spi",
    b"imp\xc3\xb4t",
    b"impot",
    b"dgfip",
    b"foyer",
    b"avis",
    b"d\xc3\xa9clarant",
)
_SECURITY = (
    b"s\xc3\xa9cu",
    b"secu",
    b"nir",
    b"n.i.r",
    b" ss",
    b"insee",
    b"vitale",
    b"assur\xc3\xa9",
    b"num_ss",
    b"no_ss",
    b"n\xc2\xb0ss",
)
_PHONE = (b"t\xc3\xa9l", b"tel", b"port", b"mobile", b"fax", b"joi", b"appel")
_VEHICLE = (
    b"disque",
    b"zone bleue",
    b"covoitur",
    b"immat", b"plaque", b"v\xc3\xa9hicule", b"vehicule", b"voiture", b"camion", b"scooter",
    b"fourgon", b"carte grise", b"auto ", b"stationn", b"renault", b"peugeot", b"citro", b"dacia",
    b"volkswagen", b"toyota", b"fourri",
)  # fmt: skip


def _digits(text: bytes) -> bytes:
    return text.translate(None, _SEPARATORS)


def _bare(text: bytes) -> bytes:
    """Return a number without what separates its groups, « clé » included."""
    return _digits(text).translate(None, b"cleCLE:,(\xc3\xa9\x89")


def _near(text: bytes, start: int, end: int, words: tuple[bytes, ...]) -> bool:
    """Return whether one of `words` stands just before or just after a span."""
    before = text[start - _BEFORE if start > _BEFORE else 0 : start].lower()
    after = text[end : end + _AFTER].lower()
    return any(word in before for word in words) or any(word in after for word in words)


def number(text: bytes, end: int) -> Span | None:
    """Confirm a run of digits by its form, its key, then its context."""
    low = end - _NUMBER_WINDOW
    match = _NUMBER.match(text[low if low > 0 else 0 : end][::-1])
    if match is None:
        return None
    form = match.lastindex
    raw = match.group()[::-1]
    start = end - len(raw)
    if form == 6:
        return _phone(text, start, end, raw)
    digits = _digits(raw)
    if form == 3:
        if not keys.is_siret(digits):
            return None
        if len(raw) > 14 or _near(text, start, end, _COMPANY):
            return Span(start, end, PersonalData.SIRET, 0.95)
        above = b"siret" in text[max(0, start - _COLUMN) : start].lower()
        return Span(start, end, PersonalData.SIRET, 0.6 if above else 0.4)
    if form == 5:
        if not keys.is_siren(digits) or _goes_on(text, end):
            return None
        if _comes_on(text, start):
            return None
        sure = 0.9 if _near(text, start, end, _COMPANY) else 0.1
        if sure < 0.5 and b"siren" in text[max(0, start - _COLUMN) : start].lower():
            sure = 0.6  # the head of a column, further up
        return Span(start, end, PersonalData.SIREN, sure)
    if form in (1, 2):
        if not keys.is_card(digits) or _comes_on(text, start):
            return None
        sure = 0.95 if len(raw) > len(digits) or _near(text, start, end, _CARD) else 0.4
        return Span(start, end, PersonalData.CARD, sure)
    if form == 4:
        if not keys.is_tax_number(digits):
            return None
        sure = 0.98 if _near(text, start, end, _TAX) else 0.6
        return Span(start, end, PersonalData.TAX, sure)
    return Span(start, end, PersonalData.RIB, 0.97) if keys.is_rib(digits) else None


def _goes_on(text: bytes, end: int) -> bool:
    """Return whether a number is the head of a longer one, or the whole part of an amount."""
    following = text[end : end + 2]
    return len(following) == 2 and following[:1] in b" .,-/" and following[1:].isdigit()


def _comes_on(text: bytes, start: int) -> bool:
    """Return whether a number is the tail of a longer one, written in groups."""
    before = text[start - 2 : start] if start > 1 else b""
    return before[1:] in (b" ", b"-", b".") and before[:1].isdigit()


_PAIR_BEFORE = re.compile(rb"(?<!\d)\d\d[ .\-]$")


def _phone(text: bytes, start: int, end: int, raw: bytes) -> Span | None:
    digits = _digits(raw)
    if len(set(digits[2:])) < 3:
        return None
    pairs = [int(digits[place : place + 2]) for place in range(0, 10, 2)]
    if all(after - before == 1 for before, after in pairwise(pairs)):
        return None  # 01 02 03 04 05: the columns of a form
    if len(raw) > 10:
        if _PAIR_BEFORE.search(text[max(0, start - 4) : start]):
            return None  # the tail of a longer number, in pairs
        return Span(start, end, PersonalData.TEL, 0.9)
    sure = 0.95 if _near(text, start, end, _PHONE) else 0.7
    return Span(start, end, PersonalData.TEL, sure)


_ABROAD = re.compile(
    rb"(?:\d\d[ .\-]?){4}[1-9][ .\-]?(?:\)0\([ .\-]?)?(?:33|262|805|[046]95|786|986)(?:\+| ?00)"
)


def tel_abroad(text: bytes, end: int) -> Span | None:
    """Confirm a French telephone written with its country code, overseas included."""
    match = _ABROAD.match(text[max(0, end - 32) : end][::-1])
    return Span(end - match.end(), end, PersonalData.TEL, 0.97) if match else None


# --- social security ---------------------------------------------------------------------------

_GAP_BACK = rb"(?:[ .\-]|\n\r?)?"
_WIDE_BACK = rb"(?:[ .\-]{0,3}|\n\r?)"
_NIR_13_BACK = (
    rb"\d{3}" + _WIDE_BACK + rb"\d{3}" + _WIDE_BACK + rb"(?:\d\d|[AB]2)" + _WIDE_BACK
    + rb"\d\d" + _WIDE_BACK + rb"\d\d" + _WIDE_BACK + rb"[1-478]\b"
)  # fmt: skip
_NIR_BACK = re.compile(
    rb"\d\d(?:" + _WIDE_BACK + rb"| ?[/|] ?| ?:? ?(?:\xa9\xc3|e)lc ?,? ?|\( ?)" + _NIR_13_BACK,
    re.IGNORECASE,
)
_NIR_13 = re.compile(_NIR_13_BACK)


def nir(text: bytes, end: int) -> Span | None:
    """Confirm a social security number by its key."""
    match = _NIR_BACK.match(text[max(0, end - 48) : end][::-1])
    if match is None or not keys.is_nir(_bare(match.group()[::-1])):
        return None
    return Span(end - match.end(), end, PersonalData.NIR, 0.97)


_WITH_KEY = re.compile(rb"[ .\-/|]{0,3}\d\d(?!\d)")
#: The words before a number, from the number before it on: the others speak of that one.
_SINCE_A_NUMBER = re.compile(rb"(?:(?!\d{3}).)*$", re.DOTALL)


def nir_without_key(text: bytes, end: int) -> Span | None:
    """Confirm the thirteen first characters, where a word says what they are."""
    match = _NIR_13.match(text[max(0, end - 40) : end][::-1])
    if match is None or keys.nir_key(_digits(match.group()[::-1])) is None:
        return None
    start = end - match.end()
    if _WITH_KEY.match(text, end) is not None:
        return None  # it has a key, which `nir` has refused
    said = _SINCE_A_NUMBER.search(text[max(0, start - _BEFORE) : start])
    if said is None or not any(word in said.group().lower() for word in _SECURITY):
        return None
    return Span(start, end, PersonalData.NIR, 0.85)


# --- banks -------------------------------------------------------------------------------------

_IBAN_BACK = re.compile(
    rb"(?:[A-Z0-9]{4}" + _GAP_BACK + rb"[A-Z0-9]{4}" + _GAP_BACK + rb"\d\d ?"
    rb"|[A-Z0-9]{5} [A-Z0-9]{5} \d\d)[A-Z]{2}",
    re.IGNORECASE,
)
_IBAN_FORWARD = {
    length: re.compile(
        rb"(?:[A-Z0-9](?:[ .\-]|\r?\n)?){%d}[A-Z0-9](?![A-Za-z0-9])" % (length - 1), re.IGNORECASE
    )
    for length in set(keys.IBAN_LENGTHS.values())
}


def iban(text: bytes, end: int) -> Span | None:
    """Confirm an IBAN by its country's length and its key."""
    back = _IBAN_BACK.match(text[max(0, end - 16) : end][::-1])
    if back is None:
        return None
    start = end - back.end()
    length = keys.IBAN_LENGTHS.get(text[start : start + 2].upper())
    if length is None:
        return None
    match = _IBAN_FORWARD[length].match(text, start)
    if match is None or not keys.is_iban(_digits(match.group())):
        return None
    return Span(start, match.end(), PersonalData.IBAN, 0.98)


_CELL_BACK = rb"[ \t]{0,2}[\-/|;]?[ \t]{0,2}"
_RIB_BACK = re.compile(
    rb"\d\d" + _CELL_BACK + rb"[0-9A-Z]{11}" + _CELL_BACK + rb"\d{5}" + _CELL_BACK + rb"\d{5}\b"
)
_RIB_LABELLED = re.compile(
    rb"(?:banque|bq|(?:\xc3\xa9|e)tablissement)\W{1,4}(\d{5})\W{1,6}(?:code )?guichet\W{1,4}(\d{5})"
    rb"\W{1,6}(?:n\S{1,3} ?(?:de )?|num\S{2,6} (?:de )?)?compte\W{1,4}([0-9A-Z]{11})"
    rb"\W{1,6}cl(?:\xc3\xa9|e)(?: rib)?\W{1,4}(\d\d)\b",
    re.IGNORECASE,
)


def rib(text: bytes, end: int) -> Span | None:
    """Confirm a French bank account by its key."""
    match = _RIB_BACK.match(text[max(0, end - 40) : end][::-1])
    if match is None or not keys.is_rib(_digits(match.group()[::-1]).replace(b";", b"")):
        return None
    return Span(end - match.end(), end, PersonalData.RIB, 0.97)


def rib_label(text: bytes, end: int) -> Span | None:
    """Confirm an account whose four parts each have a label."""
    match = _RIB_LABELLED.search(text, max(0, end - 48), end + 90)
    if match is None or not keys.is_rib(b"".join(match.groups())):
        return None
    return Span(match.start(1), match.end(4), PersonalData.RIB, 0.97)


# --- addresses of all kinds --------------------------------------------------------------------

_LOCAL_BACK = re.compile(rb"[a-z0-9._%+\-]{1,64}", re.IGNORECASE)
_DOMAIN = re.compile(rb"@(?:[a-z0-9\-]{1,63}\.){1,4}[a-z]{2,24}\b", re.IGNORECASE)
_FILES = (b".png", b".jpg", b".jpeg", b".gif", b".svg", b".css", b".js", b".pdf", b".webp")


_MACHINE = re.compile(rb"(?:[0-9a-f\-]{24}|\d{12}|[0-9]{8,}\.[0-9]{4,})", re.IGNORECASE)


def email(text: bytes, end: int) -> Span | None:
    """Confirm an e-mail address: a name before the sign, a domain after it."""
    at = end - 2
    domain = _DOMAIN.match(text, at)
    if domain is None or text[domain.end() - 5 : domain.end()].lower().endswith(_FILES):
        return None
    local = _LOCAL_BACK.match(text[max(0, at - 64) : at][::-1])
    if local is None or _MACHINE.match(local.group()):
        return None  # the identifier of a message or of an event
    start = at - local.end()
    while text[start : start + 1] in (b".", b"-"):
        start += 1
    return Span(start, domain.end(), PersonalData.EMAIL, 0.97)


_NUMBER_BACK = re.compile(
    rb" [^ \n\d]{1,16} {1,2},?(?:(?:sib|ret|retauq|[a-d]) {0,2})?\d{1,4}(?:[\-/]\d{1,4})?(?![\w:])",
    re.IGNORECASE,
)
_TOWN = (
    rb"(?:L(?:'|\xe2\x80\x99))?[A-Z\xc3][\w\xc3\x80-\xbf'\-]{1,40}"
    rb"(?:(?: |-|')(?:(?:de|du|des|la|le|les|sur|sous|en|et|l|d|l\xc3\xa8s|aux?)(?: |-|'))*"
    rb"[A-Z\xc3][\w\xc3\x80-\xbf'\-]{0,40}){0,4}(?: \d{1,2}(?![\w]))?"
)
_STREET_WITH_CODE = re.compile(
    rb"[^;\t\n|]{1,70}?(?:\r?\n[^;\t\n|]{0,50}?)?[ ,\-\n(\t;]{1,4}(?:F-)?(\d{5}) {1,2}(?:"
    + _TOWN
    + rb")"
)
_STREET_ALONE = re.compile(
    rb"(?![\-\xe2])(?: ?(?:[a-z\xc3\x80-\xbf\xe2'\-]+|\d{1,2}(?:e|er|re|\xc3\xa8me)?) {0,2}){0,6}"
    rb"(?:d'|l'|d\xe2\x80\x99|l\xe2\x80\x99)?"
    rb"[A-Z\xc3][\w\xc3\x80-\xbf\xe2'\-]+"
    rb"(?: (?:[A-Z\xc3][\w\xc3\x80-\xbf'\-]+|de|du|des|la|le|\d{1,4}))"
    rb"{0,5}"
)
_STREET_TYPE = re.compile(
    rb"(?:cours|place|pl|mail|passage|domaine|villa|voie|quartier|r|z)\.? ", re.I
)


_IN_TOWN = re.compile(rb"(?:,| (?:\xc3\xa0|a)) [A-Z\xc3]")


def address(text: bytes, end: int) -> Span | None:
    """Confirm a postal address: number and street, then the postcode and the town if they come."""
    back = _NUMBER_BACK.match(text[max(0, end - 40) : end][::-1])
    if back is None:
        return None
    start = end - back.end()
    if text[start:end].lower().endswith(b"traverse ") and text[end : end + 3] == b"le ":
        return None  # « la route 12 traverse le bourg »
    match = _STREET_WITH_CODE.match(text, end, end + 200)
    if match is not None and b"00" < match.group(1)[:2] < b"99":
        return Span(start, match.end(), PersonalData.ADDRESS, 0.95)
    match = _STREET_ALONE.match(text, end, end + 90)
    if match is None:
        return None
    words = text[start:end].split()
    vague = _STREET_TYPE.match(words[-1] + b" ") is not None
    if vague and _IN_TOWN.match(text, match.end()) is None:
        return Span(start, match.end(), PersonalData.ADDRESS, 0.4)
    return Span(start, match.end(), PersonalData.ADDRESS, 0.6 if vague else 0.7)


# --- birth, allowances, vehicles ---------------------------------------------------------------

_MONTHS = {
    b"jan": 1, b"f\xc3\xa9v": 2, b"fev": 2, b"mar": 3, b"avr": 4, b"mai": 5, b"jui": 6, b"jul": 7,
    b"ao\xc3": 8, b"aou": 8, b"sep": 9, b"oct": 10, b"nov": 11, b"d\xc3\xa9c": 12, b"dec": 12,
}  # fmt: skip
_UNITS = rb"un|deux|trois|quatre|cinq|six|sept|huit|neuf"
_TEENS = rb"dix|onze|douze|treize|quatorze|quinze|seize"
_DAY_WORDS = (
    rb"premier|(?:vingt|trente)(?:[ \-]et)?[ \-](?:" + _UNITS + rb")|dix[ \-](?:sept|huit|neuf)"
    rb"|vingt|trente|" + _TEENS + rb"|" + _UNITS
)
_MONTH_WORDS = (
    rb"janvier|f(?:\xc3\xa9|\xc3\x89|e)vrier|mars|avril|mai|juin|juillet|ao(?:\xc3\xbb|\xc3\x9b|u)t"
    rb"|septembre|octobre|novembre|d(?:\xc3\xa9|\xc3\x89|e)cembre"
)
_YEAR_WORDS = _UNITS + rb"|" + _TEENS + rb"|et|vingts?|trente|quarante|cinquante|soixante"
DATE = (
    rb"(?:(?P<d>\d{1,2})(?:[/. \-]| / )(?P<m>\d{1,2})(?:[/. \-]| / )(?P<y>(?:19|20)?\d\d)(?!\w)"
    rb"|(?P<iy>(?:19|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d)(?!\w)"
    rb"|(?P<wd>\d{1,2})(?:er)?[ \n]"
    rb"(?P<wm>janv|f(?:\xc3\xa9|\xc3\x89|e)vr|mars|avril|mai|juin|juil|ao(?:\xc3\xbb|\xc3\x9b|u)t"
    rb"|sept|oct|nov|d(?:\xc3\xa9|\xc3\x89|e)c)[a-z\xc3\xa9]{0,6}\.?"
    rb"[ \n](?P<wy>(?:19|20)\d\d)(?!\w)"
    rb"|(?P<in_words>(?:" + _DAY_WORDS + rb") (?:" + _MONTH_WORDS + rb") "
    rb"(?:mil(?:le)? neuf[ \-]cents?|deux[ \-]mille)(?:[ \-](?:" + _YEAR_WORDS + rb")){0,5}\b))"
)
_BORN = re.compile(
    rb"(?:[^\n;.]|\.(?! [A-Z])){0,60}?(?:\b(?:le|du)[ :]{1,3}\n?)?" + DATE, re.IGNORECASE
)
_BIRTH_LABEL = re.compile(
    rb"(?:[^\d\n.]|\.(?! )){0,30}?(?:\r?\n)?[ \t:|\-]{0,6}(?:le )?" + DATE, re.IGNORECASE
)


def is_date(match: re.Match[bytes]) -> bool:
    """Return whether the parts of a `DATE` make one that somebody may have been born on."""
    found = match.groupdict()
    try:
        if found["d"] is not None:
            year = int(found["y"])
            full = year if year > 99 else 2000 + year
            date(full, int(found["m"]), int(found["d"]))
            return year <= 99 or 1900 <= year <= 2100
        if found["in_words"] is not None:
            return True
        if found["iy"] is not None:
            date(int(found["iy"]), int(found["im"]), int(found["id"]))
            return True
        return 1 <= int(found["wd"]) <= 31
    except ValueError:
        return False


def _date_at(match: re.Match[bytes] | None) -> Span | None:
    if match is None or not is_date(match):
        return None
    name = next(each for each in ("d", "iy", "in_words", "wd") if match[each] is not None)
    return Span(match.start(name), match.end(), PersonalData.BIRTH_DATE, 0.95)


_IS_BORN = re.compile(rb" est n(?:\xc3\xa9|\xc3\x89|e)e?s?", re.IGNORECASE)
_LABEL_AFTER = re.compile(rb"[ ,(]{1,2}(?:(?:date|jour) de )?naiss", re.IGNORECASE)
_A_DATE = re.compile(DATE, re.IGNORECASE)
_THEN = re.compile(rb"(?:,? (?:\xc3\xa0|a) [^\n;]{1,40})?")


def _date_before(text: bytes, end: int) -> Span | None:
    """Return the last date before a place, with nothing in between but an hour or a town."""
    last = None
    for match in _A_DATE.finditer(text, max(0, end - 90), end):
        if _THEN.fullmatch(text, match.end(), end):
            last = match
    return _date_at(last)


#: What is born in speeches, and is nobody.
_NO_PERSON = re.compile(
    rb"\b(?:projet|syndicat|association|collectif|service|r\xc3\xa9seau|id\xc3\xa9e|dispositif"
    rb"|label|commune|entreprise|soci\xc3\xa9t\xc3\xa9|festival)\b[^.;\n]{0,24}\bn(?:\xc3\xa9|e)[^.;\n]{0,6}$",
    re.IGNORECASE,
)


def birth(text: bytes, end: int) -> Span | None:
    """Confirm the date that follows « né le », with a place in between or not, or comes before."""
    if _NO_PERSON.search(text, max(0, end - 60), end):
        return None
    found = _date_at(_BORN.match(text, end - 1, end + 110))
    if found is None and (before := _IS_BORN.search(text, max(0, end - 12), end)):
        found = _date_before(text, before.start())
    return found


def birth_label(text: bytes, end: int) -> Span | None:
    """Confirm the date that follows the label of a form."""
    found = _date_at(_BIRTH_LABEL.match(text, end, end + 80))
    if found is None and (label := _LABEL_AFTER.search(text, max(0, end - 24), end)):
        found = _date_before(text, label.start())
    return found


_ALLOWANCE = re.compile(
    rb"(?:[^0-9\n;]{0,30}(?:\r?\n[ \t]{0,8})?|"
    rb"[^0-9\n;]{0,12}(?:\b\d{2,3}\b)[^0-9\n;]{1,12})(\d{6,8}(?: ?[A-Z](?!\w))?)(?!\w)"
)
_ALLOWANCE_GROUPED = re.compile(rb"[^0-9\n;]{0,30}(\d (?:\d{3} \d{3}|\d\d \d\d \d\d))(?!\w)")


def caf(text: bytes, end: int) -> Span | None:
    """Confirm the number that follows « allocataire » or « CAF »."""
    for expression in (_ALLOWANCE, _ALLOWANCE_GROUPED):
        match = expression.match(text, end, end + 70)
        if match is not None:
            return Span(match.start(1), match.end(1), PersonalData.CAF, 0.9)
    return None


_PLATE_BACK = re.compile(rb"[A-Z]{2}([ \-]?)\d{3}([ \-]?)[A-Z]{2}")


_WORDY = (b".", b"/", b"_", b"=", b"#")


def plate(text: bytes, end: int) -> Span | None:
    """Confirm a number plate of the form in use since 2009."""
    match = _PLATE_BACK.match(text[end - 9 if end > 9 else 0 : end][::-1])
    if match is None or match[1] != match[2]:
        return None
    start = end - match.end()
    if text[end : end + 1] in b"-_/" and end < len(text):
        return None
    if start and text[start - 1 : start] in b"-_/":
        return None
    raw = text[start:end]
    if raw[:2] in (b"SS", b"WW") or raw[-2:] == b"SS":
        return None
    if match[1] == b"-":
        return Span(start, end, PersonalData.PLATE, 0.9)
    alone = text[start - 1 : start] not in _WORDY and text[end : end + 1] not in _WORDY
    sure = 0.9 if _near(text, start, end, _VEHICLE) else 0.55 if alone and match[1] else 0.3
    return Span(start, end, PersonalData.PLATE, sure)


#: Neither I, O nor U in the letters; one separator throughout; a département that exists.
_OLD_PLATE = re.compile(
    rb"\d{2,4}([ \-])[A-HJ-NP-TV-Z]{2,3}\1(?:0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-6])"
)
_OPENS = (b"", b" ", b"(", b"\n", b"\t", b";", b"|", b",")
_OLD_PLATE_BACK = re.compile(rb"(?:\d\d|[AB]2|\d79)[ \-][A-Z]{2,3}[ \-]\d{1,4}\b")


def old_plate(text: bytes, end: int) -> Span | None:
    """Confirm a number plate of before 2009, by the word near it or by its form alone."""
    match = _OLD_PLATE_BACK.match(text[max(0, end - 12) : end][::-1])
    if match is None:
        return None
    start = end - match.end()
    if _near(text, start, end, _VEHICLE):
        return Span(start, end, PersonalData.PLATE, 0.85)
    alone = text[start - 1 : start] in _OPENS and text[end : end + 1] not in (b"-", b"/", b".")
    strict = _OLD_PLATE.fullmatch(text, start, end)
    return Span(start, end, PersonalData.PLATE, 0.55) if alone and strict else None


# --- secrets -----------------------------------------------------------------------------------

_SECRET_LABEL = re.compile(
    rb"(?<![A-Za-z])(?:[\w\-]{0,24}[_\-.])?(?:mots?[ _]?de[ _]?passe|passe?|m\.?d\.?p\.?"
    rb"|pass?wo?r?d|passwd|pwd|passphrase|jeton|code|cl(?:\xc3\xa9|e)|api[_-]?key|apikey|secret|access|auth|token|client|psk"
    rb"|_pass)[^\n:=]{0,24}[:=]?>?$",
    re.IGNORECASE,
)
_SECRET_VALUE = re.compile(rb"[:=> \t\n]{0,4}([\x22'`\xc2]?)([^\s\x22'`,;<>]{4,80})")
_PLACEHOLDER = re.compile(
    rb"[*\xe2\x80\xa2xX.\-_#?]+$|\$\{|\{\{|%\(|<|\[|(?:votre|your|(?:le|la|les|un|une|a|est|is)\b|oubli|perdu|requis"
    rb"|required|obligatoire|null|none|true|false|undefined|string|text|varchar|char|input|password"
    rb"|secret|example|exemple|changer|modifi|r(?:\xc3\xa9|e)initialis|(?:\xc3\xa0|a)$|confidentiel"
    rb"|personnel|os\.|env|getenv|self\.|request|form|process\.)",
    re.IGNORECASE,
)


_ENDS = (b"", b"\n", b"\r", b'"', b"'", b";", b")", b"&", b",")
_SPACED_LABEL = re.compile(
    rb"(?:mots?[ _]?de[ _]?passe|mdp|passe|(?:authorization: )?bearer) ?$", re.IGNORECASE
)
_WORD_AFTER = re.compile(rb"[\x22'`]?([^\s\x22'`<>]{8,100})")


def secret_word(text: bytes, end: int) -> Span | None:
    """Confirm a password that follows its label after a mere space: it must look like one."""
    match = _WORD_AFTER.match(text, end, end + 110)
    if match is None:
        return None
    value = match[1].rstrip(b".,;)")
    digits = any(48 <= byte <= 57 for byte in value)
    if len(value) < 8 or not digits or not _looks_secret(value) or _PLACEHOLDER.match(value):
        return None
    label = _SPACED_LABEL.search(text, max(0, end - 40), end)
    return Span(
        label.start() if label else end, match.start(1) + len(value), PersonalData.SECRET, 0.85
    )


def secret(text: bytes, end: int) -> Span | None:
    """Confirm a password or a key by its label and by what follows; the label is in the span."""
    match = _SECRET_VALUE.match(text, end, end + 90)
    if match is None:
        return None
    value = match[2].rstrip(b".)")
    if len(value) < 4 or _PLACEHOLDER.match(value):
        return None
    label = _SECRET_LABEL.search(text[max(0, end - 44) : end].rpartition(b"\n")[2])
    start = end - len(label.group()) if label else end
    finish = match.start(2) + len(value)
    if not _looks_secret(value):
        following = text[match.end(2) : match.end(2) + 1]
        assigned = text[end - 1 : end] in b":=>" and following in _ENDS
        if not assigned or len(value) < 6:
            return None
        return Span(start, finish, PersonalData.SECRET, 0.6)
    return Span(start, finish, PersonalData.SECRET, 0.9)


def _looks_secret(value: bytes) -> bool:
    """Return whether a word mixes letters with digits or signs as a password does."""
    letters = any(65 <= byte <= 90 or 97 <= byte <= 122 for byte in value)
    digits = any(48 <= byte <= 57 for byte in value)
    signs = any(byte in b"!@#$%^&*?_+=-/\\~|" for byte in value)
    return len(value) >= 5 and ((letters and digits) or (letters and signs) or (digits and signs))


_URL_BACK = re.compile(rb"@[^@\s/:]{3,60}:[a-z0-9._%\-]{1,40}//:[a-z0-9+]{2,24}", re.IGNORECASE)


def url_secret(text: bytes, end: int) -> Span | None:
    """Confirm a password in an address: `scheme://user:password@host`."""
    match = _URL_BACK.match(text[max(0, end - 140) : end][::-1])
    if match is None or b"${" in match.group()[::-1] or b"***" in match.group():
        return None
    host = re.compile(rb"[\w.\-:/]{0,60}").match(text, end)
    return Span(end - match.end(), host.end() if host else end, PersonalData.SECRET, 0.95)


_KEY_BACK = re.compile(rb"[A-Za-z0-9_\-.]{1,100}")
_KEY_FORWARD = re.compile(rb"[A-Za-z0-9_\-.]{0,100}")


def key(text: bytes, end: int) -> Span | None:
    """Confirm an access key by its prefix: the whole word is the secret."""
    if text[end - 1 : end] == b"-":
        back = text.rfind(b"-----BEGIN", max(0, end - 64), end)
        return Span(back, end, PersonalData.SECRET, 0.99) if back >= 0 else None
    back_match = _KEY_BACK.match(text[max(0, end - 100) : end][::-1])
    forward = _KEY_FORWARD.match(text, end)
    if back_match is None or forward is None:
        return None
    start, finish = end - back_match.end(), forward.end()
    word = text[start:finish].rstrip(b".-")
    if not word.startswith((b"AKIA", b"ASIA")) and not any(48 <= byte <= 57 for byte in word):
        return None
    return Span(start, start + len(word), PersonalData.SECRET, 0.95)
