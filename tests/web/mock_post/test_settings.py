"""What the post is told when it starts."""

from pathlib import Path

from mock_post.app import open_with
from mock_post.settings import Settings
from simkit.core.settings import HouseSettings


def test_the_house_opens_with_the_settings_that_all_houses_share(tmp_path: Path) -> None:
    house = open_with(HouseSettings(data=tmp_path, durable=False))

    health = house.flask.test_client().get("/_sim/health").json

    house.close()
    assert health is not None
    assert health["house"] == "post"


def test_the_environment_names_the_folder_of_worlds(tmp_path: Path) -> None:
    assert Settings.from_env({"MOTCUA_DATA": str(tmp_path)}).house.data == tmp_path
    assert Settings.from_env({}).house.data is None


def test_the_environment_names_the_customers() -> None:
    env = {"MOTCUA_POST_CUSTOMERS": "H24, H23,"}

    assert Settings.from_env(env).customers == ("H24", "H23")
    assert Settings.from_env({}).customers == ("H24",)
