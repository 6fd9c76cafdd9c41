"""An identity provider in its own process, of the shape ProConnect has: its userinfo is signed.

``oidc.py PORT`` serves oidc-provider-mock, to which this adds a signature on userinfo, the check
of PKCE, and faults to order: ``PUT /fault`` with a name, `""` for none. It is for tests only: it
lets in whoever gives a name.
"""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

#: What each fault changes in the ID token's claims.
CLAIMS: dict[str, dict[str, Any]] = {
    "audience": {"aud": "un-autre"},
    "audience-shared": {"aud": ["gouvernail", "un-autre"], "azp": "un-autre"},
    "expired": {"exp": 1_700_000_000, "iat": 1_699_999_000},
    "issuer": {"iss": "http://ailleurs.example"},
    "nonce": {"nonce": "celui d’un autre"},
    "no-expiry": {"exp": None},
    "no-nonce": {"nonce": None},
    "acr": {"acr": "eidas2"},
}


def serve(port: int) -> None:
    """Serve until stopped."""
    import logging

    import flask
    import oidc_provider_mock
    from authlib import jose
    from oidc_provider_mock._storage import storage

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = oidc_provider_mock.app()
    order = {"fault": ""}
    challenges: dict[str, str] = {}
    strange = jose.RSAKey.generate_key(is_private=True)

    def signed(claims: dict[str, Any], *, strangely: bool = False) -> str:
        key = strange if strangely else storage.jwk
        token = jose.jwt.encode({"alg": "RS256"}, claims, key.as_dict(is_private=True))
        return str(token.decode())

    def unsigned(claims: dict[str, Any]) -> str:
        parts = ({"alg": "none"}, claims)
        return ".".join(_coded(json.dumps(part).encode()) for part in parts) + "."

    @app.put("/fault")
    def fault() -> tuple[str, int]:
        order["fault"] = flask.request.get_data(as_text=True)
        return "", 204

    @app.before_request
    def check_pkce() -> Any:
        if flask.request.path != "/oauth2/token":
            return None
        form = flask.request.form
        proof = _coded(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if challenges.get(form.get("code", "")) != proof:
            return flask.jsonify({"error": "invalid_grant"}), 400
        return None

    @app.after_request
    def shape(response: flask.Response) -> flask.Response:
        path, name = flask.request.path, order["fault"]
        if path == "/oauth2/authorize" and "code=" in response.headers.get("Location", ""):
            code = parse_qs(urlsplit(response.headers["Location"]).query)["code"][0]
            challenges[code] = flask.request.args.get("code_challenge", "")
        elif path == "/oauth2/token" and response.status_code == 200:
            given = response.get_json()
            claims = dict(jose.jwt.decode(given["id_token"], storage.jwk))
            claims |= CLAIMS.get(name, {})
            claims = {key: value for key, value in claims.items() if value is not None}
            if name == "none":
                given["id_token"] = unsigned(claims)
            elif name == "hmac":  # signed with what everybody knows: the public key
                secret = json.dumps(storage.jwk.as_dict()).encode()
                given["id_token"] = jose.jwt.encode({"alg": "HS256"}, claims, secret).decode()
            else:
                given["id_token"] = signed(claims, strangely=name == "key")
            response.set_data(json.dumps(given))
        elif path == "/userinfo" and response.status_code == 200 and name != "unsigned-userinfo":
            claims = {**response.get_json(), "iss": flask.request.host_url.rstrip("/")}
            claims |= {"aud": "gouvernail", "exp": int(time.time()) + 60}
            if name == "userinfo-subject":
                claims["sub"] = "quelqu-un-d-autre"
            if name == "userinfo-audience":
                claims["aud"] = "un-autre"
            response.set_data(signed(claims, strangely=name == "userinfo-key"))
            response.headers["Content-Type"] = "application/jwt"
        return response

    app.run("127.0.0.1", port, threaded=True, use_reloader=False)


def _coded(given: bytes) -> str:
    return base64.urlsafe_b64encode(given).decode().rstrip("=")


@contextmanager
def running() -> Iterator[str]:
    """Start the provider, give its issuer, and stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    issuer = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-W", "ignore", str(Path(__file__)), str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(issuer, process)
        yield issuer
    finally:
        process.terminate()
        process.wait(10)


def order(issuer: str, fault: str) -> None:
    """Have the provider commit this fault from now on."""
    request = urllib.request.Request(f"{issuer}/fault", data=fault.encode(), method="PUT")
    urllib.request.urlopen(request, timeout=5).close()


def _wait(issuer: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"{issuer}/.well-known/openid-configuration", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the identity provider did not start (ended with {process.poll()})")


if __name__ == "__main__":
    serve(int(sys.argv[1]))
