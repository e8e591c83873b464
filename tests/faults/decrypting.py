"""An independent reader of SQLCipher 4 pages: the key, two primitives, and nothing of the product.

Each page of 4096 bytes ends in 16 bytes of IV and 64 of HMAC-SHA512; before them is AES-256-CBC.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, SALT, IV, MAC = 4096, 16, 16, 64


def pages(data: bytes, raw_key: bytes) -> Iterator[bytes]:
    """Decrypt every page of a file, used or free; `raw_key` has 32 bytes. Raises ValueError."""
    salt = data[:SALT]
    mac_key = hashlib.pbkdf2_hmac("sha512", raw_key, bytes(byte ^ 0x3A for byte in salt), 2, 32)
    for number in range(1, len(data) // PAGE + 1):
        page = data[(number - 1) * PAGE : number * PAGE]
        body = page[SALT if number == 1 else 0 : PAGE - IV - MAC]
        iv, mac = page[PAGE - IV - MAC : PAGE - MAC], page[PAGE - MAC :]
        signed = body + iv + number.to_bytes(4, "little")
        if not hmac.compare_digest(hmac.digest(mac_key, signed, "sha512"), mac):
            raise ValueError(f"page {number} is not authentic")
        decryptor = Cipher(algorithms.AES(raw_key), modes.CBC(iv)).decryptor()
        yield decryptor.update(body) + decryptor.finalize()
