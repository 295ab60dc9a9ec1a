"""Sealed words: what the store may keep without being able to read it. Only the SECRET_KEY opens them.

A stream cipher and a check made of HMAC-SHA256, the check over what was encrypted (`docs/decisions/0020`). The same
words sealed twice look different, and their length shows only in steps, so sealed words cannot be compared.
"""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from itertools import count

PREFIX = "sealed:"
NONCE, CHECK, STEP = 16, 32, 64


class Seals:
    """Seals with one key. `is_safe` is false without a key: then nothing sealed would be secret."""

    def __init__(self, key: str) -> None:
        self.is_safe = bool(key)
        self._words = hmac.digest(key.encode(), b"causeway: seal, words", sha256)
        self._check = hmac.digest(key.encode(), b"causeway: seal, check", sha256)

    def seal(self, words: str) -> str:
        """The words in a form that only `unseal` can read; never the same twice."""
        nonce, plain = secrets.token_bytes(NONCE), words.encode()
        padded = plain + b"\x80" + bytes(-(len(plain) + 1) % STEP)
        hidden = nonce + self._mixed(nonce, padded)
        return PREFIX + urlsafe_b64encode(hidden + hmac.digest(self._check, hidden, sha256)).decode("ascii")

    def unseal(self, sealed: str) -> str:
        """The words that were sealed. Raises ValueError for anything that was not sealed with this key."""
        try:
            whole = urlsafe_b64decode(sealed.removeprefix(PREFIX))
        except ValueError as error:
            raise ValueError("not sealed words") from error
        hidden, check = whole[:-CHECK], whole[-CHECK:]
        if not hmac.compare_digest(hmac.digest(self._check, hidden, sha256), check):
            raise ValueError("sealed with another key, or damaged")
        padded = self._mixed(hidden[:NONCE], hidden[NONCE:])
        return padded[: padded.rindex(b"\x80")].decode()

    def _mixed(self, nonce: bytes, text: bytes) -> bytes:
        """The text under a key stream that no other nonce gives; the same again takes it off."""
        blocks = (hmac.digest(self._words, nonce + number.to_bytes(8, "big"), sha256) for number in count())
        stream = b"".join(block for block, _start in zip(blocks, range(0, len(text), CHECK), strict=False))
        return bytes(one ^ other for one, other in zip(text, stream, strict=False))
