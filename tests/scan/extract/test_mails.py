"""Messages and mailboxes: headers, bodies, attached files, forwards."""

from __future__ import annotations

import tracemalloc
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from gouvernail_scan.blocks import Limits
from gouvernail_scan.extract.mail import _words
from scan.extract.making import PLANTED, docx, found, gaps, missing, paragraph, pdf, said, zipped


def message(text: str = "Bonjour,\n", **headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in ({"From": "a@exemple.example", "Subject": "Objet", **headers}).items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def test_headers_body_and_attached_files_are_read() -> None:
    made = message(f"Numéro : {PLANTED[1]}\n", Subject=f"Dossier de {PLANTED[0]}", To=PLANTED[2])
    made.add_alternative(f"<p>{PLANTED[3].replace(' ', '&nbsp;')}</p>", subtype="html")
    made.add_attachment(docx(paragraph(PLANTED[4])), maintype="application", subtype="x",
                        filename="état.docx")  # fmt: skip
    made.add_attachment(f"a;b\n{PLANTED[5]};x\n".encode(), maintype="text", subtype="csv",
                        filename="rib.csv")  # fmt: skip
    for data in (bytes(made), made.as_bytes(policy=SMTP)):
        items = found(data)
        assert not missing(said(items).replace("\xa0", " "))
        assert not gaps(items)
        assert "partie 2 › état.docx" in {each.place for each in items}


@pytest.mark.parametrize("encoding", ["7bit", "8bit", "base64", "quoted-printable"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16", "iso-8859-15"])
def test_bodies_are_decoded(encoding: str, charset: str) -> None:
    if encoding in ("7bit", "8bit") and charset == "utf-16":
        return  # forbidden, and split by lines
    made = EmailMessage()
    made["From"], made["Subject"] = "a@exemple.example", "x"
    text = "Né à Évry, " + "très long, " * 30 + "fin\n"
    made.set_content(text, charset=charset, cte="base64" if charset == "utf-16" else None)
    if charset != "utf-16" and encoding != "7bit":
        made.set_content(text, charset=charset, cte=encoding)
    assert text in said(found(bytes(made))).replace("\r\n", "\n")


def test_words_of_headers_are_decoded() -> None:
    assert _words("=?UTF-8?B?w4k=?=\r\n =?utf-8?q?lo=C3=AFse_F?=") == "Éloïse F"
    assert _words("=?windows-1251?q?=C8?= a=?b") == "И a=?b"
    assert _words("Né") == "Né"


def test_a_flowed_line_is_one_line() -> None:
    data = (
        b"From: a@b.c\nSubject: x\nContent-Type: text/plain; format=flowed\n\n06 39 98 \n12 34\nx\n"
    )
    assert "06 39 98 12 34\nx\n" in said(found(data))


def test_a_forwarded_message_is_read_with_what_it_holds() -> None:
    inner = message(PLANTED[0])
    inner.add_attachment(
        pdf([PLANTED[1:2]]), maintype="application", subtype="pdf", filename="a.pdf"
    )
    outer = message("Pour suite")
    outer.add_attachment(inner)
    items = found(bytes(outer))
    assert not missing(said(items), PLANTED[:2])
    assert "partie 2 › message transféré › partie 2 › a.pdf › page 1" in {i.place for i in items}


def forwards(levels: int) -> bytes:
    made = message(f"fond {levels}")
    for level in reversed(range(levels)):
        outer = message(f"niveau {level}.")
        outer.add_attachment(made)
        made = outer
    return bytes(made)


def test_fifty_forwards_stop_at_the_limit_and_what_follows_is_read() -> None:
    items = found(forwards(50))
    text = said(items)
    assert "niveau 3." in text
    assert "niveau 4." not in text
    assert [cause for cause, _ in gaps(items)] == ["too_deep"]
    box = b"From a@b.c Mon\n" + forwards(50) + b"\n\nFrom a@b.c Mon\nFrom: x@y.z\n\nsuite\n"
    items = found(box)
    assert [cause for cause, _ in gaps(items)] == ["too_deep"]
    assert items[-1].place == "message 2"
    assert "suite" in said(items)


def test_a_mailbox_is_read_message_by_message_in_little_memory() -> None:
    one = message("Bonjour\nFrom ici, rien.\n\n>From là non plus.\n")
    one.add_attachment(b"\0" * 30_000, maintype="application", subtype="x", filename="a.bin")
    packet = b"From a@exemple.example Mon Jan  1 00:00:00 2026\n" + bytes(one) + b"\n"
    tracemalloc.start()
    items = found(packet * 100)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(each.place.endswith("en-têtes") for each in items) == 300
    assert {each.place for each in items} >= {"message 1 › en-têtes", "message 100 › partie 1"}
    assert "From ici, rien." in said(items)
    assert [cause for cause, _ in gaps(items)] == ["unknown_format"] * 100
    assert peak < 8 << 20


def test_a_picture_attached_is_told_and_a_logo_is_not() -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(50)
    made = message()
    made.add_attachment(png, maintype="image", subtype="png", filename="cni.png")
    made.add_attachment(
        png, maintype="image", subtype="png", disposition="inline", filename="logo.png"
    )
    assert gaps(found(bytes(made))) == [("image_only", "partie 2 › cni.png")]


def test_an_encrypted_message_is_told() -> None:
    data = (
        b"From: a@b.c\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
        b"Content-Type: application/pkcs7-mime; name=smime.p7m\n\nAAAA\n--b\n\nclair\n--b--\n"
    )
    items = found(data)
    assert gaps(items) == [("encrypted", "partie 1")]
    assert "clair" in said(items)


def test_an_archive_attached_is_opened() -> None:
    made = message()
    made.add_attachment(zipped({"dossier/a.txt": PLANTED[0]}), maintype="application",
                        subtype="zip", filename="a.zip")  # fmt: skip
    items = found(bytes(made))
    assert PLANTED[0] in said(items)
    assert "partie 2 › a.zip › dossier/a.txt" in {each.place for each in items}


@pytest.mark.parametrize(
    "made",
    [
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 2_000,
        b"Content-Type: multipart/mixed; boundary=\"" + b'";' * 400_000 + b"\n\n",
        b"Subject: " + b"=?a?q?" * 150_000 + b"\n\n",
        b"Subject: x\n" + b"a: b\n" * 400_000,
        b"Content-Type: message/rfc822\nFrom: a\n\n" * 20_000,
        b"Content-Type: text/plain; charset=punycode\n\n" + b"a-" * 100_000,
    ],
    ids=["parts", "parameters", "words", "headers", "forwards", "charset"],
)  # fmt: skip
def test_messages_made_to_be_slow_are_not(made: bytes) -> None:
    import time

    start = time.process_time()
    found(b"From: a@b.c\nTo: x@y.z\nSubject: y\n" + made)
    assert time.process_time() - start < 3


def test_parts_that_end_badly_lose_nothing() -> None:
    start = (
        b"From: a@b.c\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\navant\n--b\n\nun\n"
    )
    for end in (b"", b"--b", b"--b\n\ndeux", b"--b--\napr\xc3\xa8s\n", b"--b-\ntrois"):
        text = said(found(start + end))
        assert not missing(
            text, ("avant", "un\n", *end.decode().replace("-", "").replace("b", "").split())
        )


def test_the_messages_of_a_mailbox_share_seconds_and_not_bytes() -> None:
    one = message()
    for name in ("a.txt", "b.txt"):
        one.add_attachment(b"mot " * 50_000, maintype="text", subtype="x", filename=name)
    packet = b"From a@exemple.example Mon Jan  1 00:00:00 2026\n" + bytes(one) + b"\n"
    items = found(packet * 4, limits=Limits(file_bytes=500_000, members=3))
    assert not gaps(items)
    assert said(items).count("mot mot") > 0
    items = found(packet * 40, limits=Limits(seconds=0.02))
    assert [cause for cause, _ in gaps(items)] == ["too_long"]


def test_lines_that_look_like_the_end_of_a_part_are_not() -> None:
    body = "--\n-- \n--autre\n--autre--\nFrom moi\n\n>From lui\n--b-\n" + "x" * 200_000 + "\n--x\n"
    data = (
        "From: a@b.c\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n"
        f"{body}\n--b\n\nsuite\n--b--\n"
    )
    for ends in ("\n", "\r\n"):
        whole = data.replace("\n", ends).encode()
        for packet in (whole, b"From x@y.z Mon\n" + whole):
            text = said(found(packet)).replace("\r\n", "\n")
            assert body in text
            assert "suite\n" in text


def test_a_first_header_folded_at_once_is_still_that_of_a_message() -> None:
    made = message()
    made.add_attachment(docx(paragraph(PLANTED[4])), maintype="application", subtype="x",
                        filename="a.docx")  # fmt: skip
    data = made.as_bytes(policy=SMTP).replace(b"From: ", b"From:\r\n ", 1)
    assert data.startswith(b"From:\r\n")
    assert PLANTED[4] in said(found(data))
