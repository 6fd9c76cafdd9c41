"""Run the command line as a person does, in this process."""

import json
from dataclasses import dataclass
from typing import Any

import pytest


@dataclass(frozen=True)
class Answer:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return what was printed for a machine."""
        return json.loads(self.out)


@pytest.fixture
def gouvernail(capsys, monkeypatch):
    """Return a function that runs ``gouvernail ARGS…`` and gives its answer."""

    def run(*words: object) -> Answer:
        from gouvernail.cli import main

        monkeypatch.setattr("sys.argv", ["gouvernail", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            main()
        printed = capsys.readouterr()
        return Answer(int(end.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture
def document(tmp_path):
    """Return a function that writes a JSON document and gives its path."""

    def write(content: object, name: str = "document.json"):
        path = tmp_path / name
        text = content if isinstance(content, str) else json.dumps(content, default=str)
        path.write_text(text, encoding="utf-8")
        return path

    return write
