"""Who one is: user name and password against a bank's door."""

from mock_bank.domain.account import Customer
from mock_bank.domain.door import Door, DoorState
from mock_bank.domain.errors import SignInLocked, WrongSignIn
from mock_bank.domain.profile import BankProfile
from mock_bank.ports import Passwords, Work
from simkit.core.clock import ICT, Clock


class Gate:
    """Lets customers into internet banking and into the interface for transfers."""

    def __init__(self, work: Work, clock: Clock, passwords: Passwords) -> None:
        """Take the ports."""
        self._work = work
        self._clock = clock
        self._passwords = passwords

    def enter(self, bank: BankProfile, user: str, password: str) -> Customer:
        """Return the customer, or refuse; wrong passwords in a row lock the door for a while."""
        with self._work.read() as unit:
            customer = unit.customers.find(bank.code, user)
            door = unit.customers.door(bank.code, user).at(self._clock.now())
        if door.state is DoorState.LOCKED:
            raise locked(door)
        # Costs memory and time on purpose, so it is done before the one writer is held up.
        right = self._passwords.matches(password, customer.password if customer else None)
        with self._work.write() as unit:
            now = self._clock.now()
            door = unit.customers.door(bank.code, user).at(now)
            if door.state is DoorState.OPEN:
                door = door.knock(now, bank.door, right=right)
                unit.customers.put_door(bank.code, user, door)
        if door.state is DoorState.LOCKED:
            raise locked(door)
        if customer is None or not right:
            raise wrong(bank, door)
        return customer


def wrong(bank: BankProfile, door: Door) -> WrongSignIn:
    """Return the refusal of a password that does not fit, with the tries that are left."""
    left = bank.door.most_misses - door.misses
    what = "số điện thoại hoặc mã PIN" if bank.is_wallet else "tên đăng nhập hoặc mật khẩu"
    return WrongSignIn(
        f"Sai {what}. Hãy kiểm tra và nhập lại. Quý khách còn {left} lần nhập.",
        {"tries_left": str(left)},
    )


def locked(door: Door) -> SignInLocked:
    """Return the refusal at a locked door, with the time when it opens."""
    until = door.until.astimezone(ICT) if door.until else None
    when = f"{until:%H:%M:%S ngày %d/%m/%Y}" if until else ""
    return SignInLocked(
        f"Đăng nhập đang tạm khóa do nhập sai nhiều lần. Hãy thử lại sau {when} "
        "hoặc dùng tài khoản khác.",
        {"until": until.isoformat(timespec="seconds") if until else ""},
    )
