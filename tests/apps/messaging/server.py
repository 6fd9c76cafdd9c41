"""A mail server on a port of this machine, which answers what a test tells it to."""

from __future__ import annotations

import socketserver
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy


class _Handler(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        server = self.server
        self.say("220 localhost ESMTP")
        while line := self.rfile.readline():
            verb = line.strip().decode().upper()
            if verb.startswith(("EHLO", "HELO")):
                self.say(f"250-localhost\r\n250-8BITMIME\r\n250 {server.offers}".rstrip())
            elif verb.startswith("AUTH"):
                self.say("535 5.7.8 no")
            elif verb.startswith("STARTTLS"):
                self.say("220 go")
                return  # what follows is no TLS
            elif verb.startswith("RCPT") and server.recipient:
                self.say(server.recipient)
            elif verb.startswith("DATA"):
                self.data(server)
            elif verb.startswith("QUIT"):
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def data(self, server):
        self.say("354 go")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n" and line:
            lines.append(line)
        answer = server.answers.pop(0) if server.answers else "250 taken"
        if answer.startswith("250"):
            server.taken.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self.say(answer)


class MailServer(socketserver.ThreadingTCPServer):
    """Takes what is sent; `answers` are for the next messages, `recipient` to each address."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.taken, self.answers, self.recipient, self.offers = [], [], "", "HELP"

    @property
    def port(self):
        return self.server_address[1]

    def stop(self):
        """Listen no more: whoever comes is refused."""
        self.shutdown()
        self.server_close()


@contextmanager
def serving():
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
