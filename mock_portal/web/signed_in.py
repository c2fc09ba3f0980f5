"""Who is asking: the one place that knows how a browser remembers a citizen or an officer.

Views ask ``current_citizen(service)`` or ``current_officer(service)``. Somebody who has not signed
in is led to the right page by ``install``; after signing in, a GET page is opened again (``next``).
"""

from flask import Flask, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from mock_portal.domain.account import Account
from mock_portal.domain.errors import AccountNotActive, CitizenNotSignedIn, OfficerNotSignedIn
from mock_portal.domain.officer import Officer
from mock_portal.service import PortalService
from mock_portal.web.parsing import safe_next
from simkit.core.errors import RuleBroken
from simkit.flaskkit import problem

NEXT = "next"
_CITIZEN = "citizen"
_OFFICER = "officer"


def current_citizen(service: PortalService) -> Account:
    """Return the citizen who has signed in with an active account.

    Raises ``CitizenNotSignedIn`` or ``AccountNotActive``; people are then led to the page where
    they sign in or type the activation code.
    """
    return service.accounts.citizen(session.get(_CITIZEN))


def current_applicant(service: PortalService) -> Account:
    """Return the citizen who has signed in, whether the account is active yet or not."""
    return service.accounts.known(session.get(_CITIZEN))


def present_citizen(service: PortalService) -> Account | None:
    """Return the citizen who has signed in with an active account, or ``None``."""
    try:
        return current_citizen(service)
    except (CitizenNotSignedIn, AccountNotActive):
        return None


def current_officer(service: PortalService) -> Officer:
    """Return the officer who has signed in at the desk, or raise ``OfficerNotSignedIn``."""
    return service.accounts.officer(session.get(_OFFICER))


def remember_citizen(account: Account) -> None:
    """Let this browser be that citizen from now on."""
    session[_CITIZEN] = account.id


def forget_citizen() -> None:
    """Let this browser be no citizen any more."""
    session.pop(_CITIZEN, None)


def remember_officer(officer: Officer) -> None:
    """Let this browser be that officer from now on."""
    session[_OFFICER] = officer.user


def forget_officer() -> None:
    """Let this browser be no officer any more."""
    session.pop(_OFFICER, None)


def wanted_next() -> str:
    """Return where the person wanted to go before signing in: a safe path, or ``""``."""
    return safe_next(request.values.get(NEXT, ""))


def go_on(target: str, otherwise: str) -> ResponseReturnValue:
    """Lead to a page of this world's portal, or to ``otherwise`` when ``target`` is empty."""
    return redirect(f"{request.script_root}{target}" if target else otherwise, 303)


def install(app: Flask) -> None:
    """Lead people who have to sign in first; machines get the refusal in its usual shape."""

    @app.errorhandler(CitizenNotSignedIn)
    def citizen_first(error: RuleBroken) -> ResponseReturnValue:
        return _lead(error, "accounts.sign_in")

    @app.errorhandler(AccountNotActive)
    def code_first(error: RuleBroken) -> ResponseReturnValue:
        return _lead(error, "accounts.activate")

    @app.errorhandler(OfficerNotSignedIn)
    def officer_first(error: RuleBroken) -> ResponseReturnValue:
        return _lead(error, "desk.sign_in")


def _lead(error: RuleBroken, endpoint: str) -> ResponseReturnValue:
    if problem.wants_json():
        return problem.answer(error.code, str(error), error.facts, problem.status_of(error))
    path = request.full_path.removesuffix("?") if request.method == "GET" else ""
    wanted = safe_next(path)
    return redirect(url_for(endpoint, next=wanted or None), 303)
