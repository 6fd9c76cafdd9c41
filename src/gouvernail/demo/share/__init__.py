"""The files of the example authority: a small share, all of it invented.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     sorted(write_share(Path(folder)))[:3]
['actes-publies', 'base-reponses', 'candidatures-recues']
"""

from gouvernail.demo.share.writing import planted, write_share

__all__ = ["planted", "write_share"]
