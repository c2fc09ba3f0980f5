"""Kinds of agencies and the tiers they belong to."""

import pytest

from mock_portal.domain.agency import AgencyKind, AgencyLevel


@pytest.mark.parametrize(
    ("kind", "label", "level"),
    [
        (AgencyKind.DEPARTMENT, "Sở, ban, ngành", AgencyLevel.DEPARTMENT),
        (AgencyKind.WARD, "Phường", AgencyLevel.COMMUNE),
        (AgencyKind.COMMUNE, "Xã", AgencyLevel.COMMUNE),
        (AgencyKind.SPECIAL_ZONE, "Đặc khu", AgencyLevel.COMMUNE),
        (AgencyKind.FORMER_DISTRICT, "Quận, huyện (trước 01/7/2025)", AgencyLevel.DISTRICT),
    ],
)
def test_every_kind_has_a_word_and_a_tier(kind: AgencyKind, label: str, level: AgencyLevel) -> None:
    assert (kind.label, kind.level) == (label, level)


def test_every_tier_has_its_own_words() -> None:
    labels = [each.label for each in AgencyLevel]

    assert len(set(labels)) == len(labels)
    assert AgencyLevel.COMMUNE.label == "Cấp xã"
