"""The share of the demonstration: the same bytes each time, files that open, nothing real."""

import email
import io
import mailbox
import re
import tarfile
import zipfile
from collections import Counter
from datetime import UTC, datetime
from email.policy import default
from itertools import chain
from pathlib import Path

import odfdo
import pypdfium2
import pytest
from lxml import etree
from PIL import Image
from python_calamine import CalamineWorkbook

from gouvernail.demo.example import example_rows
from gouvernail.demo.share import planted, write_share
from gouvernail_core.protection.detection.keys import is_iban, is_nir, is_siret

#: Decision 2018-0881 of the regulator: ten thousand numbers of each for works of fiction.
FICTION = {"019900", "026191", "035301", "046571", "053649", "063998"}
TEXTS = {".txt", ".csv", ".sql", ".json", ".html", ".htm", ".log", ".ini", ".sh", ".vcf", ".md"}
ZIPPED = {".docx", ".xlsx", ".pptx", ".odt", ".ods", ".zip"}
SENSITIVE = (
    "RSA", "RQTH", "CGT", "CFDT", "MDPH", "allergi", "épilepsie", "diabète", "sans porc",
    "curatelle", "surendettement", "thérapeutique", "violences conjugales", "Arrêt de travail",
)  # fmt: skip
OPEN_STORES = ("actes-publies", "projets-actes", "base-reponses", "plans-reseaux")


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    return write_share(tmp_path_factory.mktemp("share"))


@pytest.fixture(scope="module")
def files(stores):
    """Return every file by « store/path »."""
    return {
        f"{store}/{path.relative_to(folder).as_posix()}": path
        for store, folder in stores.items()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def words(files):
    """Return what a naive reader finds in each file."""
    return {name: _words(name, path.read_bytes()) for name, path in files.items()}


@pytest.fixture(scope="module")
def truth():
    return planted()


def _words(name: str, content: bytes) -> str:
    suffix = Path(name).suffix.lower()
    if suffix in TEXTS:
        return _decoded(content)
    if suffix in ZIPPED and zipfile.is_zipfile(io.BytesIO(content)):
        return "\n".join(_zipped(content))
    if suffix == ".pdf":
        return _pdf(content)
    if suffix == ".eml":
        return "\n".join(_parts(email.message_from_bytes(content, policy=default)))
    if suffix == ".mbox":
        return "\n".join(
            "\n".join(_parts(email.message_from_bytes(each, policy=default)))
            for each in re.split(rb"(?m)^From [^\n]+\n", content)[1:]
        )
    if suffix == ".doc":
        return content.decode("cp1252", "replace").replace("\r", "\n")
    return ""


def _decoded(content: bytes) -> str:
    if content.startswith(b"\xff\xfe"):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _zipped(content: bytes):
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        for entry in opened.infolist():
            if entry.flag_bits & 1:
                continue
            inside = opened.read(entry)
            if entry.filename.endswith((".xml", ".rels")):
                yield "\n".join(etree.fromstring(inside).itertext())
            else:
                yield _words(entry.filename, inside)


def _pdf(content: bytes) -> str:
    try:
        with pypdfium2.PdfDocument(content) as document:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
    except pypdfium2.PdfiumError:
        return ""


def _parts(mail):
    yield f"{mail['From']}\n{mail['To']}\n{mail['Subject']}"
    yield mail.get_body().get_content()
    for part in mail.iter_attachments():
        yield _words(part.get_filename(), part.get_content())


def _found(pattern: str, words: dict[str, str]) -> list[str]:
    return list(chain.from_iterable(re.findall(pattern, said) for said in words.values()))


# ----------------------------------------------------------------------------------- the writing
def test_every_store_that_a_scan_can_read_has_its_folder(stores):
    scanned = {"share", "mailbox", "database", "cloud"}
    listed = {row["id"] for row in example_rows()["stores"] if row["kind"] in scanned}
    assert set(stores) == listed
    assert all(any(folder.iterdir()) for folder in stores.values())


def test_two_writings_give_the_same_bytes_and_the_same_dates(files, tmp_path):
    again = write_share(tmp_path)
    names = {
        f"{s}/{p.relative_to(f).as_posix()}": p for s, f in again.items() for p in f.rglob("*")
    }
    assert {name for name, path in names.items() if path.is_file()} == set(files)
    for name, path in files.items():
        assert names[name].read_bytes() == path.read_bytes(), name
        assert names[name].stat().st_mtime == path.stat().st_mtime, name


def test_the_share_is_small(files):
    assert 250 <= len(files) <= 400
    assert sum(path.stat().st_size for path in files.values()) < 15_000_000


def test_files_bear_the_dates_of_an_office_that_has_existed_for_years(files):
    changed = [datetime.fromtimestamp(path.stat().st_mtime, UTC) for path in files.values()]
    assert min(changed).year < 2010
    assert datetime(2026, 9, 1, tzinfo=UTC) < max(changed) < datetime(2027, 1, 1, tzinfo=UTC)


def test_names_can_be_copied_to_any_system(files):
    for name in files:
        assert not re.search(r'[<>:"\\|?*\x00-\x1f]', name), name
        assert not any(part != part.strip() for part in name.split("/")), name
        assert len(name) < 180


# --------------------------------------------------------------------------------- what it holds
def test_every_format_is_there(files):
    found = Counter("".join(path.suffixes[-2:])[-7:] for path in files.values())
    suffixes = Counter(path.suffix for path in files.values()) + found
    for suffix in (
        ".eml", ".mbox", ".docx", ".odt", ".pdf", ".csv", ".xlsx", ".ods", ".sql", ".json", ".html",
        ".pptx", ".zip", ".tar.gz", ".log", ".doc", ".jpg", ".txt", ".dxf", ".vcf", ".ini",
    ):  # fmt: skip
        assert suffixes[suffix], suffix


def test_lists_come_in_both_encodings(files):
    lists = [path.read_bytes() for name, path in files.items() if name.endswith(".csv")]
    utf8 = [each for each in lists if b"\xc3\xa9" in each]
    cp1252 = [each for each in lists if b"\xe9" in each and b"\xc3\xa9" not in each]
    assert len(utf8) > 3
    assert len(cp1252) > 3


def test_office_documents_open(files):
    for name, path in files.items():
        if path.suffix in (".docx", ".pptx") and "récupéré" not in name:
            with zipfile.ZipFile(path) as opened:
                assert opened.testzip() is None
                for part in opened.namelist():
                    etree.fromstring(opened.read(part))
        if path.suffix in (".odt", ".ods"):
            with zipfile.ZipFile(path) as opened:
                first = opened.infolist()[0]
            assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_open_documents_give_back_their_words(files):
    name = "partage-commun/Divers/A TRIER/Sauvegarde ancien poste/aides_CCAS_2018-2019.ods"
    table = odfdo.Document(files[name]).body.get_table(0)
    header, first = table.get_values()[:2]
    assert header[:5] == ["Dossier", "Nom", "Prénom", "Né le", "NIR"]
    assert is_nir(first[4].encode())
    letters = [path for name, path in files.items() if name.endswith(".odt")]
    assert all(odfdo.Document(path).get_formatted_text().strip() for path in letters[:6])


def test_spreadsheets_open(files):
    for path in files.values():
        if path.suffix in (".xlsx", ".ods"):
            book = CalamineWorkbook.from_path(str(path))
            assert len(book.get_sheet_by_index(0).to_python()) > 2, path


def test_only_scans_and_what_is_locked_give_no_text(files, words):
    mute = {
        Path(name).name
        for name, path in files.items()
        if path.suffix == ".pdf" and not words[name].strip()
    }
    assert {name for name in mute if "scan" not in name.lower()} == {
        "Entretien professionnel signé.pdf",
        next(Path(name).name for name in files if "pli protégé" in name),
    }
    scan = next(path for name, path in files.items() if "RIB signé" in name)
    with pypdfium2.PdfDocument(scan) as document:
        assert document[0].render(scale=0.3).to_numpy().min() < 200


def test_messages_are_read_with_what_is_attached(files):
    attached = Counter()
    for path in files.values():
        if path.suffix == ".eml":
            mail = email.message_from_bytes(path.read_bytes(), policy=default)
            assert mail["From"]
            assert mail["Date"].datetime.tzinfo
            assert not mail.defects
            attached.update(Path(each.get_filename()).suffix for each in mail.iter_attachments())
    assert {".pdf", ".docx", ".odt"} <= set(attached)
    boxes = [path for path in files.values() if path.suffix == ".mbox"]
    for path in boxes:
        box = mailbox.mbox(path, create=False)
        assert len(box) >= 3
        assert all(mail["Subject"] for mail in box)
        box.close()


def test_archives_open_and_one_asks_for_a_password(files):
    sealed = []
    for name, path in files.items():
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as opened:
                if any(entry.flag_bits & 1 for entry in opened.infolist()):
                    sealed.append(name)
                else:
                    assert opened.testzip() is None
        if name.endswith(".tar.gz"):
            with tarfile.open(path) as opened:
                assert all(opened.extractfile(each).read() for each in opened.getmembers())
    assert sealed == ["sauvegardes/comptes/coffre_de_secours.zip"]
    with (
        zipfile.ZipFile(files[sealed[0]]) as opened,
        pytest.raises(RuntimeError, match="password"),
    ):
        opened.read("coffre.txt")


def test_the_rest_is_what_an_office_leaves(files):
    torn = files["partage-commun/Divers/Bilan (récupéré).docx"]
    assert torn.read_bytes().startswith(b"PK")
    assert not zipfile.is_zipfile(torn)
    assert files["partage-commun/Divers/Nouveau document texte.txt"].stat().st_size == 0
    notes = next(path for name, path in files.items() if name.endswith("/Bureau/notes.txt"))
    assert "mot de passe : " in notes.read_text(encoding="utf-16")
    for path in files.values():
        if path.suffix == ".jpg":
            with Image.open(path) as picture:
                picture.verify()
        if path.suffix == ".doc":
            assert path.read_bytes().startswith(bytes.fromhex("D0CF11E0A1B11AE1"))


def test_documents_come_from_many_models(words):
    shapes = {
        re.sub(r"\W+", " ", re.sub(r"\d", "", said))[:24]
        for name, said in words.items()
        if said and Path(name).suffix in (".docx", ".odt", ".pdf", ".doc", ".html", ".txt")
    }
    subjects = {
        re.sub(r"[\d–-].*", "", said.split("\n")[2])
        for name, said in words.items()
        if name.endswith(".eml")
    }
    assert len(shapes) + len(subjects) >= 40


# ----------------------------------------------------------------------------- nothing is real
def test_addresses_are_those_kept_for_examples(words):
    addresses = _found(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", words)
    assert len(addresses) > 500
    assert {each.rpartition(".")[2] for each in addresses} == {"example", "test"}
    hosts = _found(r"\w+://[^\s/\"<;]*?([\w.-]+)(?=[/\s\"<;])", words)
    assert all(host.endswith((".test", ".example")) for host in hosts)


def test_telephones_are_those_kept_for_fiction(words):
    numbers = _found(r"(?<!\d)(?<!\d )0[1-9](?:[ .]?\d\d){4}(?![ .]?\d)", words)
    bare = [re.sub(r"\D", "", number) for number in numbers]
    assert len(bare) > 800
    assert {number[:6] for number in bare} <= FICTION


def test_social_security_numbers_have_a_key_and_a_place_that_does_not_exist(words):
    bare = {name: re.sub(r"(?<=[0-9A]) (?=[0-9A])", "", said) for name, said in words.items()}
    numbers = _found(r"\b[12]\d{4}(?:\d\d|2A)\d{8}\b", bare)
    assert len(numbers) > 400
    for number in numbers:
        assert is_nir(number.encode()), number
        assert 700 <= int(number[7:10]) < 900  # no department has so many communes


def test_accounts_and_companies_have_keys_and_belong_to_nobody(words):
    accounts = _found(r"\bFR\d\d(?: ?[0-9A-Z]{4}){5} ?\d{3}\b", words)
    assert len(accounts) > 250
    for account in (each.replace(" ", "") for each in accounts):
        assert is_iban(account.encode())
        assert account[4:9] == "99999"
    companies = _found(r"(?s)SIRET[^\d]{0,4}(\d{14})\b", words)
    assert len(companies) > 20
    assert all(each.startswith("00") and is_siret(each.encode()) for each in companies)
    assert set(_found(r"\b(\d{5}) Val-de-Brenne", words)) == {"36999"}


# ------------------------------------------------------------------- what should be found, or not
def test_what_public_stores_hold_is_about_nobody(words, truth):
    for name, kinds in truth.items():
        if name.startswith(OPEN_STORES):
            assert not kinds, name
            assert not re.search(r"\b(?:M\.|Mme) [A-ZÉ]", words[name]), name


def test_sensitive_words_are_said_only_where_they_belong(words):
    told = re.compile("|".join(rf"\b{word}" for word in SENSITIVE))
    belongs = re.compile(
        r"/RH/|/CCAS/|/Restauration/|A TRIER|/rh@|/ccas@|/cantine@|^messagerie/(?:rh|ccas|cantine)@"
    )
    there = {name for name, said in words.items() if told.search(said)}
    assert there
    assert [name for name in there if not belongs.search(name)] == []


def test_ordinary_words_that_look_sensitive_are_said_of_nobody(words):
    for phrase in ("syndicat intercommunal", "olitique de la ville", "patrimoine religieux"):
        assert sum(phrase in said for said in words.values()) >= 2, phrase


def test_the_forgotten_export_is_the_worst_of_the_common_share(words, truth):
    worst = sorted(
        (name for name in truth if name.startswith("partage-commun/")),
        key=lambda name: truth[name]["NIR"],
    )[-3:]
    assert all("A TRIER" in name for name in worst)
    for name in worst:
        assert len(re.findall(r"\b[12]\d{4}(?:\d\d|2A)\d{8}\b", words[name])) == truth[name]["NIR"]


def test_what_was_planted_is_what_a_naive_reader_counts(words, truth):
    for name, kinds in truth.items():
        if Path(name).suffix in TEXTS | {".docx", ".mbox"} and words[name]:
            said = re.sub(r"(?<=\d) (?=\d)", "", words[name])
            assert len(re.findall(r"\bFR76\d{23}\b", said)) == kinds["IBAN"], name
            assert len(re.findall(r"@[\w.-]+\.(?:example|test)\b", said)) >= kinds["EMAIL"], name
            assert len(re.findall(r"\b[X-Z][A-Z]-\d{3}-[A-Z]{2}\b", said)) == kinds["PLAQUE"], name
