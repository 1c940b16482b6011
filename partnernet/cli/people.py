"""Branches, and who may sign in."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from partnernet.cli.console import opened_database, operator, say
from partnernet.clock import now
from partnernet.domain.customer_file import Language
from partnernet.domain.permissions import Role
from partnernet.domain.users import Access, NewBranch, NewUser, read_float
from partnernet.i18n import _
from partnernet.i18n.formats import moment
from partnernet.services import branches, users
from partnernet.settings import settings


class PersonRole(StrEnum):
    """The roles of people who sign in."""

    AGENT = Role.AGENT.value
    SUPERVISOR = Role.SUPERVISOR.value
    ADMINISTRATOR = Role.ADMINISTRATOR.value
    AUDITOR = Role.AUDITOR.value


def register(application: typer.Typer) -> None:
    """Add `branch add`, `user add` and `user reset`."""
    branch = typer.Typer(no_args_is_help=True)
    branch.command("add", help=_("Ouvrir une succursale ; ses reçus portent son code."))(add_branch)
    application.add_typer(branch, name="branch", help=_("Les succursales."))
    user = typer.Typer(no_args_is_help=True)
    user.command("add", help=_("Donner accès à une personne, par un mot de passe ou un code à usage unique."))(add_user)
    user.command("reset", help=_("Remplacer un mot de passe oublié par un code à usage unique."))(reset_user)
    application.add_typer(user, name="user", help=_("Les personnes qui ouvrent une session."))


def add_branch(
    code: Annotated[str, typer.Option(help=_("De 2 à 8 lettres ou chiffres, par exemple MTL."))],
    name: Annotated[str, typer.Option(help=_("Son nom, tel qu'il est imprimé sur les reçus."))],
    float_: Annotated[str, typer.Option("--float", help=_("Fonds de caisse autorisé de chaque caisse."))] = "200.00",
    timezone: Annotated[str | None, typer.Option(help=_("Son fuseau horaire ; sinon celui du réglage."))] = None,
) -> None:
    new = NewBranch(code, name, timezone or settings().timezone, read_float(float_))
    with opened_database() as database:
        branch = branches.add(database, new, by=operator(), at=now())
    say(_("Succursale {code} ouverte : {name}.").format(code=branch.code, name=branch.name))


def add_user(
    login: Annotated[str, typer.Argument(help=_("Le numéro d'agent, par exemple PA1234."))],
    name: Annotated[str, typer.Option(help=_("Le nom de la personne, tel qu'il est imprimé sur les reçus."))],
    role: Annotated[PersonRole, typer.Option(help=_("Ce que la personne fait ici."))],
    branch: Annotated[str | None, typer.Option(help=_("Le code de sa succursale."))] = None,
    language: Annotated[Language, typer.Option(help=_("La langue de ses écrans."))] = Language.FRENCH,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help=_("Lire son mot de passe sur l'entrée standard."))
    ] = False,
) -> None:
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    new = NewUser(login, name, Role(role), branch, language.value, password)
    with opened_database() as database:
        access = users.add(database, new, by=operator(), at=now())
    _say_access(access, _("Accès donné à {login}.").format(login=access.login))


def reset_user(
    login: Annotated[str, typer.Argument(help=_("Le numéro d'agent, par exemple PA1234."))],
) -> None:
    with opened_database() as database:
        access = users.reset(database, login, by=operator(), at=now())
    _say_access(access, _("Les sessions de {login} sont fermées.").format(login=access.login))


def _say_access(access: Access, done: str) -> None:
    say(done)
    if access.code and access.code_expires_at:
        until = moment(access.code_expires_at, settings().timezone)
        say(_("Code à usage unique, bon jusqu'au {until} : {code}").format(until=until, code=access.code))
