"""What each deviation of a signature is called, and what a developer is told to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One deviation: a stable name, the field or figure that it is about, a Vietnamese sentence."""

    code: str
    field: str
    sentence: str


_LIBRARY = (
    "Bên gửi mã hóa URL theo cách của {}; hãy mã hóa khoảng trắng thành +,"
    " ký tự đặc biệt thành %XX."
)

SENTENCES: Mapping[str, str] = {
    # the signature itself
    "signature-empty": "Thiếu chữ ký: trường {field} trống.",
    "signature-unreadable": (
        "Giá trị của {field} không phải chuỗi băm dạng hex: hãy gửi kết quả băm dưới dạng hex."
    ),
    "signature-length": (
        "Chữ ký dài {field} chữ số hex, không thuật toán nào cho độ dài đó: hãy kiểm tra xem"
        " có bị cắt hoặc ghép thêm."
    ),
    "signature-cut": (
        "Chữ ký bị cắt còn {field} chữ số hex: hãy gửi đủ, và kiểm tra độ dài cột lưu chữ ký."
    ),
    "signature-padded": (
        "Giá trị của {field} có khoảng trắng hoặc dấu xuống dòng ở hai đầu: hãy cắt bỏ trước"
        " khi gửi."
    ),
    "hex-upper-case": "Chữ ký viết bằng chữ số hex hoa: hãy đổi sang chữ thường.",
    "hex-with-dashes": (
        "Chữ ký có dấu gạch nối giữa các byte (BitConverter.ToString của .NET): hãy bỏ dấu"
        " gạch nối."
    ),
    "digest-base64": "Chữ ký ở dạng Base64: hãy đổi kết quả băm sang hex.",
    "algorithm-md5": "Bên gửi dùng MD5, quy tắc này cần {field}: hãy đổi thuật toán.",
    "algorithm-sha1": "Bên gửi dùng SHA-1, quy tắc này cần {field}: hãy đổi thuật toán.",
    "algorithm-sha256": "Bên gửi dùng SHA-256, quy tắc này cần {field}: hãy đổi thuật toán.",
    "algorithm-sha512": "Bên gửi dùng SHA-512, quy tắc này cần {field}: hãy đổi thuật toán.",
    # which secret
    "secret-trimmed": (
        "Bên gửi đã cắt khoảng trắng ở hai đầu khóa bí mật, còn khóa đã đăng ký có khoảng"
        " trắng: hãy đăng ký lại khóa."
    ),
    "secret-newline": (
        "Khóa bí mật của bên gửi có dấu xuống dòng ở cuối: hãy cắt bỏ khi đọc khóa từ tệp."
    ),
    "secret-crlf": (
        "Khóa bí mật của bên gửi có dấu xuống dòng kiểu Windows ở cuối: hãy cắt bỏ khi đọc"
        " khóa từ tệp."
    ),
    "secret-space": "Khóa bí mật của bên gửi có khoảng trắng ở cuối: hãy cắt bỏ.",
    "secret-quoted": (
        "Khóa bí mật của bên gửi còn nguyên dấu ngoặc kép: hãy bỏ dấu ngoặc trong tệp cấu hình."
    ),
    "secret-upper": "Bên gửi đã đổi khóa bí mật thành chữ hoa: hãy dùng đúng khóa đã cấp.",
    "secret-lower": "Bên gửi đã đổi khóa bí mật thành chữ thường: hãy dùng đúng khóa đã cấp.",
    "secret-from-hex": "Bên gửi đã giải mã hex khóa bí mật: hãy dùng nguyên chuỗi khóa.",
    "secret-from-base64": "Bên gửi đã giải mã Base64 khóa bí mật: hãy dùng nguyên chuỗi khóa.",
    # where the secret goes
    "secret-last": "Bên gửi nối khóa bí mật vào cuối chuỗi: quy tắc này không làm như vậy.",
    "secret-first": "Bên gửi đặt khóa bí mật ở đầu chuỗi: quy tắc này không làm như vậy.",
    "secret-missing": "Bên gửi băm mà không có khóa bí mật: hãy thêm khóa theo quy tắc.",
    "secret-hmac": (
        "Bên gửi dùng HMAC với khóa bí mật: quy tắc này băm thường, khóa nằm trong chuỗi."
    ),
    "secret-glued": "Bên gửi nối khóa bí mật vào cuối mà không có dấu ngăn cách.",
    "secret-closed": "Bên gửi thêm một dấu ngăn cách sau khóa bí mật ở cuối: hãy bỏ dấu đó.",
    "secret-text-and-key": (
        "Bên gửi vừa nối khóa bí mật vào chuỗi vừa dùng làm khóa HMAC: chỉ làm một trong hai"
        " theo quy tắc."
    ),
    # how values are spelt
    "space-percent-20": "Bên gửi mã hóa khoảng trắng thành %20: quy tắc này cần dấu +.",
    "space-plus": (
        "Bên gửi băm với dấu + cho khoảng trắng, nhưng địa chỉ gửi đến lại có %20: hãy gửi"
        " đúng chuỗi đã băm."
    ),
    "not-encoded": (
        "Bên gửi băm giá trị chưa mã hóa URL: hãy mã hóa từng tên và giá trị trước khi băm."
    ),
    "double-encoded": "Bên gửi mã hóa URL hai lần trước khi băm: chỉ mã hóa một lần.",
    "escapes-lower-case": "Bên gửi viết %xx bằng chữ thường khi băm: hãy viết hoa, ví dụ %3A.",
    "values-encoded": (
        "Bên gửi mã hóa URL giá trị (khoảng trắng thành +) trước khi băm: quy tắc này băm giá"
        " trị gốc."
    ),
    "values-encoded-20": (
        "Bên gửi mã hóa URL giá trị (khoảng trắng thành %20) trước khi băm: quy tắc này băm"
        " giá trị gốc."
    ),
    "encoder-python": _LIBRARY.format("Python quote_plus"),
    "encoder-node-java": _LIBRARY.format("Node URLSearchParams hoặc Java URLEncoder (để nguyên *)"),
    "encoder-php": _LIBRARY.format("PHP urlencode (~ thành %7E)"),
    "encoder-dotnet": _LIBRARY.format(".NET WebUtility (để nguyên ( ) * !)"),
    "encoder-dotnet-lower": _LIBRARY.format(".NET HttpUtility (%xx viết thường)"),
    "encoder-uri-component": _LIBRARY.format("encodeURIComponent (để nguyên ( ) * ! ~ ')"),
    "encoder-uri-component-20": _LIBRARY.format(
        "encodeURIComponent (để nguyên ( ) * ! ~ ', khoảng trắng thành %20)"
    ),
    "encoder-rfc3986": _LIBRARY.format("RFC 3986 (khoảng trắng thành %20)"),
    "encoder-slash-raw": _LIBRARY.format("Python quote (để nguyên /, khoảng trắng thành %20)"),
    # values
    "amount-times-100": (
        "Bên gửi băm số tiền {field} đã nhân 100 so với số đã gửi: hãy băm đúng số đã gửi."
    ),
    "amount-not-times-100": (
        "Bên gửi băm số tiền {field} chưa nhân 100 so với số đã gửi: hãy băm đúng số đã gửi."
    ),
    "amount-one-decimal": (
        "Bên gửi băm số tiền {field} có đuôi .0 (kiểu số thực): hãy dùng số nguyên."
    ),
    "amount-two-decimals": "Bên gửi băm số tiền {field} có đuôi .00: hãy dùng số nguyên.",
    "amount-commas": (
        "Bên gửi băm số tiền {field} có dấu phẩy ngăn cách hàng nghìn: hãy bỏ dấu phẩy."
    ),
    "amount-dots": "Bên gửi băm số tiền {field} có dấu chấm ngăn cách hàng nghìn: hãy bỏ dấu chấm.",
    "charset-us-ascii": (
        "Bên gửi đổi chuỗi sang US-ASCII nên chữ có dấu thành dấu ?: hãy dùng UTF-8."
    ),
    "charset-latin-1": "Bên gửi đọc byte UTF-8 như Latin-1 rồi mới băm: hãy dùng UTF-8 ở mọi bước.",
    "unicode-composed": (
        "Bên gửi băm chữ Việt dựng sẵn (NFC) nhưng gửi dạng tổ hợp (NFD): hãy chuẩn hóa về"
        " NFC trước cả hai."
    ),
    "unicode-decomposed": (
        "Bên gửi băm chữ Việt tổ hợp (NFD) nhưng gửi dạng dựng sẵn (NFC): hãy chuẩn hóa về"
        " NFC trước cả hai."
    ),
    "accents-removed": (
        "Bên gửi bỏ dấu tiếng Việt khi băm nhưng gửi đi có dấu: hãy băm đúng giá trị đã gửi."
    ),
    "values-trimmed": (
        "Bên gửi cắt khoảng trắng ở hai đầu giá trị khi băm nhưng gửi đi còn nguyên: hãy băm"
        " đúng giá trị đã gửi."
    ),
    # which fields
    "empty-kept": "Bên gửi băm cả trường trống: quy tắc này bỏ trường trống.",
    "empty-dropped": (
        "Bên gửi bỏ trường trống khi băm: quy tắc này giữ trường trống giữa hai dấu |."
    ),
    "unknown-dropped": "Bên gửi chỉ băm các trường mình biết: hãy băm mọi trường đã gửi.",
    "all-as-sent": (
        "Bên gửi băm mọi trường đã gửi theo thứ tự gửi: hãy chỉ băm các trường của quy tắc,"
        " đúng thứ tự."
    ),
    "signature-included-empty": (
        "Bên gửi đưa cả trường chữ ký (còn trống) vào chuỗi băm: hãy bỏ trường đó."
    ),
    "field-extra": "Bên gửi băm thừa trường {field}: trường này không nằm trong chuỗi băm.",
    "field-missing": "Bên gửi băm thiếu trường {field}.",
    # order
    "order-as-sent": "Bên gửi băm các trường theo thứ tự gửi: hãy xếp theo thứ tự của quy tắc.",
    "order-declared": (
        "Bên gửi băm các trường theo thứ tự trong tài liệu: hãy xếp theo tên tăng dần."
    ),
    "order-sorted": "Bên gửi xếp các trường theo tên: quy tắc này có thứ tự riêng.",
    "order-swapped": "Bên gửi đổi chỗ trường {field} với trường liền sau.",
    # joining
    "trailing-separator": "Bên gửi để thừa một dấu ngăn cách ở cuối phần giá trị: hãy bỏ dấu đó.",
    "no-separator": "Bên gửi nối các giá trị mà không có dấu ngăn cách.",
    "question-mark": "Bên gửi băm cả dấu ? ở đầu chuỗi truy vấn: hãy bỏ dấu đó.",
    "values-by-pipe": (
        "Bên gửi chỉ nối giá trị bằng dấu |: quy tắc này băm tên=giá trị nối bằng dấu &."
    ),
    "names-included": (
        "Bên gửi băm tên=giá trị nối bằng dấu &: quy tắc này chỉ băm giá trị, nối bằng dấu |."
    ),
    "names-included-pipe": "Bên gửi băm cả tên trường: quy tắc này chỉ băm giá trị.",
}


def sentence_of(code: str, field: str = "") -> str:
    """Return the Vietnamese sentence of a deviation."""
    return SENTENCES[code].replace("{field}", field)
