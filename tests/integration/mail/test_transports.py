"""Letters arrive: at a real mail server, in a folder, on the screen."""

import mailbox
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd import smtp
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from wiki.mail.transport import transport_for
from wiki.settings import Mail

USER, PASSWORD = "wiki", "only for tests"


@dataclass
class Mailbox:
    """What a mail server received."""

    envelopes: list[Envelope] = field(default_factory=list)
    was_encrypted: list[bool] = field(default_factory=list)

    async def handle_DATA(self, _server: smtp.SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        self.was_encrypted.append(session.ssl is not None)
        return "250 OK"


def _message() -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "wiki@example.org", "ana@example.org"
    message["Subject"] = "Croeso, Siân"
    message.set_content("Hello\n.\nGoodbye\n", cte="quoted-printable")
    return message


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _knows(
    _server: smtp.SMTP, _session: Session, _envelope: Envelope, _kind: str, data: Any
) -> AuthResult:
    is_right = isinstance(data, LoginPassword) and data.password == PASSWORD.encode()
    return AuthResult(success=is_right, handled=False)


@pytest.fixture
def serve() -> Iterator[Callable[..., tuple[Mailbox, int]]]:
    """Return a function that starts a mail server and gives its mailbox and port."""
    running: list[Controller] = []

    def start(**options: Any) -> tuple[Mailbox, int]:
        box = Mailbox()
        port = _free_port()
        controller = Controller(box, hostname="127.0.0.1", port=port, **options)
        controller.start()
        running.append(controller)
        return box, port

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Return a server's identity that this test, and nobody else, trusts."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("the program openssl is not here to make a certificate")
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    names = "subjectAltName=IP:127.0.0.1"
    options = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test -addext {names}"
    files = ["-keyout", str(key), "-out", str(cert)]
    subprocess.run([openssl, *options.split(), *files], check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


def _send(mail: Mail) -> None:
    transport_for(mail, Path())(_message())


def test_a_letter_arrives_by_plain_smtp(serve: Callable[..., tuple[Mailbox, int]]) -> None:
    box, port = serve()
    _send(Mail(transport="smtp", port=port))
    (envelope,) = box.envelopes
    assert envelope.rcpt_tos == ["ana@example.org"]
    assert envelope.mail_from == "wiki@example.org"
    assert isinstance(envelope.content, bytes)
    read = message_from_bytes(envelope.content, policy=default)
    body = read.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == "Hello\n.\nGoodbye\n"
    assert read["Subject"] == "Croeso, Siân"


def test_a_letter_arrives_by_starttls_with_a_password(
    serve: Callable[..., tuple[Mailbox, int]], certificate: ssl.SSLContext
) -> None:
    box, port = serve(tls_context=certificate, auth_required=True, authenticator=_knows)
    _send(Mail(transport="smtp", port=port, security="starttls", user=USER, password=PASSWORD))
    assert (len(box.envelopes), box.was_encrypted) == (1, [True])


def test_a_letter_arrives_by_tls(
    serve: Callable[..., tuple[Mailbox, int]], certificate: ssl.SSLContext
) -> None:
    box, port = serve(ssl_context=certificate)
    _send(Mail(transport="smtp", port=port, security="tls"))
    assert len(box.envelopes) == 1


def test_a_wrong_password_is_an_error(
    serve: Callable[..., tuple[Mailbox, int]], certificate: ssl.SSLContext
) -> None:
    box, port = serve(tls_context=certificate, auth_required=True, authenticator=_knows)
    with pytest.raises(OSError, match="535"):
        _send(Mail(transport="smtp", port=port, security="starttls", user=USER, password="no"))
    assert box.envelopes == []


def test_a_server_that_nobody_vouches_for_gets_no_letter(
    serve: Callable[..., tuple[Mailbox, int]],
    certificate: ssl.SSLContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    box, port = serve(tls_context=certificate)
    with pytest.raises(ssl.SSLCertVerificationError):
        _send(Mail(transport="smtp", port=port, security="starttls"))
    assert box.envelopes == []


def test_a_server_that_is_not_there_is_an_error() -> None:
    with pytest.raises(OSError, match="refused"):
        _send(Mail(transport="smtp", port=_free_port()))


def test_a_folder_keeps_letters_that_only_the_owner_can_read(tmp_path: Path) -> None:
    transport_for(Mail(transport="file"), tmp_path / "data")(_message())
    folder = tmp_path / "data" / "mail"
    (kept,) = mailbox.Maildir(folder, create=False).values()
    assert kept["To"] == "ana@example.org"
    assert folder.stat().st_mode & 0o077 == 0


def test_the_screen_shows_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    transport_for(Mail(transport="console"), Path())(_message())
    shown = capsys.readouterr().err
    assert "To: ana@example.org" in shown
    assert "Goodbye" in shown
