"""What every reader shares: what a file has cost so far, counted streams, text cut into blocks."""

from __future__ import annotations

import errno
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO, Protocol

from gouvernail_scan.blocks import BLOCK_BYTES, Block, Cause, Gap, Limits

#: What a reader yields.
Found = Iterator[Block | Gap]

#: How much is read at once.
CHUNK = 1 << 18

#: A block ends with a line if there is one in its last bytes.
LINE_END_WITHIN = 4096

#: A name found in a file is quoted up to this length.
NAME_LENGTH = 120

#: Below this many characters beside a large picture, what matters is in the picture.
FEW = 150

#: A member is kept in memory up to this size, then in an unnamed temporary file.
IN_MEMORY = 8 << 20


class Over(Exception):
    """What is not looked at, and why: one part (`whole` is false), or all that is left of a file.

    Mostly a limit that was passed; also a part that is encrypted or packed in an unknown way.
    """

    def __init__(self, cause: Cause, *, whole: bool) -> None:
        super().__init__(cause.value)
        self.cause = cause
        self.whole = whole
        self.place: str | None = None


class Broken(Exception):
    """The bytes are not what they claim to be."""


class Stream(Protocol):
    """What can be read once, forwards."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes, none at the end."""


@dataclass(slots=True)
class Spent:
    """What opening one file has cost so far, shared by all the parts it holds."""

    limits: Limits
    until: float
    unpacked: int = 0
    members: int = 0
    timed: bool = True

    def take(self, count: int) -> None:
        """Count bytes that came out of a packed part, and stop when there are too many."""
        self.unpacked += count
        if self.unpacked > self.limits.file_bytes:
            raise Over(Cause.TOO_LARGE, whole=True)
        self.check_time()

    def forget(self) -> None:
        """Count bytes and parts anew, and not the seconds."""
        self.unpacked = self.members = 0

    def check_time(self) -> None:
        """Stop when the file has had its seconds of CPU."""
        if self.timed and time.process_time() > self.until:
            raise Over(Cause.TOO_LONG, whole=True)

    def take_member(self) -> None:
        """Count one part, and stop when there are too many."""
        self.members += 1
        if self.members > self.limits.members:
            raise Over(Cause.TOO_MANY_PARTS, whole=True)
        self.check_time()


def spent(limits: Limits) -> Spent:
    """Return the account of a file that is being opened now."""
    return Spent(limits, time.process_time() + limits.seconds)


@dataclass(frozen=True, slots=True)
class Context:
    """Where a reader stands: the place in the file, how deep, at what cost, and how to go on.

    `read` is the reader of any format, given here so that the readers of containers need not
    import the module that imports them.
    """

    spent: Spent
    read: Callable[[BinaryIO, Context], Found]
    name: str = ""
    place: str = ""
    depth: int = 0

    def at(self, part: str) -> str:
        """Return the place of a part of what is being read."""
        part = plain_name(part)
        return f"{self.place} › {part}" if self.place and part else self.place or part

    def part(self, part: str) -> Context:
        """Return the context of a part that is no deeper."""
        return Context(self.spent, self.read, self.name, self.at(part), self.depth)

    def inside(self, name: str, part: str) -> Context:
        """Return the context of a file held by this one, one level deeper."""
        return Context(self.spent, self.read, name, self.at(part), self.depth + 1)


class Counted:
    """A packed stream, whose unpacked bytes are counted and stop at the limits.

    `packed` returns how many bytes the stream has taken in so far, for the ratio; `most` is what
    the part may hold once unpacked.
    """

    def __init__(
        self, raw: Stream, account: Spent, packed: Callable[[], int], most: int | None = None
    ) -> None:
        self._raw = raw
        self._spent = account
        self._packed = packed
        self._most = account.limits.member_bytes if most is None else most
        self.count = 0

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes; raise `Over` past a limit."""
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(CHUNK), b""))
        data = self._raw.read(size)
        if not data:
            return data
        self.count += len(data)
        self._spent.take(len(data))
        limits = self._spent.limits
        if self.count > limits.dense_from and self.count > limits.dense * max(self._packed(), 1):
            raise Over(Cause.TOO_DENSE, whole=False)
        if self.count > self._most:
            raise Over(Cause.TOO_LARGE, whole=False)
        return data


def spooled(stream: Stream) -> tuple[IO[bytes], Cause | None]:
    """Return what the stream holds as a seekable file, and the limit that cut it, if any.

    The file has no name: nothing that an archive says of its members reaches the disk.
    """
    kept: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    cut = None
    try:
        while data := stream.read(CHUNK):
            _keep(kept, data)
    except Broken:
        cut = Cause.DAMAGED
    except Over as over:
        if over.whole or over.cause is Cause.TOO_MUCH_MEMORY:
            kept.close()
            raise
        cut = over.cause
    except BaseException:
        kept.close()
        raise
    kept.seek(0)
    return kept, cut


def _keep(kept: IO[bytes], data: bytes) -> None:
    try:
        kept.write(data)
    except OSError as error:
        # The disk of the temporary files is full: not a failure of the file that is read.
        raise Over(Cause.TOO_MUCH_MEMORY, whole=False) from error


def contained(found: Found, context: Context) -> Found:
    """Return what is found in a part; whatever goes wrong in it makes a gap, and no more.

    Let through: the lack of memory, the limits of the whole file, the failures of the disk.
    """
    try:
        yield from found
    except MemoryError:
        raise
    except Over as over:
        if over.whole:
            over.place = context.place if over.place is None else over.place
            raise
        yield Gap(over.cause, context.place)
    except OSError as error:
        # Those of a decompressor carry no number; EINVAL is a seek to where a file says.
        if error.errno not in (None, errno.EINVAL):
            raise
        yield Gap(Cause.DAMAGED, context.place)
    except Exception:
        yield Gap(Cause.DAMAGED, context.place)


def deeper(context: Context) -> None:
    """Refuse to open what holds other files when it lies too deep itself."""
    if context.depth >= context.spent.limits.depth:
        raise Over(Cause.TOO_DEEP, whole=False)


def quoted(name: str) -> str:
    """Return a name found in a file, short and on one line.

    >>> quoted("Paie\\n2026")
    '« Paie 2026 »'
    """
    return f"« {plain_name(name)} »"


def plain_name(name: str) -> str:
    """Return a name found in a file without what would spoil a line of a report."""
    if len(name) <= NAME_LENGTH and name.isprintable():
        return name
    clean = "".join(each if each.isprintable() else " " for each in name[: NAME_LENGTH * 2])
    clean = " ".join(clean.split())
    return clean if len(clean) <= NAME_LENGTH else clean[: NAME_LENGTH - 1] + "…"


#: « é » read as cp1252 by a program that did not know it was UTF-8.
_MOJIBAKE = re.compile("[ÂÃâÅÄ][\x80-\xbf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,2}")


def _mended(match: re.Match[str]) -> str:
    data = bytearray()
    for each in match.group():
        try:
            data += each.encode("cp1252")
        except UnicodeEncodeError:
            # The five bytes that cp1252 leaves undefined were kept as they were.
            if ord(each) > 0xFF:
                return match.group()
            data.append(ord(each))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # « Ã©’ »: two characters of which the second is already right.
        try:
            return data[:2].decode("utf-8") + match.group()[2:]
        except UnicodeDecodeError:
            return match.group()


def mended(text: str) -> str:
    """Return the text with its mojibake repaired, when it is plainly there: three times or more.

    >>> mended("nÃ© Ã©tÃ© Ã\\xa0 Vaulx")
    'né été à Vaulx'
    >>> mended("Ã©")
    'Ã©'
    """
    if text.count("Ã") < 3:
        return text
    changed = 0

    def mend(match: re.Match[str]) -> str:
        nonlocal changed
        new = _mended(match)
        changed += new != match.group()
        return new

    repaired = _MOJIBAKE.sub(mend, text)
    # Where many an « Ã » resists, the text is Portuguese or of another kind of broken.
    return repaired if changed >= 3 and repaired.count("Ã") * 4 <= text.count("Ã") else text


def blocks(
    pieces: Iterable[str],
    place: str = "",
    *,
    columns: tuple[str, ...] = (),
    layout: bool = False,
    continues: bool = False,
) -> Iterator[Block]:
    """Return the text of the pieces, put end to end, as blocks of at most `BLOCK_BYTES`.

    Rows under columns are cut between two rows where possible, and a row does not go on from the
    one before; any other text does, even over a line end. Blocks of blanks alone are left out.
    """
    held: list[str] = []
    size = 0
    data = b""
    first = True

    def flush(keep: bool) -> Iterator[Block]:
        nonlocal data, size, first, continues
        data += mended("".join(held)).encode("utf-8", "replace")
        held.clear()
        size = 0
        start = 0
        while len(data) - start > BLOCK_BYTES or (start < len(data) and not keep):
            end = _cut(data, start)
            at_line_end = data[end - 1 : end] == b"\n"
            text = data[start:end]
            if not text.isspace():
                yield Block(text, place, columns, layout, continues)
            continues = not (columns and at_line_end)
            start = end
        data = data[start:]

    try:
        for piece in pieces:
            held.append(piece)
            size += len(piece)
            if size >= BLOCK_BYTES:
                yield from flush(keep=True)
    except MemoryError:
        raise
    except Exception:
        # What came before the damage, or before the limit, was read.
        yield from flush(keep=False)
        raise
    yield from flush(keep=False)


def _cut(data: bytes, start: int) -> int:
    """Return where the block that begins at `start` ends."""
    end = start + BLOCK_BYTES
    if len(data) <= end:
        return len(data)
    line_end = data.rfind(b"\n", end - LINE_END_WITHIN, end)
    if line_end >= 0:
        return line_end + 1
    while data[end] & 0xC0 == 0x80:
        end -= 1
    return end


def rest(stream: Stream) -> Iterator[bytes]:
    """Return what is left of a stream, by chunks."""
    while data := stream.read(CHUNK):
        yield data


def gap(cause: Cause, context: Context, part: str = "") -> Gap:
    """Return the gap that a part of what is being read makes."""
    return Gap(cause, context.at(part))
