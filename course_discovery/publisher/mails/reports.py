"""Mails that tell operators what a command did."""

import logging
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail

logger = logging.getLogger(__name__)


def mail_report(*, subject: str, lines: Sequence[str], recipients: Sequence[str]) -> None:
    """Send the lines to the recipients at once; nothing without lines or recipients.

    The log says if no mail server took it: what was done stands.
    """
    if not lines or not recipients:
        return
    text = "\n".join(lines) + "\n"
    try:
        send_mail(subject, text, settings.PUBLISHER_FROM_EMAIL or None, list(recipients))
    except OSError as error:
        logger.error("the report %s could not be mailed: %s", subject, type(error).__name__)
