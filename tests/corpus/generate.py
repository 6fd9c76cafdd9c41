"""Fill the templates with invented people and identifiers, keeping the exact spans planted.

A template is a text with slots between double braces:

- `{{per1}}`, `{{nir2.compact}}`: something about a person of the record (1 to 6 are adults, 7 to
  9 children), with a style after the dot;
- `{{iban}}`, `{{card}}`, `{{tel}}`: a fresh identifier;
- `{{ART9:words|other words}}`: one of these wordings, planted as that type;
- `{{?:wording|other wording}}`: one of these wordings, not planted;
- `{{amount}}`, `{{badiban}}`, `{{ref}}`: look-alikes, not planted;
- `{{#3-6}}…{{/}}`: repeated three to six times, each time about other people.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from corpus import identifiers as ids
from corpus.further import FURTHER
from corpus.names import (
    DOMAINS,
    FIRMS,
    MEN,
    ORGANISATIONS,
    PLACES,
    STREETS,
    SURNAMES,
    TOWNS,
    VENUES,
    WAYS,
    WOMEN,
    listed,
)
from corpus.sentences import COMPLEMENTS, ENDS, LINES, OPENINGS, SENTENCES, THEMES, Theme
from corpus.templates import TEMPLATES as FIRST
from corpus.templates import Template

TYPES = listed(
    "NIR IBAN RIB CARD SIREN SIRET TEL EMAIL ADRESSE PLAQUE DDN CAF FISCAL PER ART9 SECRET"
)
TEMPLATES = FIRST + FURTHER
SPACED = {"NIR", "IBAN", "SIREN", "SIRET", "TEL", "CARD", "FISCAL"}


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a text that hold something personal or secret."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Document:
    """An invented document and what was planted in it."""

    name: str
    kind: str
    text: str
    spans: tuple[Span, ...]


Piece = tuple[str, str | None]
# The word about a person is planted without the article before it.
DETERMINER = re.compile(r"(?:de la |de l'|d'une? |d'|du |des |de |une? |la |le |les |l')", re.I)


def unaccented(text: str) -> str:
    """Return the text without accents, one character for one."""
    kept = []
    for character in text:
        plain = unicodedata.normalize("NFD", character)[0]
        kept.append(plain if plain.isascii() else character)
    return "".join(kept)


def slug(text: str) -> str:
    """Return a name as it is written in an address of mail."""
    folded = unaccented(text.replace("ı", "i")).lower()
    return re.sub(r"-+", "-", re.sub(r"[^a-z]+", "-", folded.replace("'", ""))).strip("-")


@dataclass(slots=True)
class Person:
    """Somebody invented: the same through a record."""

    first: str
    last: str
    woman: bool
    born: datetime.date
    nir: str

    @classmethod
    def drawn(cls, rng: Random, child: bool) -> "Person":
        """Return somebody new."""
        woman = rng.random() < 0.5
        year = rng.randint(2011, 2022) if child else rng.randint(1934, 2006)
        born = datetime.date(year, rng.randint(1, 12), rng.randint(1, 28))
        first = rng.choice(WOMEN if woman else MEN)
        last = rng.choice(SURNAMES)
        if rng.random() < 0.06:
            last += "-" + rng.choice(SURNAMES)
        return cls(first, last, woman, born, ids.nir(rng, 2 if woman else 1, year, born.month))

    def initials(self) -> str:
        """Return the initials of the first name."""
        return "-".join(part[0] + "." for part in self.first.split("-"))

    def written(self, rng: Random, style: str) -> str:
        """Return the name in that style, or in one of the usual ones."""
        first, last = self.first, self.last
        styles = {
            "fl": f"{first} {last}",
            "fL": f"{first} {last.upper()}",
            "Lf": f"{last.upper()} {first}",
            "lf": f"{last} {first}",
            "LF": f"{last} {first}".upper(),
            "FL": f"{first} {last}".upper(),
            "l": last,
            "L": last.upper(),
            "f": first,
            "F": first.upper(),
            "low": f"{first} {last}".lower(),
            "i": f"{self.initials()} {last}",
            "iL": f"{self.initials()} {last.upper()}",
        }
        if style:
            return styles[style]
        return styles[rng.choice(["fl", "fl", "fl", "fL", "fL", "Lf", "Lf", "i", "iL"])]

    def title(self, rng: Random) -> str:
        """Return the courtesy title."""
        if self.woman:
            return rng.choice(["Mme", "Mme", "Mme", "Madame", "Mme."])
        return rng.choice(["M.", "M.", "M.", "Monsieur", "Mr"])


def address(rng: Random, style: str) -> str:
    """Return a postal address, from the number of the street to the town."""
    code, town = rng.choice(TOWNS)
    number = str(rng.randint(1, 240)) + rng.choice(["", "", "", "", " bis", " ter", "B", " A"])
    street = rng.choice(WAYS) + " " + rng.choice(STREETS)
    if style == "csv":
        return f"{number} {street};{code};{town.upper()}"
    if style == "json":
        return f"{number} {street}, {code} {town}"
    if style == "lines":
        more = rng.choice(["", "", "Bât. C, appt 12\n", "BP 40213\n"])
        return f"{number} {street}\n{more}{code} {rng.choice([town, town.upper()])}"
    comma = rng.choice([" ", " ", ", "])
    end = rng.choice([town, town, town.upper()])
    draw = rng.random()
    if draw < 0.55:
        return f"{number}{comma}{street}{rng.choice([', ', ', ', ' '])}{code} {end}"
    if draw < 0.67:
        return f"{number}{comma}{street} - {code} {end}"
    if draw < 0.80:
        return f"{number}{comma}{street} à {town}"
    if draw < 0.88:
        return f"{number}{comma}{street}, {end}"
    if draw < 0.95:
        return f"{number}{comma}{street}, bât. {rng.choice('ABCD')}, {code} {end}"
    return f"{number}{comma}{street}, {code} {end.upper()} CEDEX"


def joined(before: str, noun: str) -> str:
    """Return a place after an article, or a preposition and an article, joined as French does.

    >>> joined("du", "gymnase Blanc"), joined("au", "école Blanc"), joined("la", "avenue Foch")
    ('du gymnase Blanc', "à l'école Blanc", "l'avenue Foch")
    """
    if not before:
        return noun
    preposition = {"du": "de ", "au": "à ", "la": ""}[before]
    if unaccented(noun)[0] in "aeio" or noun.startswith("hôpital"):
        return preposition + "l'" + noun
    if before == "la" or noun.split()[0] in ("salle", "médiathèque", "crèche", "piscine"):
        return preposition + "la " + noun
    return f"{before} {noun}"


def password(rng: Random) -> str:
    """Return a password such as people invent or generate."""
    word = rng.choice(["Valbrune", "Printemps", "mairie", "Canicule", "Azerty", "Soleil", "Pyrene"])
    if rng.random() < 0.55:
        return word + rng.choice(["!", "@", "#", "$", "_", "*"]) + str(rng.randint(10, 2099))
    letters = "abcdefghkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
    body = [rng.choice(letters) for _ in range(8)] + [rng.choice("!#%+*?=@$") for _ in range(2)]
    body += [rng.choice(ids.DIGITS) for _ in range(3)]
    rng.shuffle(body)
    return rng.choice(letters) + "".join(body) + rng.choice(letters)


def token(rng: Random, count: int) -> str:
    """Return letters and digits as in a generated key."""
    return "".join(rng.choice(ids.LETTERS + ids.LETTERS.lower() + ids.DIGITS) for _ in range(count))


@dataclass(slots=True)
class Scope:
    """The people of one record and what is drawn for it."""

    rng: Random
    people: dict[int, Person] = field(default_factory=dict)

    def person(self, number: int) -> Person:
        """Return that person of the record."""
        if number not in self.people:
            self.people[number] = Person.drawn(self.rng, child=number >= 7)
        return self.people[number]

    def fill(self, slot: str) -> list[Piece]:
        """Return what stands for a slot, with its type when it is planted."""
        rng = self.rng
        head, colon, rest = slot.partition(":")
        if colon:
            return self.worded(head, rest)
        match = re.fullmatch(r"([a-z]+)([0-9]?)(?:\.(\w+))?", slot)
        if not match:
            raise ValueError(f"unknown slot: {slot}")
        tag, number, style = match[1], match[2], match[3] or ""
        if number:
            return [self.about(tag, self.person(int(number)), style)]
        planted: dict[str, tuple[str, Callable[[], str]]] = {
            "nir": ("NIR", lambda: ids.write_nir(rng, Person.drawn(rng, False).nir, style)),
            "iban": ("IBAN", lambda: ids.write_iban(rng, ids.iban(rng), style)),
            "rib": ("RIB", lambda: ids.write_rib(rng, ids.rib(rng), style)),
            "card": ("CARD", lambda: ids.write_card(rng, ids.card(rng), style)),
            "siren": ("SIREN", lambda: ids.write_siren(rng, ids.siren(rng), style)),
            "siret": ("SIRET", lambda: ids.write_siret(rng, ids.siret(rng), style)),
            "spi": ("FISCAL", lambda: ids.write_spi(rng, ids.spi(rng), style)),
            "caf": ("CAF", lambda: ids.caf(rng)),
            "tel": ("TEL", lambda: ids.phone(rng)),
            "plate": ("PLAQUE", lambda: ids.plate(rng)),
            "addr": ("ADRESSE", lambda: address(rng, style)),
            "service": (
                "EMAIL",
                lambda: (
                    rng.choice(["accueil", "contact", "ccas", "rh", "urbanisme", "regie.cantine"])
                    + "@"
                    + rng.choice(ORGANISATIONS)
                ),
            ),
            "dsn": ("SECRET", lambda: self.connection()),
            "pem": (
                "SECRET",
                lambda: (
                    "-----BEGIN " + rng.choice(["RSA ", "", "OPENSSH ", "EC "]) + "PRIVATE KEY-----"
                ),
            ),
            "forge": (
                "SECRET",
                lambda: rng.choice(["ghp_" + token(rng, 36), "glpat-" + token(rng, 20)]),
            ),
            "cloud": ("SECRET", lambda: "AKIA" + token(rng, 16).upper()),
        }
        if tag in planted:
            kind, draw = planted[tag]
            return [(draw(), kind)]
        return [(self.decoy(tag, style), None)]

    def worded(self, head: str, rest: str) -> list[Piece]:
        """Return one of the wordings of a slot."""
        rng = self.rng
        text = rng.choice(rest.split("|"))
        if head == "?":
            return [(text, None)]
        if head == "pw":
            return [(text + password(rng), "SECRET")]
        if head == "key":
            drawn = [ids.hexadecimal(rng, 40), token(rng, 32), "sk_live_" + token(rng, 24)]
            return [(text + rng.choice(drawn), "SECRET")]
        if head not in TYPES:
            raise ValueError(f"unknown type: {head}")
        article = DETERMINER.match(text)
        start = article.end() if article else 0
        return [(text[:start], None), (text[start:], head)]

    def connection(self) -> str:
        """Return a connection string that holds a password."""
        rng = self.rng
        secret = token(rng, rng.randint(9, 16))
        host = rng.choice(["bdd01", "srv-sql.valbrune.lan", "10.12.4.7", "localhost"])
        return rng.choice(
            [
                f"postgresql://appli:{secret}@{host}:5432/etatcivil",
                f"mysql://root:{secret}@{host}/cantine",
                f"mongodb+srv://portail:{secret}@{host}/demandes",
                f"Server={host};Database=paie;User Id=sa;Password={secret};",
                f"ftp://depot:{secret}@{host}/echanges",
            ]
        )

    def about(self, tag: str, person: Person, style: str) -> Piece:
        """Return something about a person."""
        rng = self.rng
        if tag == "per":
            return person.written(rng, style), "PER"
        if tag == "nir":
            return ids.write_nir(rng, person.nir, style), "NIR"
        if tag == "ddn":
            return ids.write_date(rng, person.born, style), "DDN"
        if tag == "email":
            first, last = slug(person.first), slug(person.last)
            host = rng.choice(ORGANISATIONS if style == "work" else DOMAINS)
            local = rng.choice([f"{first}.{last}", f"{first[0]}.{last}", f"{last}.{first}"])
            if not style:
                local = rng.choice(
                    [local, f"{first}{person.born.year % 100:02d}", f"{first}_{last}"]
                )
            return f"{local}@{host}", "EMAIL"
        plain: dict[str, Callable[[], str]] = {
            "title": lambda: person.title(rng),
            "e": lambda: "e" if person.woman else "",
            "il": lambda: "elle" if person.woman else "il",
            "le": lambda: "la" if person.woman else "le",
            "sex": lambda: "F" if person.woman else "M",
            "login": lambda: slug(person.first)[0] + slug(person.last).replace("-", "")[:8],
        }
        return plain[tag](), None

    def decoy(self, tag: str, style: str) -> str:
        """Return something that is not planted."""
        rng = self.rng
        day = datetime.date(rng.randint(2015, 2027), rng.randint(1, 12), rng.randint(1, 28))
        decoys: dict[str, Callable[[], str]] = {
            "date": lambda: ids.write_date(rng, day, style),
            "year": lambda: str(day.year),
            "time": lambda: f"{rng.randint(7, 22)}{rng.choice(['h', ':'])}{rng.randint(0, 59):02d}",
            "amount": lambda: ids.amount(rng),
            "price": lambda: f"{rng.randint(3, 900)},{rng.randint(0, 99):02d}",
            "invoice": lambda: ids.invoice(rng),
            "market": lambda: ids.market(rng),
            "ref": lambda: ids.reference(rng),
            "meter": lambda: ids.meter(rng),
            "budget": lambda: ids.budget_line(rng),
            "cadastre": lambda: ids.cadastre(rng),
            "gps": lambda: ids.gps(rng),
            "isbn": lambda: ids.isbn(rng),
            "hash": lambda: ids.hexadecimal(rng, rng.choice([32, 40, 64])),
            "version": lambda: f"{rng.randint(1, 12)}.{rng.randint(0, 20)}.{rng.randint(0, 9)}",
            "badnir": lambda: ids.false_nir(rng),
            "badiban": lambda: ids.false_iban(rng),
            "badrib": lambda: ids.false_rib(rng),
            "badcard": lambda: ids.false_card(rng),
            "badsiren": lambda: ids.false_siren(rng),
            "badsiret": lambda: ids.false_siret(rng),
            "badspi": lambda: ids.false_spi(rng),
            "n": lambda: str(rng.randint(2, 99)),
            "num": lambda: str(rng.randint(100, 9999)),
            "insee": lambda: rng.choice(["64445", "29019", "2A004", "97411", "75111", "67482"]),
            "town": lambda: rng.choice(TOWNS)[1],
            "place": lambda: rng.choice(PLACES),
            "street": lambda: joined(style, rng.choice(WAYS[:9]) + " " + rng.choice(STREETS)),
            "venue": lambda: joined(style, rng.choice(VENUES)),
            "firm": lambda: rng.choice(FIRMS),
            "ip": lambda: ".".join(str(rng.randint(1, 254)) for _ in range(4)),
            "longinvoice": lambda: ids.long_invoice(rng),
            "iso": lambda: day.isoformat(),
        }
        if tag not in decoys:
            raise ValueError(f"unknown slot: {tag}")
        return decoys[tag]()


BLOCK = re.compile(r"\{\{#(\d)-(\d)\}\}\n?(.*?)\{\{/\}\}\n?", re.DOTALL)
SLOT = re.compile(r"\{\{([^{}]+)\}\}")


def filled(scope: Scope, text: str) -> list[Piece]:
    """Return the pieces of a text without repeated blocks."""
    pieces: list[Piece] = []
    last = 0
    for match in SLOT.finditer(text):
        pieces.append((text[last : match.start()], None))
        pieces += scope.fill(match[1])
        last = match.end()
    pieces.append((text[last:], None))
    return [piece for piece in pieces if piece[0]]


def rendered(rng: Random, text: str) -> list[Piece]:
    """Return the pieces of a template, its blocks repeated."""
    scope, pieces, last = Scope(rng), [], 0
    for match in BLOCK.finditer(text):
        pieces += filled(scope, text[last : match.start()])
        for _ in range(rng.randint(int(match[1]), int(match[2]))):
            pieces += filled(Scope(rng), match[3])
        last = match.end()
    return pieces + filled(scope, text[last:])


def dressed(rng: Random, pieces: list[Piece], form: str) -> list[Piece]:
    """Return the pieces as the document would have them typed, spaced and accented."""
    changes: list[Callable[[str, str | None], str]] = []
    if form == "upper":
        changes.append(lambda text, kind: text if kind in ("SECRET", "EMAIL") else text.upper())
        if rng.random() < 0.5:
            changes.append(lambda text, kind: unaccented(text))
    elif form == "noisy":
        changes.append(lambda text, kind: text if kind == "SECRET" else unaccented(text))
    elif form == "ocr":
        changes.append(
            lambda text, kind: (
                re.sub(" ", lambda _: "  " if rng.random() < 0.25 else " ", text)
                if kind in (None, "ART9", "ADRESSE", "PER")
                else text
            )
        )
    elif form == "prose":
        if rng.random() < 0.35:
            changes.append(lambda text, kind: text if kind == "SECRET" else text.replace("'", "’"))
        if rng.random() < 0.30:
            space = rng.choice(["\u00a0", "\u202f"])
            changes.append(
                lambda text, kind: text if kind else re.sub(r" (?=[:;?!»])|(?<=«) ", space, text)
            )
        if rng.random() < 0.18:
            hard = rng.choice(["\u00a0", "\u202f"])
            changes.append(lambda text, kind: text.replace(" ", hard) if kind in SPACED else text)
        if rng.random() < 0.08:
            changes.append(lambda text, kind: text.replace("M. ", "M.\u00a0") if not kind else text)
    if rng.random() < 0.06:
        changes.append(lambda text, kind: text.replace("\n", "\r\n"))
    for change in changes:
        pieces = [(change(text, kind), kind) for text, kind in pieces]
    return pieces


def assembled(name: str, kind: str, pieces: list[Piece]) -> Document:
    """Return the document made of these pieces."""
    spans, start = [], 0
    for text, planted in pieces:
        if planted:
            spans.append(Span(start, start + len(text), planted))
        start += len(text)
    return Document(name, kind, "".join(text for text, _ in pieces), tuple(spans))


def wrapped(text: str, width: int) -> str:
    """Return the text of the same length, its long lines broken at spaces as in a printed page.

    >>> wrapped("le petit pont de pierre", 12)
    'le petit\\npont de\\npierre'
    """
    characters, start, space = list(text), 0, 0
    for place, character in enumerate(text):
        if character == "\n":
            start = place + 1
        elif character == " ":
            space = place
        if place - start >= width and space > start:
            characters[space] = "\n"
            start = space + 1
    return "".join(characters)


def documents(seed: int, count: int) -> list[Document]:
    """Return that many documents, every template in turn in a shuffled order."""
    rng = Random(seed)
    made: list[Document] = []
    order: list[Template] = []
    for rank in range(count):
        if not order:
            order = list(TEMPLATES)
            rng.shuffle(order)
        template = order.pop()
        own = Random(rng.getrandbits(64))
        pieces = dressed(own, rendered(own, template.text), template.form)
        document = assembled(f"{rank:04d}-{slug(template.kind)}.txt", template.kind, pieces)
        if template.form == "prose" and own.random() < 0.12:
            document = replace(document, text=wrapped(document.text, own.randint(56, 90)))
        made.append(document)
    return made


def composed(rng: Random, theme: Theme) -> str:
    """Return the slots of a sentence on a theme, made of parts drawn apart."""
    opening = rng.choice(OPENINGS)
    sentence = f"{opening}{rng.choice(theme.subjects)} {rng.choice(theme.predicates)}"
    complement = rng.choice(COMPLEMENTS)
    sentence += f" {complement}" * bool(complement) + rng.choice(ENDS) + "."
    return sentence[0].upper() + sentence[1:]


def about_nobody(rng: Random, text: str) -> str:
    """Return the text with its slots filled by look-alikes, none of which is planted."""
    pieces = dressed(rng, filled(Scope(rng), text), "prose")
    if any(kind for _, kind in pieces):
        raise ValueError(f"the prose holds no planted value: {text}")
    return "".join(piece for piece, _ in pieces).replace("\r\n", "\n")


def paragraph(rng: Random) -> str:
    """Return running text, a list, lines of a blank form or of a journal, or a table."""
    theme = rng.choice(THEMES)
    draw = rng.random()
    if draw < 0.70:
        sentences = [composed(rng, theme) for _ in range(rng.randint(2, 4))]
        sentences.insert(rng.randint(0, len(sentences)), rng.choice(SENTENCES))
        said = [about_nobody(rng, sentence) for sentence in sentences]
        return " ".join(sentence[0].upper() + sentence[1:] for sentence in said)
    if draw < 0.85:
        items = "\n".join("- " + composed(rng, theme)[:-1] + " ;" for _ in range(rng.randint(3, 6)))
        return about_nobody(rng, f"{theme.title} – points à l'ordre du jour\n{items}")
    if draw < 0.93:
        return about_nobody(rng, "\n".join(rng.sample(LINES, rng.randint(4, 8))))
    separator = rng.choice([";", "\t", " | "])
    rows = [separator.join(["reference", "objet", "date", "montant", "imputation"])]
    cells = ["{{ref}}", "", "{{date.slash}}", "{{price}}", "{{budget}}"]
    for _ in range(rng.randint(3, 8)):
        cells[0] = rng.choice(["{{ref}}", "{{invoice}}", "{{longinvoice}}", "{{badsiren}}"])
        cells[1] = rng.choice([theme.title, "{{venue}}", "{{firm}}", "{{street}}"])
        rows.append(separator.join(cells))
    return about_nobody(rng, "\n".join(rows))


def prose(seed: int, size: int) -> str:
    """Return about that many characters of administrative prose about nobody, full of decoys."""
    rng = Random(seed)
    paragraphs: list[str] = []
    length = 0
    while length < size:
        paragraphs.append(paragraph(rng))
        length += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs) + "\n"
