"""The order of steps of a procedure, told to the citizen («Trình tự thực hiện»).

The catalogue's own wording of the steps is not at hand, so they are told after the law on one-stop
service (hand in – receive – process – pay – get the result) with what is known of the procedure.
"""

from dataclasses import dataclass

from mock_portal.domain.procedure import Channel, Procedure

_WAYS = {
    Channel.ONLINE: "trực tuyến trên Cổng Dịch vụ công",
    Channel.POSTAL: "qua dịch vụ bưu chính công ích",
    Channel.DIRECT: "trực tiếp tại bộ phận Một cửa",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: who does it and what happens; ``title`` is short."""

    title: str
    text: str


def sequence_of(procedure: Procedure) -> tuple[Step, ...]:
    """Return the steps in their order, from the papers to the result; none if not offered here."""
    if not procedure.is_offered:
        return ()
    return (
        Step("Chuẩn bị hồ sơ", _papers(procedure)),
        Step("Nộp hồ sơ", f"Nộp hồ sơ {_ways(procedure)}."),
        Step(
            "Tiếp nhận",
            "Cán bộ một cửa kiểm tra hồ sơ. Hồ sơ hợp lệ được cấp mã số và hẹn ngày trả kết quả; "
            "hồ sơ chưa hợp lệ được trả lời kèm lý do.",
        ),
        Step("Giải quyết", _term(procedure)),
        *_fee(procedure),
        Step(
            "Nhận kết quả",
            "Nhận kết quả tại nơi nộp hồ sơ hoặc tại nhà qua dịch vụ bưu chính công ích, "
            "khi nhận chỉ cần cung cấp mã số hồ sơ.",
        ),
    )


def _papers(procedure: Procedure) -> str:
    needed, all_of_them = len(procedure.required_components), len(procedure.components)
    if not all_of_them:
        return "Thủ tục này không quy định thành phần hồ sơ phải nộp kèm."
    if needed == all_of_them:
        return f"Chuẩn bị đủ {needed} loại giấy tờ nêu ở mục Thành phần hồ sơ."
    return (
        f"Chuẩn bị {needed} loại giấy tờ bắt buộc trong {all_of_them} loại nêu ở mục "
        "Thành phần hồ sơ; loại còn lại nộp theo từng trường hợp."
    )


def _ways(procedure: Procedure) -> str:
    """Return the ways that are open, as one phrase; the counter is open always."""
    closed = set() if procedure.submittable_online else {Channel.ONLINE}
    ways = [_WAYS[each] for each in Channel if each in procedure.channels and each not in closed]
    *first, last = ways or [_WAYS[Channel.DIRECT]]
    return f"{', '.join(first)} hoặc {last}" if first else last


def _term(procedure: Procedure) -> str:
    terms = [each.term for each in procedure.channels.values() if each.term is not None]
    if not terms:
        return "Cơ quan có thẩm quyền xem xét, giải quyết hồ sơ; thời hạn theo giấy hẹn."
    labels = list(dict.fromkeys(each.label.lower() for each in terms))
    depends = ", tuỳ hình thức nộp" if len(labels) > 1 else ""
    return (
        "Cơ quan có thẩm quyền xem xét, giải quyết hồ sơ. "
        f"Thời hạn giải quyết: {' hoặc '.join(labels)}{depends}."
    )


def _fee(procedure: Procedure) -> tuple[Step, ...]:
    fees = [each.fee for each in procedure.channels.values()]
    if fees and all(each.amount == 0 for each in fees):
        return ()
    return (
        Step(
            "Nộp phí, lệ phí",
            "Thanh toán trực tuyến qua Cổng thanh toán Quốc Gia, hoặc nộp tại bộ phận Một cửa.",
        ),
    )
