"""What the store of accounts keeps, and what it refuses."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mock_portal.domain.account import Account
from mock_portal.domain.errors import EmailTaken, IdNumberTaken, UserNameTaken
from mock_portal.domain.officer import OfficerRole
from simkit.core.errors import RuleBroken
from tests.builders.accounts import (
    A_MONDAY,
    a_code,
    a_holder,
    a_seeding,
    an_officer,
)
from tests.builders.portal import AccountStage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[AccountStage]:
    stage = AccountStage(tmp_path)
    yield stage
    stage.close()


def test_a_registered_account_comes_back_as_it_was_kept(stage: AccountStage) -> None:
    account, entry = Account.register("acc-1", a_holder(), "hash", a_code())

    with stage.work.write() as unit:
        unit.accounts.add(account, entry)

    with stage.work.read() as unit:
        assert unit.accounts.find("acc-1") == account
        assert unit.accounts.of_user(account.user) == account
        assert unit.accounts.of_email(account.holder.email) == account
        assert unit.accounts.of_id_number(account.holder.id_number) == account
        assert unit.accounts.history("acc-1") == [entry]


def test_a_change_replaces_the_account_and_adds_to_its_history(stage: AccountStage) -> None:
    account, born = Account.register("acc-1", a_holder(), "hash", a_code())
    changed, entry = account.activate(A_MONDAY + timedelta(hours=1))

    with stage.work.write() as unit:
        unit.accounts.add(account, born)
        unit.accounts.change(changed, entry)

    with stage.work.read() as unit:
        assert unit.accounts.find("acc-1") == changed
        assert unit.accounts.history("acc-1") == [born, entry]


def test_nobody_is_found_in_an_empty_store(stage: AccountStage) -> None:
    with stage.work.read() as unit:
        assert unit.accounts.find("x") is None
        assert unit.accounts.of_user("x") is None
        assert unit.accounts.of_email(a_holder().email) is None
        assert unit.accounts.of_id_number(a_holder().id_number) is None
        assert unit.accounts.history("x") == []
        assert unit.officers.find("x") is None
        assert unit.officers.all() == []


@pytest.mark.parametrize(
    ("second", "error"),
    [
        pytest.param(
            a_seeding("acc-2", "b", a_holder(id_number="031190000002")), EmailTaken, id="e-mail"
        ),
        pytest.param(a_seeding("acc-2", "b", a_holder(email="b@a.vn")), IdNumberTaken, id="number"),
        pytest.param(
            a_seeding("acc-2", "a", a_holder(email="b@a.vn", id_number="031190000002")),
            UserNameTaken,
            id="user name",
        ),
    ],
)
def test_what_belongs_to_another_is_refused(
    stage: AccountStage, second: tuple[Account, object], error: type[RuleBroken]
) -> None:
    with stage.work.write() as unit:
        unit.accounts.add(*a_seeding("acc-1", "a"))

    with pytest.raises(error), stage.work.write() as unit:
        unit.accounts.add(*second)  # type: ignore[arg-type]

    with stage.work.read() as unit:
        assert unit.accounts.find("acc-2") is None


def test_a_unit_that_fails_leaves_nothing_behind(stage: AccountStage) -> None:
    def fail() -> None:
        with stage.work.write() as unit:
            unit.accounts.add(*a_seeding())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    with stage.work.read() as unit:
        assert unit.accounts.find("acc-1") is None


def test_officers_come_back_as_they_were_kept(stage: AccountStage) -> None:
    clerk = an_officer("thuly.14", OfficerRole.PROCESSING, OfficerRole.RETURNING)
    admin = an_officer("quantri", OfficerRole.ADMIN, unit=None)

    with stage.work.write() as unit:
        assert unit.officers.add(clerk)
        assert unit.officers.add(admin)
        assert not unit.officers.add(an_officer("quantri"))

    with stage.work.read() as unit:
        assert unit.officers.all() == [admin, clerk]
        assert unit.officers.find("quantri") == admin
