"""How a letter leaves the house: by SMTP, into a folder, or onto the screen."""

import mailbox
import smtplib
import ssl
import sys
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

from wiki import places
from wiki.settings import Mail

Transport = Callable[[EmailMessage], None]
TIMEOUT_SECONDS = 15.0


def transport_for(mail: Mail, data_dir: Path) -> Transport:
    """Return the way that the settings name: a function that sends one message.

    It raises OSError or smtplib.SMTPException when the message did not leave.
    """
    if mail.transport == "smtp":
        return lambda message: _send_by_smtp(mail, message)
    if mail.transport == "file":
        return lambda message: _put_into_folder(data_dir / "mail", message)
    return _show


def _send_by_smtp(mail: Mail, message: EmailMessage) -> None:
    trust = ssl.create_default_context()
    server = _connected(mail, trust)
    try:
        if mail.security == "starttls":
            server.starttls(context=trust)
        if mail.user:
            server.login(mail.user, mail.password)
        server.send_message(message)
    finally:
        # The message has left by now, or has not: how the goodbye goes changes neither.
        with suppress(OSError, smtplib.SMTPException):
            server.quit()


def _connected(mail: Mail, trust: ssl.SSLContext) -> smtplib.SMTP:
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=TIMEOUT_SECONDS, context=trust)
    return smtplib.SMTP(mail.host, mail.port, timeout=TIMEOUT_SECONDS)


def _put_into_folder(folder: Path, message: EmailMessage) -> None:
    places.make_private(folder.parent)
    box = mailbox.Maildir(folder, create=True)
    box.add(message.as_bytes(policy=message.policy.clone(linesep="\n")))


def _show(message: EmailMessage) -> None:
    body = message.get_body(("plain",))
    text = body.get_content() if body is not None else ""
    lines = (f"To: {message['To']}", f"Subject: {message['Subject']}", "", str(text))
    print("\n".join(lines), file=sys.stderr, flush=True)  # noqa: T201  # the screen is the transport
