"""Keyed hashes: for tokens that are kept, and for names that must be recognised without being known."""

import hashlib
import hmac
from collections.abc import Callable


def pseudonym_by(key: str) -> Callable[[str], str]:
    """A keyed hash of a word: the same word gives the same 64 characters, and nobody without the key can try words."""
    return lambda word: hmac.new(key.encode(), word.encode(), hashlib.sha256).hexdigest()
