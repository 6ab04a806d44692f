"""The signature of a manifest: Ed25519, by the installation's key. Keys and signatures are in hexadecimal digits."""

import re
from base64 import b64encode

from surveyapp.lazy import ed25519

KEY = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_DER = bytes.fromhex("302a300506032b6570032100")  # what says, in front of the key, that it is one of Ed25519 (RFC 8410)


def public_key(seed: bytes) -> str:
    """The key that proves signatures made with a seed of 32 bytes."""
    return str(ed25519.Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw().hex())


def signature_of(said: bytes, seed: bytes) -> str:
    """The signature of some bytes."""
    return str(ed25519.Ed25519PrivateKey.from_private_bytes(seed).sign(said).hex())


def fits(said: bytes, signature: str, key: str) -> bool:
    """Whether the key's owner signed these bytes; what isn't a key or a signature fits nothing."""
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), said)
    except Exception:  # whatever is wrong with it, it doesn't fit
        return False
    return True


def as_pem(key: str) -> str:
    """A public key as other programs read it."""
    return f"-----BEGIN PUBLIC KEY-----\n{b64encode(_DER + bytes.fromhex(key)).decode()}\n-----END PUBLIC KEY-----\n"
