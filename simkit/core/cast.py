"""The invented people that every world starts with. Written by ``tools/make_cast.py``.

Names come from Faker, numbers are valid in form; none is taken from a real document.
"""

from datetime import date

from simkit.core.people import Person

CAST: tuple[Person, ...] = (
    Person(
        full_name="Hoàng Nam Nhiên",
        woman=False,
        born=date(1957, 6, 3),
        id_number="031057991356",
        phone="0770232725",
        email="nhien.hoang.991356@hop-thu.example",
        address="Số 469 Nguyễn Du",
        user="nhien.hoang.991356",
        password="Thu-809586-aA",  # noqa: S106 -- invented, for everybody to read
    ),
    Person(
        full_name="Lê Dương Mai",
        woman=True,
        born=date(1959, 7, 30),
        id_number="031159182292",
        phone="0855519485",
        email="mai.le.182292@hop-thu.example",
        address="12/658 Phạm Ngũ Lão",
        user="mai.le.182292",
        password="Thu-994220-aA",  # noqa: S106 -- invented, for everybody to read
    ),
    Person(
        full_name="Bùi Ngọc",
        woman=True,
        born=date(1981, 12, 1),
        id_number="031181342093",
        phone="0365707231",
        email="ngoc.bui.342093@hop-thu.example",
        address="Số 39 Tôn Đức Thắng",
        user="ngoc.bui.342093",
        password="Thu-773033-aA",  # noqa: S106 -- invented, for everybody to read
    ),
    Person(
        full_name="Đặng Dũng Tú",
        woman=False,
        born=date(1989, 6, 9),
        id_number="031089964198",
        phone="0363866902",
        email="tu.dang.964198@hop-thu.example",
        address="3/19/142 Hẻm 34 đường số 6",
        user="tu.dang.964198",
        password="Thu-366448-aA",  # noqa: S106 -- invented, for everybody to read
    ),
    Person(
        full_name="Dương Ngọc Chi",
        woman=True,
        born=date(1963, 5, 26),
        id_number="031163558189",
        phone="0788425659",
        email="chi.duong.558189@hop-thu.example",
        address="Số 8 Trường Chinh",
        user="chi.duong.558189",
        password="Thu-039231-aA",  # noqa: S106 -- invented, for everybody to read
    ),
    Person(
        full_name="Phạm Ngọc Mai",
        woman=True,
        born=date(1989, 5, 5),
        id_number="031189859219",
        phone="0590720072",
        email="mai.pham.859219@hop-thu.example",
        address="7/59 Đường số 9",
        user="mai.pham.859219",
        password="Thu-624794-aA",  # noqa: S106 -- invented, for everybody to read
    ),
    Person(
        full_name="Bùi Hồng Duyên",
        woman=True,
        born=date(1976, 5, 11),
        id_number="031176427646",
        phone="0909645848",
        email="duyen.bui.427646@hop-thu.example",
        address="Số 76 Phố Tự Do",
        user="duyen.bui.427646",
        password="Thu-258335-aA",  # noqa: S106 -- invented, for everybody to read
    ),
    Person(
        full_name="Dương Vũ Quang",
        woman=False,
        born=date(1978, 4, 15),
        id_number="031078192566",
        phone="0763838458",
        email="quang.duong.192566@hop-thu.example",
        address="Số 5/39/648 Khu 19 Lý Chính Thắng",
        user="quang.duong.192566",
        password="Thu-871704-aA",  # noqa: S106 -- invented, for everybody to read
    ),
    Person(
        full_name="Hoàng Phúc Quang",
        woman=False,
        born=date(2001, 6, 14),
        id_number="031201436333",
        phone="0352829514",
        email="quang.hoang.436333@hop-thu.example",
        address="Số 668 Lê Văn Việt",
        user="quang.hoang.436333",
        password="Thu-227282-aA",  # noqa: S106 -- invented, for everybody to read
    ),
    Person(
        full_name="Trần Vi Duyên",
        woman=True,
        born=date(2001, 3, 4),
        id_number="031301241284",
        phone="0817695235",
        email="duyen.tran.241284@hop-thu.example",
        address="Số 1/12 đường Hùng Vương",
        user="duyen.tran.241284",
        password="Thu-152042-aA",  # noqa: S106 -- invented, for everybody to read
    ),
    Person(
        full_name="Lê Vi Thảo",
        woman=True,
        born=date(1985, 7, 25),
        id_number="031185835965",
        phone="0920927910",
        email="thao.le.835965@hop-thu.example",
        address="4 Hẻm 77 phố Phạm Văn Đồng",
        user="thao.le.835965",
        password="Thu-294747-aA",  # noqa: S106 -- invented, for everybody to read
    ),
    Person(
        full_name="Hoàng Thành Anh",
        woman=False,
        born=date(1959, 2, 7),
        id_number="031059480476",
        phone="0779268182",
        email="anh.hoang.480476@hop-thu.example",
        address="4/42/658 Khu 31 phố Bạch Đằng",
        user="anh.hoang.480476",
        password="Thu-707990-aA",  # noqa: S106 -- invented, for everybody to read
    ),
)
