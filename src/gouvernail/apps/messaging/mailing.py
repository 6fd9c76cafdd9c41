"""The way to the mail server, and what it means when it refuses, in words."""

from __future__ import annotations

import smtplib
import socket
import ssl
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from gouvernail_core.kernel import Text


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a letter did not leave. `final`: trying again would change nothing. `server`: it is the
    server that does not answer, other letters would fare no better."""

    code: str
    final: bool = False
    server: bool = False


FAILURES: dict[str, Text] = {
    "not-set": Text(
        "Aucun serveur de courriel n’est réglé : renseignez GOUVERNAIL_EMAIL_URL.",
        "No mail server is set: give GOUVERNAIL_EMAIL_URL.",
    ),
    "name": Text(
        "Le nom du serveur de courriel est inconnu : vérifiez-le dans GOUVERNAIL_EMAIL_URL.",
        "The name of the mail server is unknown: check it in GOUVERNAIL_EMAIL_URL.",
    ),
    "refused": Text(
        "Le serveur de courriel n’écoute pas à ce port : vérifiez le port, ou le pare-feu.",
        "The mail server does not listen on this port: check the port, or the firewall.",
    ),
    "silent": Text(
        "Le serveur de courriel ne répond pas à temps : vérifiez le réseau et le pare-feu.",
        "The mail server does not answer in time: check the network and the firewall.",
    ),
    "tls": Text(
        "La liaison chiffrée avec le serveur n’a pas pu s’établir : vérifiez son certificat, et "
        "smtp, smtps ou smtp+starttls dans GOUVERNAIL_EMAIL_URL.",
        "The encrypted link with the server could not be made: check its certificate, and smtp, "
        "smtps or smtp+starttls in GOUVERNAIL_EMAIL_URL.",
    ),
    "password": Text(
        "Le serveur refuse le nom ou le mot de passe de GOUVERNAIL_EMAIL_URL.",
        "The server refuses the name or the password of GOUVERNAIL_EMAIL_URL.",
    ),
    "recipient": Text(
        "Le serveur dit que l’adresse du destinataire n’existe pas : vérifiez-la.",
        "The server says that the recipient’s address does not exist: check it.",
    ),
    "sender": Text(
        "Le serveur refuse l’adresse d’expédition : vérifiez GOUVERNAIL_EMAIL_FROM.",
        "The server refuses the sending address: check GOUVERNAIL_EMAIL_FROM.",
    ),
    "rejected": Text(
        "Le serveur refuse ce message pour de bon.", "The server refuses this message for good."
    ),
    "later": Text(
        "Le serveur demande d’attendre avant de réessayer.",
        "The server asks to wait before trying again.",
    ),
    "broken": Text(
        "La liaison avec le serveur s’est rompue en chemin.",
        "The link with the server broke on the way.",
    ),
    "expired": Text(
        "Le message a attendu trop longtemps : ce qu’il disait n’est plus vrai.",
        "The message waited too long: what it said is no longer true.",
    ),
    "stopped": Text(
        "L’envoi s’est arrêté plusieurs fois avant la fin.",
        "Sending stopped several times before its end.",
    ),
}


def is_set() -> bool:
    """Return whether a mail server is set."""
    return bool(settings.EMAIL_HOST)


def open_link() -> Any:
    """Return a connection to the mail server, not opened yet."""
    return get_connection(timeout=settings.EMAIL_TIMEOUT)


def message(
    *, to: str, subject: str, text: str, html: str, message_id: str, link: Any = None
) -> EmailMultiAlternatives:
    """Return what goes through the wire; no answering machine answers it (RFC 3834)."""
    made = EmailMultiAlternatives(
        subject, text, settings.DEFAULT_FROM_EMAIL, [to], connection=link,
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    if html:
        made.attach_alternative(html, "text/html")
    return made


def failure_of(error: Exception) -> Failure:
    """Return what an error of the way to the server means.

    A refusal of the 500s is for good (RFC 5321 §4.2.1), except when it is ours to mend: a
    password, a sender.
    """
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Failure("password", server=True)
    if isinstance(error, smtplib.SMTPSenderRefused):
        return Failure("sender" if error.smtp_code >= 500 else "later", server=True)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = max((code for code, _said in error.recipients.values()), default=450)
        return Failure("recipient", final=True) if code >= 500 else Failure("later")
    if isinstance(error, ValueError) or "SMTPUTF8" in str(error):
        return Failure("recipient", final=True)  # an address that no server could read
    if isinstance(error, smtplib.SMTPNotSupportedError | ssl.SSLError):
        return Failure("tls", server=True)
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return Failure("broken", server=True)
    if isinstance(error, smtplib.SMTPResponseException):
        final = error.smtp_code >= 500
        return Failure("rejected", final=True) if final else Failure("later")
    if isinstance(error, socket.gaierror):
        return Failure("name", server=True)
    if isinstance(error, ConnectionRefusedError):
        return Failure("refused", server=True)
    if isinstance(error, TimeoutError):
        return Failure("silent", server=True)
    return Failure("broken", server=True)


def said(code: str) -> Text:
    """Return the sentence of a failure."""
    return FAILURES[code]
