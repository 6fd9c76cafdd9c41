"""The check keys of French and international identifiers. Digits in, yes or no out.

Every function takes ASCII bytes already rid of separators and never raises. A key says how rarely
a number that is not one passes: 1 in 97 for a NIR or an IBAN, 1 in 10 for Luhn, 1 in 511 for a tax
number; `engine` weighs the findings accordingly.
"""

from __future__ import annotations

#: Lengths by country, ISO 13616 registry; France and its neighbours first, then the other
#: countries whose accounts a local authority meets.
IBAN_LENGTHS = {
    b"FR": 27, b"MC": 27, b"BE": 16, b"CH": 21, b"DE": 22, b"ES": 24, b"GB": 22, b"IT": 27,
    b"LU": 20, b"NL": 18, b"PT": 25, b"AD": 24, b"AE": 23, b"AT": 20, b"BG": 22, b"CY": 28,
    b"CZ": 24, b"DK": 18, b"EE": 20, b"FI": 18, b"GI": 23, b"GR": 27, b"HR": 21, b"HU": 28,
    b"IE": 22, b"IL": 23, b"IS": 26, b"LB": 28, b"LI": 21, b"LT": 20, b"LV": 21, b"MA": 28,
    b"MR": 27, b"MT": 31, b"MU": 30, b"NO": 15, b"PL": 28, b"RO": 24, b"RS": 22, b"SA": 24,
    b"SE": 24, b"SI": 19, b"SK": 24, b"SM": 27, b"TN": 24, b"TR": 26, b"UA": 29,
}  # fmt: skip

#: Luhn's doubling of every other digit, the two figures of the double added up.
_DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")
#: What each character is worth in an IBAN: 0 to 9, then A = 10 to Z = 35.
_BASE_36 = [str(int(chr(byte), 36)) if chr(byte).isalnum() else "" for byte in range(128)]
#: Letters of an old account number count as these digits (CFONB, calculation of the RIB key).
_RIB_LETTERS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"12345678912345678923456789")
_LA_POSTE = b"356000000"


def is_luhn(digits: bytes) -> bool:
    """Return whether the digits satisfy Luhn's formula (ISO/IEC 7812-1, annex B).

    >>> is_luhn(b"4539578763621486"), is_luhn(b"4539578763621487")
    (True, False)
    """
    return (
        sum(digits[-1::-2]) + sum(digits[-2::-2].translate(_DOUBLED)) - 48 * len(digits)
    ) % 10 == 0


def is_nir(number: bytes) -> bool:
    """Return whether 15 characters are a NIR with its key (decree 82-103; key 97).

    Corsica counts as 19 (2A) and 18 (2B); the month may be one of the fictive ones of unknown
    birth (20, 30 to 42, 50 to 99).

    >>> is_nir(b"269054958815780"), is_nir(b"269052A58815783"), is_nir(b"269054958815781")
    (True, False, False)
    """
    key = nir_key(number[:13])
    return key is not None and len(number) == 15 and number[13:] == b"%02d" % key


def nir_key(number: bytes) -> int | None:
    """Return the key of the 13 first characters of a NIR; None when they cannot be those of one."""
    if len(number) != 13:
        return None
    month = number[3:5]
    if not (b"01" <= month <= b"12" or b"30" <= month <= b"42" or month == b"20" or month >= b"50"):
        return None
    department = number[5:7].upper()
    if department == b"2A":
        number = number[:5] + b"19" + number[7:]
    elif department == b"2B":
        number = number[:5] + b"18" + number[7:]
    elif department == b"00" or department == b"20":
        return None  # no department has that number: 20 was cut in two in 1976
    if not number.isdigit():
        return None
    return 97 - int(number) % 97


def is_iban(number: bytes) -> bool:
    """Return whether the characters are an IBAN of a listed country (ISO 7064, mod 97-10).

    >>> is_iban(b"FR7630006000011234567890189"), is_iban(b"FR7630006000011234567890188")
    (True, False)
    """
    number = number.upper()
    if IBAN_LENGTHS.get(number[:2]) != len(number):
        return False
    rotated = number[4:] + number[:4]
    return rotated.isalnum() and int("".join(map(_BASE_36.__getitem__, rotated))) % 97 == 1


def is_rib(number: bytes) -> bool:
    """Return whether 23 characters are a French RIB: bank, branch, account, key (CFONB, mod 97).

    >>> is_rib(b"30006000011234567890189"), is_rib(b"30006000011234567890188")
    (True, False)
    """
    digits = number.upper().translate(_RIB_LETTERS)
    if len(digits) != 23 or not digits.isdigit() or digits == b"0" * 23:
        return False
    bank, branch, account, key = digits[:5], digits[5:10], digits[10:21], digits[21:]
    return (89 * int(bank) + 15 * int(branch) + 3 * int(account) + int(key)) % 97 == 0


def is_siren(number: bytes) -> bool:
    """Return whether nine digits are a SIREN (Luhn).

    >>> is_siren(b"732829320"), is_siren(b"732829321")
    (True, False)
    """
    return len(number) == 9 and number != b"000000000" and is_luhn(number)


def is_siret(number: bytes) -> bool:
    """Return whether fourteen digits are a SIRET: both keys, or La Poste's sum divisible by five.

    >>> is_siret(b"73282932000074"), is_siret(b"35600000049837")
    (True, True)
    """
    if len(number) != 14:
        return False
    if number.startswith(_LA_POSTE) and sum(number) % 5 == 14 * 48 % 5:
        return True
    return is_siren(number[:9]) and is_luhn(number)


def is_card(number: bytes) -> bool:
    """Return whether the digits are a payment card of a great network (prefix, length, Luhn).

    >>> is_card(b"4539578763621486"), is_card(b"1539578763621486")
    (True, False)
    """
    length, two, four = len(number), number[:2], number[:4]
    known = (
        (length == 16 and number[:1] == b"4")
        or (length == 16 and (b"51" <= two <= b"55" or b"2221" <= four <= b"2720"))
        or (length == 15 and two in (b"34", b"37"))
        or (length == 14 and two in (b"36", b"38"))
        or (length == 16 and (four == b"6011" or two == b"65" or b"3528" <= four <= b"3589"))
    )
    return known and len(set(number)) > 2 and is_luhn(number)


def is_tax_number(number: bytes) -> bool:
    """Return whether thirteen digits are a French tax number (SPI): last three, first ten mod 511.

    >>> is_tax_number(b"3023217600053"), is_tax_number(b"3023217600054")
    (True, False)
    """
    if len(number) != 13 or not b"0" <= number[:1] <= b"3":
        return False
    return int(number[:10]) % 511 == int(number[10:])
