"""Streams that are encrypted to public keys and decrypted with a private one. An archive is a plain
age file: any program that knows age opens it.
"""

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import pyrage

from recert.backups import BackupTrouble

NOT_WHOLE = "The archive is cut or damaged: it cannot be decrypted to its end. Take another one."
NO_MATCH = "No matching keys"  # of pyrage


def read_public_keys(texts: list[str]) -> list[object]:
    """Return the keys to encrypt to. Raises BackupTrouble when there is none or one is no public key of age."""
    if not texts:
        raise BackupTrouble(
            "There is no key to encrypt to: set BACKUP_KEYS, or name one with --to. backup_key makes a pair."
        )
    return [_read(pyrage.x25519.Recipient.from_str, text, "an age public key (age1…)") for text in texts]


def read_private_keys(path: Path) -> list[object]:
    """Return the private keys in a file like those of age-keygen, or in standard input for "-". Raises
    BackupTrouble.
    """
    try:
        lines = (sys.stdin.read() if str(path) == "-" else path.read_text()).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BackupTrouble(f"The key file {path} cannot be read: {_reason(error)}.") from None
    keys = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if not keys:
        raise BackupTrouble(f"The key file {path} holds no key.")
    what = f"an age private key (AGE-SECRET-KEY-…), as {path} must hold"
    return [_read(pyrage.x25519.Identity.from_str, key, what, show=False) for key in keys]


def make_key_pair() -> tuple[str, str]:
    """Return a new private key and its public key, as text."""
    pair = pyrage.x25519.Identity.generate()
    return str(pair), str(pair.to_public())


def _read(read: Callable[[str], object], text: str, what: str, *, show: bool = True) -> object:
    try:
        return read(text.strip())
    except (pyrage.RecipientError, pyrage.IdentityError):
        raise BackupTrouble(f"{text if show else 'A line'} is not {what}.") from None


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


class _Target:
    """The file to which an archive is written. It stores the error of a failed write, because
    pyrage loses it.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            return self.file.write(data)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        self.file.flush()


@contextmanager
def sealed_into(file: IO[bytes], keys: list[object]) -> Iterator[IO[bytes]]:
    """Yield a stream; what is written to it arrives in `file` encrypted. Raises BackupTrouble when that fails."""
    target = _Target(file)

    def seal(source: IO[bytes]) -> None:
        with source:
            pyrage.encrypt_io(source, target, keys)

    with _piped(seal) as (stream, done):
        try:
            yield stream
            stream.close()
            done.result()
        except (BrokenPipeError, pyrage.EncryptError):
            reason = _reason(target.error) if target.error else "it could not be encrypted"
            raise BackupTrouble(f"The archive cannot be written: {reason}.") from None


@contextmanager
def opened_from(file: IO[bytes], keys: list[object]) -> Iterator[IO[bytes]]:
    """Yield the decrypted content of the archive `file`, while it is being read. Raises
    BackupTrouble for a key that does not fit and, at the latest at the end of the block, for an
    archive that is incomplete or damaged.
    """
    read_end, write_end = os.pipe()

    def unseal() -> None:
        with os.fdopen(write_end, "wb") as target:
            pyrage.decrypt_io(file, target, keys)

    with ThreadPoolExecutor(1) as pool, os.fdopen(read_end, "rb") as stream:
        done = pool.submit(unseal)
        try:
            yield stream
            while stream.read(1 << 20):
                pass
        except BaseException:
            stream.close()
            _raise_why_unreadable(done)
            raise
        _raise_why_unreadable(done)


def _raise_why_unreadable(done: "Future[None]") -> None:
    """Raise BackupTrouble when the decryption ended early because of the archive itself."""
    error = done.exception()
    if isinstance(error, BrokenPipeError) or error is None:
        return  # nobody read on
    if NO_MATCH in str(error):
        raise BackupTrouble("The archive was encrypted to another key than the one in the key file.")
    if isinstance(error, pyrage.DecryptError | OSError):
        raise BackupTrouble(NOT_WHOLE)
    raise error


@contextmanager
def _piped(work: Callable[[IO[bytes]], None]) -> Iterator[tuple[IO[bytes], "Future[None]"]]:
    """Yield a stream into a pipe that `work` reads in a thread of its own, and the future that is
    done when `work` has ended.
    """
    read_end, write_end = os.pipe()
    with ThreadPoolExecutor(1) as pool:
        stream = os.fdopen(write_end, "wb")
        done = pool.submit(work, os.fdopen(read_end, "rb"))
        try:
            yield stream, done
        finally:
            with suppress(BrokenPipeError):
                stream.close()
