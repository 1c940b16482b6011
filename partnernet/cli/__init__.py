"""The command line: set-up, users, imports, exports, verification, backups. `python -m partnernet --help` lists it.

Whatever goes wrong is one clear sentence on stderr and a status other than zero, never a traceback.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

import typer

from partnernet.cli import database, exports, imports, people
from partnernet.cli.console import complain
from partnernet.domain.refusals import DatabaseUnavailable, Refusal
from partnernet.i18n import _, use_language
from partnernet.i18n.sentences import sentence
from partnernet.i18n.system_reasons import system_reason
from partnernet.incidents import record_incident
from partnernet.settings import ROOT, SettingsError, settings

_LOG = ROOT / "var" / "commands.log"


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    _log_to_a_file()
    for stream in (sys.stdout, sys.stderr):
        # A console of another age shows what it can of a name.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        use_language(settings().language)
        return int(_application()(arguments, standalone_mode=False, prog_name="partnernet") or 0)
    except DatabaseUnavailable as refusal:
        return complain(f"{sentence(refusal)} ({refusal.reason})")
    except Refusal as refusal:
        return complain(sentence(refusal))
    except SettingsError as error:
        return complain(str(error))
    except (typer.Abort, KeyboardInterrupt):
        return complain(_("Interrompu : rien n'a été fait."))
    except typer.TyperException as error:
        return _misused(error)
    except OSError as error:
        reason = system_reason(error.errno or 0)
        said = _("{file} : {reason}.").format(file=error.filename, reason=reason)
        return complain(said if error.filename else reason)
    except Exception as error:  # noqa: BLE001 - the last door: a number instead of a traceback
        number = record_incident(error, where="command line")
        return complain(_("Erreur imprévue, incident {number} : voyez {log}.").format(number=number, log=_LOG))


def _log_to_a_file() -> None:
    """Where an unexpected error happened goes to a file: whoever types the command reads one sentence."""
    log = logging.getLogger("partnernet")
    log.propagate = False
    if not log.handlers:
        _LOG.parent.mkdir(exist_ok=True)
        handler = logging.FileHandler(_LOG, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        log.addHandler(handler)


def _misused(error: typer.TyperException) -> int:
    """A command that is not written as it should be. Without any, the help has just been shown."""
    said = error.format_message().replace("Value error, ", "").rstrip(".")  # in English whatever the language
    if said:
        complain(_("Commande incomplète ou mal écrite ({said}). Voyez --help.").format(said=said))
    return 2


def _application() -> typer.Typer:
    """The commands, their help in the language in force."""
    application = typer.Typer(
        help=_("PartnerNET : mise en place, utilisateurs, importations, exportations, vérification, sauvegardes."),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for group in (database, people, imports, exports):
        group.register(application)
    return application
