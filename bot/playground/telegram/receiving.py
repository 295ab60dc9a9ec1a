"""How the bot gets its updates: by a webhook that it sets and takes away, or by asking (see `polling`)."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.playground.telegram.refusal import bad
from bot.playground.telegram.sending import Params
from bot.playground.telegram.state import State, Webhook

SECRET_LIMIT = 256
CONNECTIONS_MOST, CONNECTIONS_USUAL = 100, 40
PORTS = (80, 88, 443, 8443)
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_SECRET = re.compile(r"[A-Za-z0-9_-]*")


def set_webhook(state: State, params: Params) -> bool:
    """True once updates go to this address; an empty one takes the webhook away."""
    url, secret = params.get("url") or "", params.get("secret_token") or ""
    if url:
        _check_url(url)
        if len(secret) > SECRET_LIMIT:
            raise bad("secret token is too long")
        if not _SECRET.fullmatch(secret):
            raise bad("secret token contains unallowed characters")
    connections = min(max(params.get("max_connections") or CONNECTIONS_USUAL, 1), CONNECTIONS_MOST)
    state.updates.allow(params.get("allowed_updates"))
    if params.get("drop_pending_updates"):
        state.updates.drop()
    state.webhook = Webhook(url, secret, connections) if url else None
    state.webhook_error = None
    return True


def delete_webhook(state: State, params: Params) -> bool:
    """True once there is no webhook."""
    return set_webhook(state, {"drop_pending_updates": params.get("drop_pending_updates")})


def get_webhook_info(state: State, params: Params) -> dict[str, Any]:
    """Where updates go, how many wait and what went wrong last."""
    hook = state.webhook
    info: dict[str, Any] = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates.pending),
    }
    if hook:
        info["max_connections"] = hook.max_connections
    if state.updates.allowed:
        info["allowed_updates"] = state.updates.allowed
    if state.webhook_error:
        at, message = state.webhook_error
        info |= {"last_error_date": int(at.timestamp()), "last_error_message": message}
    return info


def _check_url(url: str) -> None:
    """Plain HTTP is taken on loopback alone, where a bot under test listens; the real server never takes it."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise bad("invalid webhook URL specified") from error
    if parts.hostname in LOOPBACK and parts.scheme == "http":
        return
    if parts.scheme != "https" or not parts.hostname:
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if (port or 443) not in PORTS:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
