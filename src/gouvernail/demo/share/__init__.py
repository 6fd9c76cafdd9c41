"""The files of the example authority: a small share, all of it invented.

`write_share` lays it under a folder; `planted` says what a reader should find there.
"""

from gouvernail.demo.share.writing import planted, write_share

__all__ = ["planted", "write_share"]
