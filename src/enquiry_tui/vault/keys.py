"""The keys themselves: an officer's pair of pairs, the vault's master key, and what comes of it."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from enquiry_tui.vault.encoding import framed
from enquiry_tui.vault.errors import VaultTampered

KEY_BYTES = 32
NONCE_BYTES = 12
_BUNDLE_BYTES = 3 * KEY_BYTES + 8
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_HEX = b"0123456789abcdef"


class SigningKeys:
    """One officer's signing key while a session lasts."""

    def __init__(self, uid: str, seed: bytes | bytearray) -> None:
        """Take the 32-byte Ed25519 seed (RFC 8032)."""
        self.uid = uid
        self._key: Ed25519PrivateKey | None = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes_raw()

    @property
    def wiped(self) -> bool:
        """Whether the key is gone."""
        return self._key is None

    def sign(self, message: bytes) -> bytes:
        """Give the 64-byte signature. Raises RuntimeError once the key is wiped."""
        if self._key is None:
            raise RuntimeError("the session is over; its key is gone")
        return self._key.sign(message)

    def wipe(self) -> None:
        """Forget the key; OpenSSL clears its memory when the last reference goes."""
        self._key = None

    def __reduce__(self) -> NoReturn:
        raise TypeError("keys do not travel")


def signed_by(public: bytes, signature: bytes, message: bytes) -> bool:
    """Tell whether the signature over the message was made with the key of this public key."""
    try:
        _public_key(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=256)
def _public_key(public: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public)


@dataclass(slots=True, repr=False)
class PrivateBundle:
    """What a passphrase opens: two private keys, the root administrator's public key, an expiry.

    `expires` is in seconds since 1970, 0 for a passphrase of the officer's own choosing. It is
    inside the bundle so that the files do not show who has not signed in yet.
    """

    exchange: bytearray
    seed: bytearray
    root: bytes
    expires: int = 0

    @classmethod
    def fresh(cls, root: bytes | None = None, expires: int = 0) -> PrivateBundle:
        """Make two new pairs. Without a root the bundle is the root's own."""
        seed = bytearray(secrets.token_bytes(KEY_BYTES))
        own = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
        return cls(bytearray(secrets.token_bytes(KEY_BYTES)), seed, root or own, expires)

    @property
    def exchange_public(self) -> bytes:
        """The X25519 public key, 32 bytes."""
        key = X25519PrivateKey.from_private_bytes(self.exchange)
        return key.public_key().public_bytes_raw()

    @property
    def signing_public(self) -> bytes:
        """The Ed25519 public key, 32 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()

    def sealed(self, kek: bytes, nonce: bytes, bound: bytes) -> bytes:
        """Encrypt under a passphrase's key, bound to the header's record. Gives 120 bytes."""
        plain = bytearray(self.exchange + self.seed + self.root + self.expires.to_bytes(8, "big"))
        try:
            return AESGCM(kek).encrypt(nonce, plain, bound)
        finally:
            wipe(plain)

    @classmethod
    def opened(cls, kek: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> PrivateBundle:
        """Decrypt. Raises VaultTampered when the record is not the one that was sealed."""
        plain = bytearray(_BUNDLE_BYTES)
        try:
            AESGCM(kek).decrypt_into(nonce, sealed, bound, plain)
        except (InvalidTag, ValueError) as error:
            raise _altered() from error
        try:
            return cls(
                plain[:KEY_BYTES],
                plain[KEY_BYTES : 2 * KEY_BYTES],
                bytes(plain[2 * KEY_BYTES : 3 * KEY_BYTES]),
                int.from_bytes(plain[3 * KEY_BYTES :], "big"),
            )
        finally:
            wipe(plain)

    def wipe(self) -> None:
        """Overwrite both private keys."""
        wipe(self.exchange)
        wipe(self.seed)


class MasterKey:
    """The vault's master key of one epoch, and the keys that are derived from it."""

    def __init__(self, vault_id: str, epoch: int, secret: bytes | bytearray) -> None:
        self._vault_id = vault_id
        self.epoch = epoch
        self._secret = bytearray(secret)

    @classmethod
    def fresh(cls, vault_id: str) -> MasterKey:
        """Make the first master key of a new vault."""
        return cls(vault_id, 1, secrets.token_bytes(KEY_BYTES))

    def following(self) -> MasterKey:
        """Make the key of the next epoch: a new one, that nothing leads to from this one."""
        return MasterKey(self._vault_id, self.epoch + 1, secrets.token_bytes(KEY_BYTES))

    @property
    def wiped(self) -> bool:
        """Whether the key is gone."""
        return not any(self._secret)

    def sealed_to(self, uid: str, public: bytes) -> bytes:
        """Seal the key to an officer's X25519 public key with HPKE (RFC 9180). Gives 80 bytes."""
        recipient = X25519PublicKey.from_public_bytes(public)
        return _SUITE.encrypt(bytes(self._secret), recipient, info=self._info(uid))

    @classmethod
    def opened(
        cls, vault_id: str, epoch: int, uid: str, sealed: bytes, exchange: bytearray
    ) -> MasterKey:
        """Open the envelope made for one officer. Raises VaultTampered."""
        key = cls(vault_id, epoch, b"")
        private = X25519PrivateKey.from_private_bytes(exchange)
        try:
            key._secret = bytearray(_SUITE.decrypt(sealed, private, info=key._info(uid)))
        except (InvalidTag, ValueError) as error:
            raise _altered() from error
        return key

    def database_key(self) -> bytearray:
        """Give SQLCipher's raw key, `x'…'` with 64 hex digits; the caller wipes it after use.

        Any other length would silently be taken as a passphrase, hence the one place and the check.
        """
        raw = bytearray(KEY_BYTES)
        self._derive_into(f"sqlcipher v1 epoch {self.epoch}", raw)
        buffer = bytearray(b"x'" + bytes(2 * KEY_BYTES) + b"'")
        for at, value in enumerate(raw):
            buffer[2 + 2 * at] = _HEX[value >> 4]
            buffer[3 + 2 * at] = _HEX[value & 15]
        wipe(raw)
        if len(buffer) != 67:
            raise RuntimeError("a raw key of the wrong length")
        return buffer

    def header_mac(self, header: bytes) -> bytes:
        """Give the HMAC-SHA256 over the header's canonical bytes."""
        return hmac.digest(self._derived("header-mac v1"), header, "sha256")

    def anchor_macs(self) -> Callable[[bytes], bytes]:
        """Give what makes the HMAC-SHA256 over lines of the anchors, which stand outside the vault.

        A sign-in looks at a hundred lines: their key is derived once.
        """
        key = self._derived("anchor-mac v1")
        return lambda line: hmac.digest(key, line, "sha256")

    def seal(self, use: str, plain: bytes) -> bytes:
        """Encrypt a small record for whoever opens the vault: nonce, AES-256-GCM, tag."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self._derived(use)).encrypt(nonce, plain, self._bound(use))

    def unseal(self, use: str, sealed: bytes) -> bytes:
        """Decrypt what `seal` made. Raises VaultTampered."""
        nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return AESGCM(self._derived(use)).decrypt(nonce, body, self._bound(use))
        except (InvalidTag, ValueError) as error:
            raise _altered() from error

    def wipe(self) -> None:
        """Overwrite the key."""
        wipe(self._secret)

    def _derived(self, use: str) -> bytes:
        out = bytearray(KEY_BYTES)
        self._derive_into(use, out)
        return bytes(out)

    def _derive_into(self, use: str, out: bytearray) -> None:
        salt = self._vault_id.encode()
        HKDF(SHA256(), len(out), salt, f"enquiry {use}".encode()).derive_into(self._secret, out)

    def _bound(self, use: str) -> bytes:
        return framed("enquiry seal v1", self._vault_id.encode(), use.encode())

    def _info(self, uid: str) -> bytes:
        fields = (self._vault_id.encode(), uid.encode(), str(self.epoch).encode())
        return framed("enquiry envelope v1", *fields)

    def __reduce__(self) -> NoReturn:
        raise TypeError("keys do not travel")


def wipe(buffer: bytearray) -> None:
    """Overwrite a buffer with zeros, in place."""
    buffer[:] = bytes(len(buffer))


def _altered() -> VaultTampered:
    return VaultTampered(
        "The key header has been altered",
        "Do not use this vault; tell whoever looks after it, and keep the folder as it is.",
    )
