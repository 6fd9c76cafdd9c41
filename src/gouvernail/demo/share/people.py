"""People, companies and numbers that belong to nobody, drawn from a seed.

Surnames are those of birds and plants. Every number has a valid key, so that a scanner finds it,
and a value that was never given out: bank 99999, communes that do not exist, company numbers that
begin with 00, number plates decades ahead, the telephone numbers that the regulator keeps for
fiction, `.example` and `.test`.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

WOMEN = (
    "Adèle", "Béatrice", "Chantal", "Corinne", "Danielle", "Élodie", "Fatima", "Françoise",
    "Ginette", "Hélène", "Isabelle", "Josiane", "Khadija", "Laure", "Martine", "Monique",
    "Nathalie", "Odette", "Pascale", "Sandrine", "Sylvie", "Thérèse", "Valérie", "Yvette",
)  # fmt: skip
MEN = (
    "Alain", "Bernard", "Christophe", "Didier", "Éric", "François", "Gérard", "Hassan", "Hervé",
    "Jean-Luc", "Jérôme", "Laurent", "Mamadou", "Marcel", "Michel", "Noël", "Olivier", "Pascal",
    "Patrick", "Philippe", "Raymond", "Serge", "Thierry", "Yves",
)  # fmt: skip
GIRLS = (
    "Alice", "Camille", "Chloé", "Emma", "Inès", "Jade", "Léa", "Lina", "Louise", "Manon", "Rose",
    "Zoé",
)  # fmt: skip
BOYS = (
    "Adam", "Enzo", "Gabriel", "Hugo", "Léo", "Lucas", "Mathis", "Nathan", "Nolan", "Rayan", "Tom",
    "Yanis",
)  # fmt: skip
LAST = (
    "Alouette", "Belladone", "Bergeronnette", "Bouvreuil", "Bruant", "Campanule", "Capucine",
    "Chardonneret", "Chèvrefeuille", "Coquelicot", "Cormoran", "Coudrier", "Digitale", "Églantine",
    "Engoulevent", "Épervier", "Fauvette", "Fougère", "Genévrier", "Giroflée", "Gobemouche",
    "Grimpereau", "Hellébore", "Hirondelle", "Huppe", "Jonquille", "Linotte", "Liseron",
    "Marjolaine", "Mésange", "Mirabelle", "Nénuphar", "Œillet", "Ortolan", "Outarde", "Passereau",
    "Pervenche", "Pivoine", "Primevère", "Rougegorge", "Rougequeue", "Sansonnet", "Sarcelle",
    "Serpolet", "Sittelle", "Tarier", "Tournepierre", "Tourterelle", "Traquet", "Troglodyte",
)  # fmt: skip
STREETS = (
    "rue des Lavandières", "rue du Pont-Couvert", "allée des Grands-Ormes", "rue de la Tannerie",
    "impasse du Puits-Salé", "avenue de la Brenne-Haute", "rue des Trois-Étangs", "place du Minage",
    "chemin de la Garenne", "rue de l’Ancien-Octroi", "square des Tisserands", "rue du Four-Banal",
)  # fmt: skip
SCHOOLS = (
    "Les Trois-Étangs", "Le Pont-Couvert", "La Garenne", "Les Tisserands", "La Tannerie",
    "L’Ancien-Octroi", "Les Grands-Ormes",
)  # fmt: skip
#: Who works in each service.
JOBS = {
    "Accueil et citoyenneté": ("Chargé d’accueil", "Officier d’état civil"),
    "Affaires générales": ("Rédacteur", "Agent du courrier"),
    "CCAS et solidarités": ("Travailleur social", "Aide à domicile"),
    "Culture et sports": ("Éducateur sportif", "Bibliothécaire"),
    "Éducation et restauration": ("ATSEM", "Cuisinier", "Agent d’entretien", "Animateur"),
    "Finances": ("Gestionnaire comptable", "Acheteur"),
    "Police municipale": ("Brigadier", "Agent de surveillance"),
    "Services techniques": ("Adjoint technique", "Agent de maîtrise", "Jardinier", "Technicien"),
}
SERVICES = tuple(JOBS)
_TRADES = (
    "Terrassements", "Menuiseries", "Réseaux", "Couverture", "Espaces verts", "Électricité",
    "Peintures", "Plomberie", "Maçonnerie", "Signalétique",
)  # fmt: skip
DOMAIN = "val-de-brenne.example"
TOWN = "Ville de Val-de-Brenne"
POSTCODE = "36999"  # no post office has it
BANK = "99999"  # no bank has it

#: A department, and the first number above those of its communes.
_BIRTHPLACES = (("36", 700), ("18", 700), ("37", 700), ("41", 700), ("86", 700), ("2A", 700))
#: What the regulator keeps for works of fiction (ARCEP decision 2018-0881).
_PHONES = ("01 99 00", "02 61 91", "03 53 01", "04 65 71", "05 36 49", "06 39 98")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist."""

    first: str
    last: str
    woman: bool
    born: date
    nir: str
    iban: str
    phone: str
    email: str
    address: str

    @property
    def name(self) -> str:
        """Return « Huguette Mésange »."""
        return f"{self.first} {self.last}"

    @property
    def listed(self) -> str:
        """Return « MÉSANGE Huguette »."""
        return f"{self.last.upper()} {self.first}"

    @property
    def title(self) -> str:
        """Return « Mme » or « M. »."""
        return "Mme" if self.woman else "M."

    @property
    def madam(self) -> str:
        """Return « Madame » or « Monsieur », as a letter begins."""
        return "Madame" if self.woman else "Monsieur"

    @property
    def e(self) -> str:
        """Return what makes a word feminine, as in « née »."""
        return "e" if self.woman else ""


@dataclass(frozen=True, slots=True)
class Company:
    """A company that does not exist."""

    name: str
    siret: str
    vat: str
    iban: str
    phone: str
    email: str
    address: str
    boss: Person


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent of the town who does not exist."""

    person: Person
    number: int
    service: str
    job: str

    @property
    def name(self) -> str:
        """Return « Huguette Mésange »."""
        return self.person.name

    @property
    def email(self) -> str:
        """Return the address at work."""
        return f"{plain(self.person.first)}.{plain(self.person.last)}@{DOMAIN}"

    @property
    def mailbox(self) -> str:
        """Return the address as a message bears it."""
        return f"{self.name} <{self.email}>"

    def signature(self) -> str:
        """Return what ends a letter."""
        return f"{self.name}\n{self.job} – {self.service}\n{TOWN}"


class Draw(random.Random):
    """A generator of people and numbers; the same words give the same ones.

    >>> Draw("test").person() == Draw("test").person()
    True
    """

    def person(self, *, child: bool = False, near: int = 2016) -> Person:
        """Return somebody, a child of primary school or an adult of working age in `near`."""
        woman = self.random() < 0.5
        names = (GIRLS if woman else BOYS) if child else (WOMEN if woman else MEN)
        first, last = self.choice(names), self.choice(LAST)
        age = self.randint(4, 10) if child else self.randint(22, 61)
        born = date(near - age, 1, 1) + timedelta(days=self.randrange(365))
        mailbox = self.choice(("courriel.example", "messagerie.example", "boite.test"))
        return Person(
            first, last, woman, born, self.nir(born, woman), self.iban(), self.phone(),
            f"{plain(first)}.{plain(last)}@{mailbox}", self.address(),
        )  # fmt: skip

    def people(self, count: int, *, child: bool = False, near: int = 2016) -> list[Person]:
        """Return `count` people in the order of a list, no two with the same name."""
        found: dict[str, Person] = {}
        while len(found) < count:
            one = self.person(child=child, near=near)
            found.setdefault(one.listed, one)
        return [found[name] for name in sorted(found, key=plain)]

    def company(self, *trades: str) -> Company:
        """Return a company of one of the trades, its numbers and who signs for it."""
        last, trade = self.choice(LAST), self.choice(trades or _TRADES)
        name = f"{trade} {last} {self.choice(('SARL', 'SAS', 'et Fils', 'SCOP'))}"
        siren = with_luhn(f"00{self.randrange(10**6):06}")
        siret = with_luhn(f"{siren}{self.randint(1, 40):04}0"[:13])
        vat = f"FR{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}"
        return Company(
            name, siret, vat, self.iban(), self.phone(),
            f"contact@{plain(trade)}-{plain(last)}.example", self.address(), self.person(near=2024),
        )  # fmt: skip

    def nir(self, born: date, woman: bool) -> str:
        """Return a social security number with its key, in a commune that does not exist."""
        department, above = self.choice(_BIRTHPLACES)
        body = (
            f"{2 if woman else 1}{born:%y%m}{department}"
            f"{above + self.randrange(200):03}{self.randint(1, 320):03}"
        )
        return f"{body}{nir_key(body):02}"

    def iban(self) -> str:
        """Return an IBAN of the bank 99999, in groups of four."""
        desk, account = f"{self.randrange(10**5):05}", f"{self.randrange(10**11):011}"
        body = f"{BANK}{desk}{account}"
        body += f"{97 - int(body + '00') % 97:02}"
        key = 98 - int(body + "152700") % 97  # F is 15, R is 27
        whole = f"FR{key:02}{body}"
        return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))

    def phone(self) -> str:
        """Return a number kept for fiction."""
        four = f"{self.randrange(10_000):04}"
        return f"{self.choice(_PHONES)} {four[:2]} {four[2:]}"

    def address(self) -> str:
        """Return a street of the fictive town."""
        number = f"{self.randint(1, 90)}{self.choice(('', '', '', ' bis'))}"
        return f"{number}, {self.choice(STREETS)}, {POSTCODE} Val-de-Brenne"

    def allowance(self) -> str:
        """Return a family allowance number, seven digits and a letter, among the last ones."""
        return f"999{self.randrange(10_000):04} {self.choice('ABCDEFGHJKLMNPRSTUVWXYZ')}"

    def plate(self) -> str:
        """Return a number plate; in 2026 the first letter was H."""
        letters = self.choices("ABCDEFGHJKLMNPQRTVWXYZ", k=3)
        return f"{self.choice('XYZ')}{letters[0]}-{self.randint(101, 998)}-{''.join(letters[1:])}"

    def password(self) -> str:
        """Return a password as people choose them."""
        word = self.choice(("Beffroi", "Brenne", "Halles", "Lavoir", "Mairie", "Moulin", "Tilleul"))
        return f"{word}{self.randint(1000, 9999)}{self.choice('!?*#')}"

    def day(self, year: int, month: int | None = None) -> date:
        """Return a working day of the year."""
        first = date(year, month or self.randint(1, 12), 3) + timedelta(days=self.randrange(24))
        return first - timedelta(days=max(0, first.weekday() - 4))

    def post(self) -> tuple[str, str]:
        """Return a service and a job of it."""
        service = self.choice(SERVICES)
        return service, self.choice(JOBS[service])

    def euros(self, low: float, high: float) -> float:
        """Return an amount to the cent."""
        return round(self.uniform(low, high), 2)

    def some(self, *sentences: str, count: int = 3) -> Iterator[str]:
        """Yield `count` of the sentences, in the order given."""
        kept = set(self.sample(range(len(sentences)), min(count, len(sentences))))
        yield from (sentence for at, sentence in enumerate(sentences) if at in kept)


@cache
def agents() -> tuple[Agent, ...]:
    """Return who works for the town, in the order of the alphabet."""
    draw = Draw("agents")
    return tuple(
        Agent(person, 1000 + 7 * at, *draw.post())
        for at, person in enumerate(draw.people(72, near=2022))
    )


def plain(text: str) -> str:
    """Return the text without accents, spaces or capitals.

    >>> plain("Élodie Œillet")
    'elodieoeillet'
    """
    spelled = text.replace("Œ", "Oe").replace("œ", "oe")
    bare = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return "".join(sign for sign in bare.lower() if sign.isalnum() or sign == "-")


def nir_key(body: str) -> int:
    """Return the key of the thirteen signs; Corsica counts as 19 and 18.

    >>> nir_key("2550870099001"), nir_key("177022A700006")
    (38, 7)
    """
    return 97 - int(body.replace("2A", "19").replace("2B", "18")) % 97


def with_luhn(digits: str) -> str:
    """Return the digits followed by the one that makes them pass Luhn's check.

    >>> with_luhn("7992739871")
    '79927398713'
    """
    doubled = [int(sign) * (2 - at % 2) for at, sign in enumerate(reversed(digits))]
    return f"{digits}{-sum(value // 10 + value % 10 for value in doubled) % 10}"


def in_words(job: str) -> str:
    """Return the job as a sentence says it.

    >>> in_words("Jardinier"), in_words("ATSEM")
    ('jardinier', 'ATSEM')
    """
    return job if job.isupper() else job[0].lower() + job[1:]


def french_day(day: date) -> str:
    """Return « 3 mars 2016 ».

    >>> french_day(date(2016, 3, 1))
    '1er mars 2016'
    """
    months = (
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre",
    )  # fmt: skip
    return f"{'1er' if day.day == 1 else day.day} {months[day.month - 1]} {day.year}"


def french_euros(amount: float) -> str:
    """Return « 1 234,50 € », with the spaces of an office of 2016.

    >>> french_euros(1234.5)
    '1\\xa0234,50\\xa0€'
    """
    return f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",") + "\u00a0€"


def spaced_nir(nir: str) -> str:
    """Return the number as it is written on a card.

    >>> spaced_nir("277023670012345")
    '2 77 02 36 700 123 45'
    """
    cuts = (0, 1, 3, 5, 7, 10, 13, 15)
    return " ".join(nir[a:b] for a, b in pairwise(cuts))
