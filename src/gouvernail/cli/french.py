"""What typer says by itself, in French: the headings of the help, and wrong usage."""

from __future__ import annotations

import re
import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter

    _Base = TyperCommand
else:
    _Base = object  # the two classes of typer are sisters: neither can stand for the other

#: The constants of typer's help pages that hold English, and their French.
_HEADINGS = {
    "ARGUMENTS_PANEL_TITLE": "Ce qu’il faut donner",
    "OPTIONS_PANEL_TITLE": "Options",
    "COMMANDS_PANEL_TITLE": "Commandes",
    "ERRORS_PANEL_TITLE": "Erreur",
    "REQUIRED_LONG_STRING": "[nécessaire]",
    "DEFAULT_STRING": "[par défaut : {}]",
}
_HELP = "Afficher cette aide."


class _FrenchHelp(_Base):
    """Makes a command whose help is in French from the first line to the last."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the help page."""
        from typer import rich_utils

        for name, text in _HEADINGS.items():
            setattr(rich_utils, name, text)
        super().format_help(ctx, formatter)

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the line that shows how the command is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Usage : ")

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Return the option that asks for this help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option


class FrenchCommand(_FrenchHelp, TyperCommand):
    """A command of `gouvernail`."""


class FrenchGroup(_FrenchHelp, TyperGroup):
    """`gouvernail` itself, which holds the commands."""


def explain_usage(wrong: typer.TyperException) -> str:
    """Return what is wrong in a call, what was expected, and where the help is.

    The classes of typer's own errors are not public: their names are, in what they say.
    """
    ctx = getattr(wrong, "ctx", None)
    lines = [] if ctx is None else [ctx.get_usage()]
    lines.append(_sentence(wrong))
    if ctx is not None:
        lines.append(f"Pour l’aide : {ctx.command_path} --help")
    return "\n".join(lines)


def _sentence(wrong: typer.TyperException) -> str:
    kind = type(wrong).__name__
    if kind == "MissingParameter":
        return _missing(wrong)
    if kind == "NoSuchOption":
        near = ", ".join(sorted(getattr(wrong, "possibilities", None) or ()))
        name = _quoted(getattr(wrong, "option_name", ""))
        return f"L’option {name} n’existe pas." + (f" Vouliez-vous dire {near} ?" if near else "")
    if kind == "BadOptionUsage":
        name = _quoted(getattr(wrong, "option_name", ""))
        if "does not take" in wrong.message:
            return f"L’option {name} se donne seule, sans valeur."
        return f"L’option {name} attend une valeur."
    if isinstance(wrong, typer.BadParameter):
        return _bad_value(wrong)
    return _other(wrong)


def _missing(wrong: typer.TyperException) -> str:
    param = getattr(wrong, "param", None)
    if isinstance(param, TyperOption):
        return f"Il manque l’option {param.opts[0]}."
    name = "" if param is None else param.display_name_raw
    return f"Il manque ce que la commande attend : {name}."


def _bad_value(wrong: typer.BadParameter) -> str:
    """Return what is wrong with a value, in the words of the JSON documents when they have them."""
    from pydantic import ValidationError

    from gouvernail.formats.problems import problems_of

    param = wrong.param
    where = param.opts[0] if isinstance(param, TyperOption) else getattr(param, "name", "")
    cause = wrong.__cause__
    said = problems_of(cause)[0].text.fr if isinstance(cause, ValidationError) else wrong.message
    return f"{where} : {said}"


def _other(wrong: typer.TyperException) -> str:
    if found := re.match(r"No such command '(.*?)'\.", wrong.message, re.S):
        name = found[1]
        ctx = getattr(wrong, "ctx", None)
        known = ctx.command.list_commands(ctx) if ctx is not None else []
        near = get_close_matches(name, known, n=1)
        hint = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
        return f"La commande {_quoted(name)} n’existe pas.{hint}"
    if found := re.match(r"Got unexpected extra argument\(s\) \((.*)\)$", wrong.message, re.S):
        return f"Cette commande n’attend rien de plus ; en trop : {found[1]}."
    if wrong.message.startswith("Missing command"):
        return "Il manque la commande."
    return wrong.message


def _quoted(name: str) -> str:
    return f"« {name} »"


def run(app: typer.Typer) -> int:
    """Run the command line and return its exit code; wrong usage is said on stderr and gives 2."""
    try:
        code = app(standalone_mode=False)
    except typer.TyperException as wrong:
        if type(wrong).__name__ != "NoArgsIsHelpError":  # which has printed the help already
            print(explain_usage(wrong), file=sys.stderr)  # noqa: T201
        return int(getattr(wrong, "exit_code", 2))
    except typer.Abort:
        print("Interrompu.", file=sys.stderr)  # noqa: T201
        return 130
    return code if isinstance(code, int) else 0
