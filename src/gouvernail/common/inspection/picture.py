"""A picture drawn again: its pixels the right way up, and nothing of where it was taken."""

from __future__ import annotations

import io
import struct
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from gouvernail.common.inspection.model import refusal

#: A photograph of a recent telephone has fifty million points; an A0 plan, sixty.
MOST_POINTS = 64_000_000
_PNG_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I;16"})


def bare_picture(content: bytes, form: str) -> bytes:
    """Return the picture encoded anew, without EXIF, place, profile or comment."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[form]) as opened:
                _check_extent(opened)
                return _drawn_again(ImageOps.exif_transpose(opened), form)
    except Image.DecompressionBombError as bomb:
        raise _too_many_points() from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error) as broken:
        raise refusal(
            "file-broken",
            "Cette image ne peut pas être lue jusqu’au bout. Ouvrez-la, enregistrez-la de nouveau, "
            "puis envoyez-la.",
            "This picture cannot be read to its end. Open it, save it again, then send it.",
        ) from broken


def _check_extent(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_POINTS:
        raise _too_many_points()


def _too_many_points() -> Exception:
    return refusal(
        "file-too-many-points",
        "Cette image compte plus de 64 millions de points. Réduisez-la, puis envoyez-la.",
        "This picture has more than 64 million points. Reduce it, then send it.",
    )


def _drawn_again(picture: Image.Image, form: str) -> bytes:
    clear = picture.info.get("transparency") if picture.mode == "P" else None
    if form == "JPEG" and picture.mode not in {"L", "RGB"}:
        picture = picture.convert("RGB")
    if form == "PNG" and picture.mode not in _PNG_MODES:
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    bare = picture.copy()
    bare.info = {} if clear is None else {"transparency": clear}
    stream = io.BytesIO()
    options = {"quality": 90} if form == "JPEG" else {}
    bare.save(stream, form, **options)
    return stream.getvalue()
