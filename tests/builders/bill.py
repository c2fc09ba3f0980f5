"""Receipt data (ThongTinBienLai) for tests: say only what the test is about."""

from typing import Any

_PAYER = {
    "NoiDungThanhToan": "Thanh toán lệ phí hồ sơ H24.15-261123-0001",
    "HoTenNguoiNop": "Đỗ Thị Mẫu",
    "SoCMNDNguoiNop": "031190000123",
    "DiaChiNguoiNop": "Số 12 đường Ví Dụ, phường Mẫu",
    "MaCoQuanQD": "H24.15",
    "TenCoQuanQD": "Ủy ban nhân dân phường Mẫu",
    "HuyenNguoiNop": "Quận Thử",
    "TinhNguoiNop": "Thành phố Hải Phòng",
    "DSKhoanNop": [{"NoiDung": "Lệ phí hồ sơ", "SoTien": "150000"}],
}


def a_line(kind: object, amount: object) -> dict[str, object]:
    """Return one charge or fee."""
    return {
        "LoaiPhiLePhi": kind,
        "MaPhiLePhi": "LP-01",
        "TenPhiLePhi": "Lệ phí đăng ký hộ kinh doanh",
        "SoTien": amount,
    }


def an_item(amount: object) -> dict[str, object]:
    """Return one item of what is paid."""
    return {"NoiDung": "Khoản nộp", "SoTien": amount}


def a_fee_bill(**changes: object) -> dict[str, Any]:
    """Return the receipt data of a fee of 150,000 đồng, as real clients send it: two lines."""
    return {
        "MaDichVu": "2",
        "MaDonVi": "H24.15",
        "TenDonVi": "Ủy ban nhân dân phường Mẫu",
        "MaHoSo": "H24.15-261123-0001",
        "MaDVC": "1.001612.01",
        "TenDVC": "Đăng ký thành lập hộ kinh doanh",
        "MaTTHC": "1.001612",
        "TenTTHC": "Đăng ký thành lập hộ kinh doanh",
        "TKThuHuong": "3949.0.1052147.00000",
        "MaNHThuHuong": "KBNN",
        "TenTKThuHuong": "Kho bạc Nhà nước (mô phỏng)",
        "PhiLePhi": [a_line("1", "0"), a_line("2", "150000")],
        **_PAYER,
        **changes,
    }


def a_fine_bill(**changes: object) -> dict[str, Any]:
    """Return the receipt data of a fine of 150,000 đồng."""
    return {
        "MaDichVu": "1",
        "MaLoaiHinhThuPhat": "GT",
        "TenLoaiHinhThuPhat": "Xử phạt vi phạm giao thông",
        "KhoBac": "Kho bạc Nhà nước (mô phỏng)",
        "NgayQD": "20261123",
        "SoQD": "0012/QĐ-XPVPHC",
        "ThoiGianViPham": "08:30 ngày 20/11/2026",
        "DiaDiemViPham": "Ngã tư Ví Dụ",
        "TenNguoiViPham": "Đỗ Thị Mẫu",
        "TaiKhoanThuNSNN": "7111",
        **_PAYER,
        **changes,
    }
