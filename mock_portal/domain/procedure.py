"""What a citizen can ask for, what it takes, how long it lasts and what it costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from mock_portal.domain.agency import Agency, AgencyLevel, Certainty
from mock_portal.domain.deadline import Term, WorkCalendar, due_at
from mock_portal.domain.errors import ChannelNotOffered, FeeNotFixed


class ServiceLevel(StrEnum):
    """How much of a procedure can be done online.

    Levels 1 to 4 until Decree 42/2022, words since [S]. Only levels 3 and 4 could be filed online
    on the city's portal [S: its FAQ].
    """

    INFORMATION = "information"
    PARTIAL = "partial"
    FULL = "full"

    @property
    def number(self) -> int:
        """Return the level as portals before 2022 numbered it: 2, 3 or 4."""
        return {"information": 2, "partial": 3, "full": 4}[self.value]

    @property
    def label(self) -> str:
        """Return the words used since 2022."""
        return {"information": "Cung cấp thông tin", "partial": "Một phần", "full": "Toàn trình"}[
            self.value
        ]

    @property
    def submittable_online(self) -> bool:
        """Tell whether a dossier may be filed online at this level."""
        return self is not ServiceLevel.INFORMATION


class Channel(StrEnum):
    """A way to hand a dossier in."""

    ONLINE = "online"
    POSTAL = "postal"
    DIRECT = "direct"

    @property
    def label(self) -> str:
        """Return the word that pages show."""
        return {"online": "Trực tuyến", "postal": "Bưu chính công ích", "direct": "Trực tiếp"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Fee:
    """What one channel costs: ``amount`` in whole đồng; ``None`` means *not known*, 0 means free.

    ``per`` says what the amount is for when it is not one dossier (``trang``, ``trường hợp``).
    """

    amount: int | None
    per: str | None = None
    note: str | None = None

    @property
    def is_known(self) -> bool:
        """Tell whether the source gives an amount."""
        return self.amount is not None

    @property
    def at_submission(self) -> int:
        """Return what is asked for when the dossier is filed, in đồng.

        A fee that is not known asks for nothing then (ours): the desk sets it after reception and
        the dossier waits for «thực hiện nghĩa vụ tài chính», a state of the real portals [S].
        """
        return self.amount or 0


@dataclass(frozen=True, slots=True)
class ChannelTerms:
    """How long and how dear a procedure is by one channel; ``term`` is ``None`` if none is set."""

    term: Term | None
    fee: Fee


@dataclass(frozen=True, slots=True)
class Component:
    """One paper of the dossier (thành phần hồ sơ).

    ``key`` is stable within the procedure («01»). ``form`` names the official form, if there is
    one. ``originals`` and ``copies`` are the numbers of papers that the counter takes.
    """

    key: str
    name: str
    form: str | None
    originals: int
    copies: int
    required: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Why the city does not take dossiers of a procedure, and where to go instead.

    ``who`` is the body that does; ``advice`` is a Vietnamese sentence for the page; ``successor``
    is the code of the procedure that replaced this one, if that is the reason.
    """

    who: str
    advice: str
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class ProcedureCertainty:
    """How well each group of a procedure's facts is known."""

    name: Certainty
    level: Certainty
    executor: Certainty
    term: Certainty
    fee: Certainty
    components: Certainty


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure of the national catalogue as this city offers it.

    ``field`` is the key of its ``Field``; ``levels`` are the tiers that execute it and
    ``former_levels`` those that did before 1 July 2025, where they differ. ``department`` is the
    code of the city's department in charge, if departments are one of the ``levels``.
    ``late_after`` is the hour after which a dossier counts as received on the next working day.
    """

    code: str
    name: str
    field: str
    service_level: ServiceLevel
    levels: tuple[AgencyLevel, ...]
    former_levels: tuple[AgencyLevel, ...]
    department: str | None
    channels: Mapping[Channel, ChannelTerms]
    components: tuple[Component, ...]
    notes: tuple[str, ...]
    result: str | None
    result_codes: tuple[str, ...]
    legal_basis: tuple[str, ...]
    decision: str | None
    late_after: time | None
    elsewhere: Elsewhere | None
    certainty: ProcedureCertainty

    @property
    def is_offered(self) -> bool:
        """Tell whether an agency of this city takes dossiers of it."""
        return self.elsewhere is None

    @property
    def submittable_online(self) -> bool:
        """Tell whether a page may show the button that files a dossier."""
        return (
            self.is_offered
            and self.service_level.submittable_online
            and Channel.ONLINE in self.channels
        )

    @property
    def required_components(self) -> tuple[Component, ...]:
        """Return the components without which a dossier is not complete."""
        return tuple(each for each in self.components if each.required)

    def component(self, key: str) -> Component | None:
        """Return the component with that key, or ``None``."""
        return next((each for each in self.components if each.key == key), None)

    def terms(self, channel: Channel) -> ChannelTerms:
        """Return what holds for a channel, or refuse one that is not offered."""
        try:
            return self.channels[channel]
        except KeyError:
            raise ChannelNotOffered(
                f"Thủ tục này không tiếp nhận qua hình thức {channel.label.lower()}. "
                "Hãy chọn một hình thức khác được nêu ở trang thủ tục.",
                {"procedure": self.code, "channel": channel},
            ) from None

    def fee_online(self) -> int:
        """Return the fee for filing online in whole đồng, or refuse when the source gives none.

        Ask ``terms(Channel.ONLINE).fee.at_submission`` for what to collect on filing.
        """
        amount = self.terms(Channel.ONLINE).fee.amount
        if amount is None:
            raise FeeNotFixed(
                "Mức phí, lệ phí do cơ quan giải quyết xác định sau khi tiếp nhận hồ sơ. "
                "Bạn sẽ được thông báo số tiền cần nộp.",
                {"procedure": self.code},
            )
        return amount

    def due_at(
        self, received_at: datetime, channel: Channel, calendar: WorkCalendar
    ) -> datetime | None:
        """Return when the result is due, or ``None`` for a procedure without a fixed term."""
        term = self.terms(channel).term
        if term is None:
            return None
        return due_at(received_at, term, calendar, late_after=self.late_after)

    def is_executed_by(self, agency: Agency) -> bool:
        """Tell whether that agency may receive a dossier of this procedure."""
        if not self.is_offered or not agency.active or agency.level not in self.levels:
            return False
        return agency.level is not AgencyLevel.DEPARTMENT or agency.code == self.department
