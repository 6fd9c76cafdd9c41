"""Invented identifiers with their keys, written from the official definitions, and look-alikes.

Everything is drawn from a `random.Random`; nothing here belongs to anybody.
"""

import datetime
from random import Random

from corpus.names import listed

DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTVWXYZ"  # neither I, O nor U
MONTHS = listed(
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
)
DEPARTMENTS = [f"{number:02d}" for number in range(1, 96) if number != 20] + ["2A", "2B"]
RIB_LETTERS = {
    letter: str(value)
    for value, letters in enumerate(
        ("AJ", "BKS", "CLT", "DMU", "ENV", "FOW", "GPX", "HQY", "IRZ"), start=1
    )
    for letter in letters
}


def digits(rng: Random, count: int) -> str:
    """Return that many digits."""
    return "".join(rng.choice(DIGITS) for _ in range(count))


def grouped(text: str, sizes: tuple[int, ...], separator: str) -> str:
    """Return the text cut into groups of these sizes, the last one taking what is left."""
    groups, start = [], 0
    for size in sizes:
        groups.append(text[start : start + size])
        start += size
    groups.append(text[start:])
    return separator.join(group for group in groups if group)


def by_fours(text: str, separator: str = " ") -> str:
    """Return the text in groups of four."""
    return separator.join(text[start : start + 4] for start in range(0, len(text), 4))


def one_digit_off(rng: Random, text: str) -> str:
    """Return the text with its last digit changed, which no key of this module survives."""
    place = max(index for index, character in enumerate(text) if character.isdigit())
    other = rng.choice([digit for digit in DIGITS if digit != text[place]])
    return text[:place] + other + text[place + 1 :]


# --- NIR ------------------------------------------------------------------------------------


def nir_key(thirteen: str) -> str:
    """Return the two-digit key of the thirteen characters of a NIR."""
    number = thirteen
    if thirteen[5:7] == "2A":
        number = thirteen[:5] + "19" + thirteen[7:]
    elif thirteen[5:7] == "2B":
        number = thirteen[:5] + "18" + thirteen[7:]
    return f"{97 - int(number) % 97:02d}"


def nir(rng: Random, sex: int, year: int, month: int) -> str:
    """Return a NIR of fifteen characters, key included."""
    if rng.random() < 0.06:  # the month of birth is not known, or the register was rebuilt
        month = rng.choice([20, rng.randint(30, 42), rng.randint(50, 99)])
    draw = rng.random()
    if draw < 0.08:  # overseas: three characters of department, two of commune
        department = rng.choice(["971", "972", "973", "974", "976", "986", "987", "988"])
        place = department + f"{rng.randint(1, 40):02d}"
    elif draw < 0.20:  # born abroad
        place = "99" + rng.choice(["350", "351", "352", "139", "208", "243", "326", "122", "109"])
    elif draw < 0.27:
        place = rng.choice(["2A", "2B"]) + f"{rng.randint(1, 360):03d}"
    else:
        place = rng.choice(DEPARTMENTS) + f"{rng.randint(1, 560):03d}"
    thirteen = f"{sex}{year % 100:02d}{month:02d}{place}{rng.randint(1, 620):03d}"
    return thirteen + nir_key(thirteen)


def write_nir(rng: Random, value: str, style: str = "") -> str:
    """Return a NIR as people type it."""
    sizes = (1, 2, 2, 2, 3, 3)
    if style == "compact":
        return value
    if style == "13":
        return rng.choice([value[:13], grouped(value[:13], sizes[:-1], " ")])
    if style == "ocr":
        return grouped(value, sizes, "  ")
    draw = rng.random()
    if draw < 0.28:
        return value
    if draw < 0.60:
        return grouped(value, sizes, " ")
    if draw < 0.68:
        return f"{value[:13]} {value[13:]}"
    if draw < 0.75:
        return grouped(value[:13], sizes[:-1], " ") + " / " + value[13:]
    if draw < 0.81:
        return grouped(value, sizes, "-")
    if draw < 0.86:
        return grouped(value, sizes, ".")
    if draw < 0.90:
        return grouped(value[:13], sizes[:-1], " ") + f" ({value[13:]})"
    if draw < 0.93:
        return grouped(value[:13], sizes[:-1], " ") + f" clé {value[13:]}"
    return grouped(value[:13], (1, 2, 2, 5), " ") + " " + value[13:]


# --- bank -----------------------------------------------------------------------------------


def rib_key(bank: str, branch: str, account: str) -> str:
    """Return the key of a French RIB."""
    numbers = "".join(RIB_LETTERS.get(character, character) for character in account)
    return f"{97 - int(bank + branch + numbers + '00') % 97:02d}"


def rib(rng: Random) -> tuple[str, str, str, str]:
    """Return bank, branch, account and key."""
    bank = rng.choice(["10278", "13106", "14445", "16906", "20041", "30002", "30003", "30004"])
    branch = f"{rng.randint(1, 9999):05d}"
    account = digits(rng, 11)
    if rng.random() < 0.35:
        place = rng.choice([7, 7, 7, 10, 4])
        account = account[:place] + rng.choice(LETTERS) + account[place + 1 :]
    return bank, branch, account, rib_key(bank, branch, account)


def iban_key(country: str, bban: str) -> str:
    """Return the ISO 7064 check digits (modulus 97-10)."""
    moved = bban + country + "00"
    number = "".join(str(int(character, 36)) for character in moved)
    return f"{98 - int(number) % 97:02d}"


def iban(rng: Random) -> str:
    """Return an IBAN without separators: three in four are French."""
    country = "FR"
    if rng.random() < 0.24:
        country = rng.choice(["MC", "DE", "BE", "ES", "IT", "LU", "PT", "CH", "NL", "PL"])
    if country in ("FR", "MC"):
        bban = "".join(rib(rng))
    elif country == "BE":
        ten = str(rng.randint(10**9, 10**10 - 1))
        bban = ten + f"{int(ten) % 97 or 97:02d}"
    elif country == "IT":
        bban = rng.choice(LETTERS) + digits(rng, 22)
    elif country == "NL":
        bban = "".join(rng.choice(LETTERS) for _ in range(4)) + digits(rng, 10)
    else:
        bban = digits(rng, {"DE": 18, "ES": 20, "LU": 16, "PT": 21, "CH": 17, "PL": 24}[country])
    return country + iban_key(country, bban) + bban


def write_iban(rng: Random, value: str, style: str = "") -> str:
    """Return an IBAN as people type it."""
    if style == "compact":
        return value
    draw = rng.random()
    if draw < 0.55:
        return by_fours(value)
    if draw < 0.86:
        return value
    if draw < 0.91:
        return by_fours(value, "-")
    if draw < 0.95:
        return by_fours(value.lower())
    return value[:4] + " " + grouped(value[4:], (5, 5, 11), " ")


def write_rib(rng: Random, value: tuple[str, str, str, str], style: str = "") -> str:
    """Return a RIB as people type it."""
    separators = {"tab": "\t", "csv": ";", "pipe": " | ", "compact": ""}
    if style in separators:
        return separators[style].join(value)
    return rng.choice([" ", " ", " ", "", "-", " - ", "  ", "/"]).join(value)


def luhn_total(number: str) -> int:
    """Return the Luhn sum, every second digit from the right doubled."""
    total = 0
    for rank, character in enumerate(reversed(number)):
        value = int(character) * (2 if rank % 2 else 1)
        total += value - 9 if value > 9 else value
    return total


def with_luhn(start: str) -> str:
    """Return the number with the digit that makes its Luhn sum a multiple of ten."""
    return next(start + digit for digit in DIGITS if luhn_total(start + digit) % 10 == 0)


def card(rng: Random) -> str:
    """Return the number of a payment card: Visa, Mastercard or American Express."""
    brand = rng.random()
    if brand < 0.50:
        return with_luhn("4" + digits(rng, 14))
    if brand < 0.78:
        return with_luhn(str(rng.randint(51, 55)) + digits(rng, 13))
    if brand < 0.88:
        return with_luhn(str(rng.randint(2221, 2720)) + digits(rng, 11))
    return with_luhn(rng.choice(["34", "37"]) + digits(rng, 12))


def write_card(rng: Random, value: str, style: str = "") -> str:
    """Return a card number as people type it."""
    separator = "" if style == "compact" else rng.choice([" ", " ", " ", "", "", "-"])
    if len(value) == 15:
        return grouped(value, (4, 6), separator)
    return by_fours(value, separator)


# --- businesses -----------------------------------------------------------------------------


def siren(rng: Random) -> str:
    """Return a SIREN."""
    return with_luhn(rng.choice("2345789") + digits(rng, 7))


def siret(rng: Random) -> str:
    """Return a SIRET, sometimes one of La Poste, whose rule is its own."""
    if rng.random() < 0.05:
        while True:
            number = "356000000" + f"{rng.randint(1, 99999):05d}"
            if sum(map(int, number)) % 5 == 0:
                return number
    return with_luhn(siren(rng) + f"{rng.randint(1, 60):04d}")


def write_siren(rng: Random, value: str, style: str = "") -> str:
    """Return a SIREN as people type it."""
    if style == "compact":
        return value
    return grouped(value, (3, 3), rng.choice([" ", " ", "", "", "."]))


def write_siret(rng: Random, value: str, style: str = "") -> str:
    """Return a SIRET as people type it."""
    if style == "compact" or rng.random() < 0.40:
        return value
    if rng.random() < 0.15:
        return f"{value[:9]} {value[9:]}"
    return grouped(value, (3, 3, 3), rng.choice([" ", " ", " ", "."]))


# --- administrations ------------------------------------------------------------------------


def spi(rng: Random) -> str:
    """Return a tax number: ten digits, then their remainder modulo 511."""
    ten = rng.choice("0123") + digits(rng, 9)
    return ten + f"{int(ten) % 511:03d}"


def write_spi(rng: Random, value: str, style: str = "") -> str:
    """Return a tax number as people type it."""
    if style == "compact" or rng.random() < 0.45:
        return value
    return grouped(value, rng.choice([(2, 2, 3, 3), (1, 3, 3, 3)]), " ")


def caf(rng: Random) -> str:
    """Return the number of an allocataire: seven digits, sometimes with a letter."""
    number = str(rng.randint(100000, 9999999)).zfill(7)
    draw = rng.random()
    if draw < 0.55:
        return number
    return number + ("" if draw < 0.85 else " ") + rng.choice(LETTERS)


def plate(rng: Random) -> str:
    """Return a French number plate, of the present or of the former series, at times in lower case.

    The present series has neither SS, nor WW at its head.
    """
    if rng.random() < 0.70:
        left = "".join(rng.choice(PLATE_LETTERS) for _ in range(2))
        right = "".join(rng.choice(PLATE_LETTERS) for _ in range(2))
        if "SS" in (left, right) or left == "WW":
            left, right = "GK", "TZ"
        separator = rng.choice(["-", "-", "-", " ", ""])
        value = separator.join([left, f"{rng.randint(1, 999):03d}", right])
    else:
        letters = "".join(rng.choice(PLATE_LETTERS) for _ in range(rng.choice([2, 3])))
        number = rng.randint(10, 999) if len(letters) == 3 else rng.randint(10, 9999)
        value = rng.choice([" ", " ", "-"]).join([str(number), letters, rng.choice(DEPARTMENTS)])
    return value.lower() if rng.random() < 0.05 else value


def phone(rng: Random) -> str:
    """Return a French telephone number, mobile, fixed or overseas, in one of many spellings."""
    draw = rng.random()
    if draw < 0.45:
        national = rng.choice(["06", "06", "07"]) + digits(rng, 8)
        if national[:2] == "07":
            national = "07" + rng.choice("35678") + national[3:]
    elif draw < 0.82:
        national = "0" + rng.choice("1234559") + rng.choice("23456789") + digits(rng, 7)
    else:
        national = rng.choice(["0262", "0590", "0596", "0594", "0639", "0692", "0690", "0696"])
        national += digits(rng, 6)
        if rng.random() < 0.35:
            area = {"0262": "262", "0692": "262", "0639": "262", "0590": "590", "0690": "590"}
            area |= {"0596": "596", "0696": "596", "0594": "594"}
            rest = grouped(national[1:], (3, 2, 2), " ")
            return rng.choice(["+", "+", "00 "]) + area[national[:4]] + " " + rest
        if rng.random() < 0.5:
            return grouped(national, (4, 2, 2), " ")
    pairs = [national[start : start + 2] for start in range(0, 10, 2)]
    style = rng.random()
    if style < 0.42:
        return " ".join(pairs)
    if style < 0.56:
        return ".".join(pairs)
    if style < 0.68:
        return national
    if style < 0.74:
        return "-".join(pairs)
    if style < 0.77:
        return "/".join(pairs)
    tail = pairs[0][1] + " " + " ".join(pairs[1:])
    if style < 0.86:
        return "+33 " + tail
    if style < 0.90:
        return "+33" + national[1:]
    if style < 0.95:
        return "+33 (0)" + tail
    if style < 0.98:
        return "00 33 " + tail
    return "0033" + national[1:]


# --- dates ----------------------------------------------------------------------------------


def write_date(rng: Random, day: datetime.date, style: str = "") -> str:
    """Return a date as people type it."""
    if style == "iso":
        return day.isoformat()
    if style == "slash":
        return day.strftime("%d/%m/%Y")
    if style == "words":
        return in_words(day)
    written = f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"
    if style == "long":
        return written
    return rng.choice(
        [
            day.strftime("%d/%m/%Y"),
            day.strftime("%d/%m/%Y"),
            written,
            written,
            day.strftime("%d.%m.%Y"),
            day.strftime("%d-%m-%Y"),
            day.strftime("%d/%m/%y"),
            f"{day.day}/{day.month}/{day.year}",
        ]
    )


def below_hundred(number: int) -> str:
    """Return a number from 1 to 99 in French words."""
    small = listed(
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
        "seize dix-sept dix-huit dix-neuf"
    )
    if number < 20:
        return small[number]
    tens = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}
    ten, unit = divmod(number, 10)
    if number >= 80:
        return "quatre-vingts" if number == 80 else "quatre-vingt-" + small[number - 80]
    if number >= 60:
        ten, unit = 6, number - 60
    if unit == 0:
        return tens[ten]
    return tens[ten] + (" et " if unit in (1, 11) else "-") + small[unit]


def in_words(day: datetime.date) -> str:
    """Return the date as registrars write it."""
    year = "deux mille" if day.year >= 2000 else "mil neuf cent"
    if day.year % 100:
        year += " " + below_hundred(day.year % 100)
    first = "premier" if day.day == 1 else below_hundred(day.day)
    return f"{first} {MONTHS[day.month - 1]} {year}"


# --- look-alikes ----------------------------------------------------------------------------


def false_nir(rng: Random) -> str:
    """Return fifteen characters with the shape of a NIR and the wrong key."""
    value = nir(rng, rng.choice([1, 2]), rng.randint(1940, 2005), rng.randint(1, 12))
    return write_nir(rng, one_digit_off(rng, value), rng.choice(["compact", "ocr"])).replace(
        "  ", " "
    )


def false_iban(rng: Random) -> str:
    """Return an IBAN with the wrong check digits."""
    return by_fours(one_digit_off(rng, iban(rng)), rng.choice([" ", ""]))


def false_rib(rng: Random) -> str:
    """Return a RIB with the wrong key."""
    bank, branch, account, key = rib(rng)
    return " ".join([bank, branch, account, one_digit_off(rng, key)])


def false_card(rng: Random) -> str:
    """Return a card number that fails Luhn."""
    return by_fours(one_digit_off(rng, card(rng)), rng.choice([" ", ""]))


def false_siren(rng: Random) -> str:
    """Return nine digits that fail Luhn."""
    return one_digit_off(rng, siren(rng))


def false_siret(rng: Random) -> str:
    """Return fourteen digits that fail Luhn."""
    return one_digit_off(rng, with_luhn(siren(rng) + digits(rng, 4)))


def false_spi(rng: Random) -> str:
    """Return thirteen digits whose last three are not the remainder."""
    return one_digit_off(rng, spi(rng))


def amount(rng: Random) -> str:
    """Return an amount in euros."""
    cents = rng.randint(900, 99_999_999)
    whole = f"{cents // 100:,}".replace(",", rng.choice([" ", "\u00a0", "\u202f", "", "."]))
    return f"{whole},{cents % 100:02d}" + rng.choice([" €", " €", "\u00a0€", " euros", " € TTC"])


def budget_line(rng: Random) -> str:
    """Return an accounting code."""
    return rng.choice(
        [
            f"chapitre 0{rng.randint(11, 67)}, article {rng.randint(60111, 67899)}",
            f"{rng.randint(1, 9)}0-{rng.randint(100, 999)}-{rng.randint(60111, 67899)}",
            f"M57 / fonction {rng.randint(10, 99)} / nature {rng.randint(2031, 65888)}",
        ]
    )


def cadastre(rng: Random) -> str:
    """Return a cadastral reference."""
    section = rng.choice(PLATE_LETTERS) + rng.choice(["", rng.choice(PLATE_LETTERS)])
    return rng.choice(
        [
            f"section {section} n° {rng.randint(1, 999)}",
            f"{section} {rng.randint(1, 999)}",
            f"64{rng.randint(100, 560)}000{section.rjust(2, '0')}{rng.randint(1, 9999):04d}",
        ]
    )


def gps(rng: Random) -> str:
    """Return coordinates."""
    return f"{rng.uniform(42, 51):.6f}, {rng.uniform(-4, 8):.6f}"


def isbn(rng: Random) -> str:
    """Return an ISBN of thirteen digits."""
    start = "9782" + digits(rng, 8)
    total = sum(int(c) * (3 if rank % 2 else 1) for rank, c in enumerate(start))
    full = start + str(-total % 10)
    return rng.choice([full, f"978-2-{full[4:7]}-{full[7:12]}-{full[12]}"])


def hexadecimal(rng: Random, count: int) -> str:
    """Return that many hexadecimal characters."""
    return "".join(rng.choice("0123456789abcdef") for _ in range(count))


def invoice(rng: Random) -> str:
    """Return the reference of an invoice."""
    year = rng.randint(2019, 2026)
    return rng.choice(
        [
            f"F{year}-{rng.randint(1, 99999):05d}",
            f"FAC{year}{digits(rng, 6)}",
            rng.choice("123456789") + digits(rng, 9),
            f"{year}/{digits(rng, 4)}",
            f"FA-{digits(rng, 8)}",
        ]
    )


def long_invoice(rng: Random) -> str:
    """Return a number of invoice of fourteen digits, which is no SIRET by its key."""
    return one_digit_off(rng, with_luhn(f"20{rng.randint(19, 26)}" + digits(rng, 9)))


def market(rng: Random) -> str:
    """Return the reference of a public contract."""
    year = rng.randint(2019, 2026)
    return rng.choice(
        [f"{year}-{digits(rng, 3)}", f"{year}M{digits(rng, 4)}", f"{year % 100}TX{digits(rng, 5)}"]
    )


def reference(rng: Random) -> str:
    """Return a reference of nine to fifteen digits, keys left to chance as in real files."""
    size = rng.choice([9, 10, 10, 11, 12, 12, 13, 14, 15])
    value = rng.choice("456789") + digits(rng, size - 1)
    return grouped(value, (3, 3, 3), rng.choice(["", "", " "]))


def meter(rng: Random) -> str:
    """Return the number of a meter or of a delivery point, which is not a SIRET by its key."""
    return one_digit_off(rng, with_luhn("9" + digits(rng, 12)))
