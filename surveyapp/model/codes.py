"""Codes that people read, type and say: cards' codes and receipts.

The alphabet has no look-alikes (0 o, 1 i l) and no vowels, so no words.
"""

import hashlib
import hmac
import re
import secrets
import unicodedata

from surveyapp.model.typed_text import is_seen

ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"
CARD_LENGTH = 6
RECEIPT_LENGTH = 12
_LONGEST_TYPED = 300
_ADDRESS = re.compile(r"(?:/s/|[?&]code=)([^/?&#]*)", re.IGNORECASE)
_CARD = re.compile(f"[{ALPHABET}]{{{CARD_LENGTH}}}")
_RECEIPT = re.compile(f"[{ALPHABET}]{{{RECEIPT_LENGTH}}}")


def new_card_code() -> str:
    """A random code for a card: 28⁶, 481 million of them."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CARD_LENGTH))


def read_card_code(typed: str) -> str | None:
    """A code as it is stored, however it was typed or pasted; None when it can't be one.

    Case, width, spaces, stops, brackets, dashes and unseen marks say nothing; of a whole address its code is read.
    """
    code = typed if _CARD.fullmatch(typed) else _plain(_part_of_address(typed[:_LONGEST_TYPED]))
    return code if _CARD.fullmatch(code) else None


def shown_card_code(code: str) -> str:
    """A code as it is printed: K7Q-4MX."""
    return f"{code[:3]}-{code[3:]}".upper()


def receipt_of(response_id: str, secret: bytes) -> str:
    """The receipt that lets whoever holds it withdraw a response: 12 letters made from the phone's id."""
    number = int.from_bytes(_mac(secret, "receipt", response_id), "big")
    letters = []
    for _ in range(RECEIPT_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def read_receipt(typed: str) -> str | None:
    """A receipt as it was made; None when it can't be one."""
    receipt = _plain(typed)
    return receipt if _RECEIPT.fullmatch(receipt) else None


def shown_receipt(receipt: str) -> str:
    """A receipt in fours: BCDF-GHJK-MNPQ."""
    return "-".join(receipt[start : start + 4] for start in range(0, RECEIPT_LENGTH, 4)).upper()


def receipt_mark(receipt: str, secret: bytes) -> bytes:
    """What is stored of a receipt, so that neither an export nor a backup gives it away."""
    return _mac(secret, "receipt mark", receipt)


def _mac(secret: bytes, purpose: str, text: str) -> bytes:
    return hmac.new(secret, f"{purpose}:{text}".encode(), hashlib.sha256).digest()


def _part_of_address(typed: str) -> str:
    """What stands for the code in an address, else all of it."""
    found = _ADDRESS.search(unicodedata.normalize("NFKC", typed))
    return found.group(1) if found else typed


def _plain(typed: str) -> str:
    """Its letters and digits, small, of usual width and 0 to 9; signs such as < stay, and are in no code."""
    usual = unicodedata.normalize("NFKC", typed[:_LONGEST_TYPED]).lower()
    seen = (character for character in usual if is_seen(character) and unicodedata.category(character)[0] != "P")
    return "".join(str(unicodedata.decimal(character, character)) for character in seen)
