"""What the phone is told when it starts."""

from pathlib import Path

from mock_phone.app import open_with
from mock_phone.settings import Settings
from simkit.core.settings import HouseSettings


def test_the_house_opens_with_the_settings_that_all_houses_share(tmp_path: Path) -> None:
    house = open_with(HouseSettings(data=tmp_path, durable=False))

    health = house.flask.test_client().get("/_sim/health").json

    house.close()
    assert health is not None
    assert health["house"] == "phone"


def test_the_environment_names_the_folder_of_worlds(tmp_path: Path) -> None:
    assert Settings.from_env({"MOTCUA_DATA": str(tmp_path)}).house.data == tmp_path
    assert Settings.from_env({}).house.data is None
