"""What telling people of messages needs, from the box's settings."""

from voicemail.delivery.settings import DeliverySettings, MailSettings, WebhookSettings
from voicemail.links import Links

from .home import Home
from .secrets_file import load_secrets
from .settings import Settings


def links(settings: Settings) -> Links:
    """Raises `SettingsInvalid`."""
    secret = load_secrets(settings.home, settings.phones).links
    return Links(secret, settings.panel_url)


def delivery_settings(settings: Settings) -> DeliverySettings:
    """Raises `SettingsInvalid`."""
    return DeliverySettings(
        folder=Home(settings.home).voicemail,
        links=links(settings),
        zone=settings.time_zone,
        mail=mail_settings(settings),
        webhook=WebhookSettings(allow_private=settings.webhook_private),
    )


def mail_settings(settings: Settings) -> MailSettings | None:
    """None where no mail server is set."""
    server = settings.mail_server
    if server is None:
        return None
    return MailSettings(
        host=server.host,
        port=server.port,
        sender=settings.mail_from,
        tls=settings.mail_tls,
        ca_file=settings.mail_ca,
        user=settings.mail_user,
        password=settings.mail_password.get_secret_value(),
        max_attach_bytes=settings.mail_largest,
    )
