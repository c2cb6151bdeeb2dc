extension SampleTitles {
  /// Stories and poems by Vietnamese authors.
  static let vietnamese = """
    Dế Mèn phiêu lưu ký|Tô Hoài|TN||Kim Đồng
    Võ sĩ Bọ Ngựa|Tô Hoài|TN||Kim Đồng
    O chuột|Tô Hoài|TN||Kim Đồng
    Đảo hoang|Tô Hoài|TN||Kim Đồng
    Chuyện nỏ thần|Tô Hoài|TN||Kim Đồng
    Nhà Chử|Tô Hoài|TN||Kim Đồng
    Đàn chim gáy|Tô Hoài|TN||Kim Đồng
    Chim chích lạc rừng|Tô Hoài|TN||Kim Đồng
    Kim Đồng|Tô Hoài|TN||Kim Đồng
    Vừ A Dính|Tô Hoài|TN||Kim Đồng
    Đám cưới chuột|Tô Hoài|TN||Kim Đồng
    Cá đi ăn thề|Tô Hoài|TN||Kim Đồng
    Hai ông cháu và đàn trâu|Tô Hoài|TN||Kim Đồng
    Quê nội|Võ Quảng|TN||Kim Đồng
    Tảng sáng|Võ Quảng|TN||Kim Đồng
    Gà mái hoa|Võ Quảng|TN||Kim Đồng
    Anh Đom Đóm|Võ Quảng|TN||Kim Đồng
    Cái Mai|Võ Quảng|TN||Kim Đồng
    Những chiếc áo ấm|Võ Quảng|TN||Kim Đồng
    Bài học tốt|Võ Quảng|TN||Kim Đồng
    Thấy cái hoa nở|Võ Quảng|TN||Kim Đồng
    Nắng sớm|Võ Quảng|TN||Kim Đồng
    Măng tre|Võ Quảng|TN||Kim Đồng
    Chỗ cây đa làng|Võ Quảng|TN||Kim Đồng
    Chuyện hoa chuyện quả|Phạm Hổ|TN||Kim Đồng
    Chú bò tìm bạn|Phạm Hổ|TN||Kim Đồng
    Những người bạn im lặng|Phạm Hổ|TN||Kim Đồng
    Những người bạn ồn ào|Phạm Hổ|TN||Kim Đồng
    Cất nhà giữa hồ|Phạm Hổ|TN||Kim Đồng
    Ngựa thần từ đâu đến|Phạm Hổ|TN||Kim Đồng
    Mẹ, mẹ ơi, cô bảo|Phạm Hổ|TN||Kim Đồng
    Bạn trong vườn|Phạm Hổ|TN||Kim Đồng
    Chú vịt bông|Phạm Hổ|TN||Kim Đồng
    Góc sân và khoảng trời|Trần Đăng Khoa|TN
    Khúc hát người anh hùng|Trần Đăng Khoa|TN
    Đảo chìm|Trần Đăng Khoa|TN
    Đất rừng phương Nam|Đoàn Giỏi|TN||Kim Đồng
    Cá bống mú|Đoàn Giỏi|TN||Kim Đồng
    Những chuyện lạ về cá|Đoàn Giỏi|TN||Kim Đồng
    Tê giác giữa ngàn xanh|Đoàn Giỏi|TN||Kim Đồng
    Cuộc truy tầm kho vũ khí|Đoàn Giỏi|TN||Kim Đồng
    Rừng đêm xào xạc|Đoàn Giỏi|TN||Kim Đồng
    Lá cờ thêu sáu chữ vàng|Nguyễn Huy Tưởng|TN||Kim Đồng
    An Dương Vương xây thành Ốc|Nguyễn Huy Tưởng|TN||Kim Đồng
    Kể chuyện Quang Trung|Nguyễn Huy Tưởng|TN||Kim Đồng
    Tìm mẹ|Nguyễn Huy Tưởng|TN||Kim Đồng
    Hai bàn tay chiến sĩ|Nguyễn Huy Tưởng|TN||Kim Đồng
    Con cóc là cậu ông giời|Nguyễn Huy Tưởng|TN||Kim Đồng
    Thằng Quấy|Nguyễn Huy Tưởng|TN||Kim Đồng
    Sao Sao|Vũ Hùng|TN||Kim Đồng
    Giữ lấy bầu mật|Vũ Hùng|TN||Kim Đồng
    Mùa săn trên núi|Vũ Hùng|TN||Kim Đồng
    Bầy voi đen|Vũ Hùng|TN||Kim Đồng
    Chú ngựa đồng cỏ|Vũ Hùng|TN||Kim Đồng
    Con culi của tôi|Vũ Hùng|TN||Kim Đồng
    Biển bạc|Vũ Hùng|TN||Kim Đồng
    Phía Tây Trường Sơn|Vũ Hùng|TN||Kim Đồng
    Người quản tượng và con voi chiến sĩ|Vũ Hùng|TN||Kim Đồng
    Vườn chim|Vũ Hùng|TN||Kim Đồng
    Sống giữa bầy voi|Vũ Hùng|TN||Kim Đồng
    Những kẻ lưu lạc|Vũ Hùng|TN||Kim Đồng
    Trăng nước Chương Dương|Hà Ân|TN
    Bên bờ Thiên Mạc|Hà Ân|TN
    Trên sông truyền hịch|Hà Ân|TN
    Tướng quân Nguyễn Chích|Hà Ân|TN
    Người Thăng Long|Hà Ân|TN
    Bầu trời trong quả trứng|Xuân Quỳnh|TN
    Bến tàu trong thành phố|Xuân Quỳnh|TN
    Mùa xuân trên cánh đồng|Xuân Quỳnh|TN
    Lời ru trên mặt đất|Xuân Quỳnh|TN
    Vẫn có ông trăng khác|Xuân Quỳnh|TN
    Miền xanh thẳm|Trần Hoài Dương|TN
    Em bé và bông hồng|Trần Hoài Dương|TN
    Cây lá đỏ|Trần Hoài Dương|TN
    Con đường nhỏ|Trần Hoài Dương|TN
    Cuộc phiêu lưu của những con chữ|Trần Hoài Dương|TN
    Hoa của biển|Trần Hoài Dương|TN
    Nắng phương Nam|Trần Hoài Dương|TN
    Làm mèo|Trần Đức Tiến|TN||Kim Đồng
    Xóm Bờ Giậu|Trần Đức Tiến|TN||Kim Đồng
    Dế mùa thu|Trần Đức Tiến|TN||Kim Đồng
    A lô!… Cậu đấy à?|Trần Đức Tiến|TN||Kim Đồng
    Trăng vùi trong cỏ|Trần Đức Tiến|TN||Kim Đồng
    Vừa nhắm mắt vừa mở cửa sổ|Nguyễn Ngọc Thuần|TN||Trẻ
    Một thiên nằm mộng|Nguyễn Ngọc Thuần|TN||Trẻ
    Giăng giăng tơ nhện|Nguyễn Ngọc Thuần|TN||Trẻ
    Trên đồi cao chăn bầy thiên sứ|Nguyễn Ngọc Thuần|TN||Trẻ
    Nhện ảo|Nguyễn Ngọc Thuần|TN||Trẻ
    Cây bàng không rụng lá|Phong Thu|TN
    Hoa mướp vàng|Phong Thu|TN
    Xe lu và xe ca|Phong Thu|TN
    Quả trứng vuông|Viết Linh|TN
    Ông Than Đá|Viết Linh|TN
    Văn Ngan tướng công|Vũ Tú Nam|TN
    Tuổi thơ dữ dội|Phùng Quán|TN
    Chiếc lược ngà|Nguyễn Quang Sáng|TN
    Dòng sông thơ ấu|Nguyễn Quang Sáng|TN
    Cái Tết của mèo con|Nguyễn Đình Thi|TN
    Những ngày thơ ấu|Nguyên Hồng|TN
    Đội du kích thiếu niên Đình Bảng|Xuân Sách|TN
    Sao Khuê lấp lánh|Nguyễn Đức Hiền|TN
    Búp sen xanh|Sơn Tùng|TN
    Bông sen vàng|Sơn Tùng|TN
    Bỏ trốn|Phan Thị Thanh Nhàn|TN
    Xóm đê ngày ấy|Phan Thị Thanh Nhàn|TN
    Cỏ may ngày xưa|Trần Thiên Hương|TN
    Ngôi nhà trong cỏ|Lý Lan|TN
    Bí mật giữa tôi và thằn lằn đen|Lý Lan|TN
    Nơi bình yên chim hót|Lý Lan|TN
    Chú đất nung|Nguyễn Kiên|TN
    Lớp học của anh Bồ Câu Trắng|Thy Ngọc|TN
    Tắc kè hoa|Phạm Đình Ân|TN
    Bí mật hồ cá thần|Nguyễn Quang Thiều|TN
    Con quỷ gỗ|Nguyễn Quang Thiều|TN
    Ngọn núi bà già mù|Nguyễn Quang Thiều|TN
    Chú bé có tài mở khóa|Nguyễn Quang Thân|TN
    Hỏi lá hỏi hoa|Cao Xuân Sơn|TN
    Cưỡi ngựa đi săn|Dương Thuấn|TN
    Dắt mùa thu vào phố|Nguyễn Hoàng Sơn|TN
    Bài ca trái đất|Định Hải|TN
    Chồng nụ chồng hoa|Định Hải|TN
    Giấc mơ buổi sáng|Nguyễn Lãm Thắng|TN
    Ra vườn nhặt nắng|Nguyễn Thế Hoàng Linh|TN
    Chó Bi, đời lưu lạc|Ma Văn Kháng|TN
    Côi cút giữa cảnh đời|Ma Văn Kháng|TN
    Từ giã tuổi thơ|Nguyễn Minh Châu|TN
    Những ngày lưu lạc|Nguyễn Minh Châu|TN
    Đảo đá kỳ lạ|Nguyễn Minh Châu|TN
    Mẹ vắng nhà|Nguyễn Thi|TN
    Tuổi thơ im lặng|Duy Khán|TN
    Hồi đó ở Sa Kỳ|Bùi Minh Quốc|TN
    Con chim joong bay từ A đến Z|Đỗ Tiến Thụy|TN
    Xa xóm mũi|Nguyễn Ngọc Tư|TN
    Sát Thát|Lê Vân|TN
    Tý Quậy, tập 1|Đào Hải|TN
    Tý Quậy, tập 2|Đào Hải|TN
    Tý Quậy, tập 3|Đào Hải|TN
    Tý Quậy, tập 4|Đào Hải|TN
    Tý Quậy, tập 5|Đào Hải|TN
    Chuyện xứ Lang Biang, phần 1: Pho tượng của Baltalon|Nguyễn Nhật Ánh|TN
    Chuyện xứ Lang Biang, phần 2: Biến cố ở trường Đămri|Nguyễn Nhật Ánh|TN
    Chuyện xứ Lang Biang, phần 3: Chủ nhân núi Lưng Chừng|Nguyễn Nhật Ánh|TN
    Chuyện xứ Lang Biang, phần 4: Báu vật ở lâu đài K’Rahlan|Nguyễn Nhật Ánh|TN
    Cho tôi xin một vé đi tuổi thơ|Nguyễn Nhật Ánh|TN||Trẻ
    Tôi thấy hoa vàng trên cỏ xanh|Nguyễn Nhật Ánh|TN||Trẻ
    Tôi là Bêtô|Nguyễn Nhật Ánh|TN||Trẻ
    Chú bé rắc rối|Nguyễn Nhật Ánh|TN||Trẻ
    Thằng quỷ nhỏ|Nguyễn Nhật Ánh|TN||Trẻ
    Trước vòng chung kết|Nguyễn Nhật Ánh|TN||Trẻ
    Bàn có năm chỗ ngồi|Nguyễn Nhật Ánh|TN||Trẻ
    Bong bóng lên trời|Nguyễn Nhật Ánh|TN||Trẻ
    Đảo mộng mơ|Nguyễn Nhật Ánh|TN||Trẻ
    Lá nằm trong lá|Nguyễn Nhật Ánh|TN||Trẻ
    Có hai con mèo ngồi bên cửa sổ|Nguyễn Nhật Ánh|TN||Trẻ
    Chúc một ngày tốt lành|Nguyễn Nhật Ánh|TN||Trẻ
    Bảy bước tới mùa hè|Nguyễn Nhật Ánh|TN||Trẻ
    Con chó nhỏ mang giỏ hoa hồng|Nguyễn Nhật Ánh|TN||Trẻ
    Cây chuối non đi giày xanh|Nguyễn Nhật Ánh|TN||Trẻ
    Cảm ơn người lớn|Nguyễn Nhật Ánh|TN||Trẻ
    Làm bạn với bầu trời|Nguyễn Nhật Ánh|TN||Trẻ
    Con chim xanh biếc bay về|Nguyễn Nhật Ánh|TN||Trẻ
    Ra bờ suối ngắm hoa kèn hồng|Nguyễn Nhật Ánh|TN||Trẻ
    Mùa hè không tên|Nguyễn Nhật Ánh|TN||Trẻ
    Những người hàng xóm|Nguyễn Nhật Ánh|TN||Trẻ
    Út Quyên và tôi|Nguyễn Nhật Ánh|TN||Trẻ
    Ngôi trường mọi khi|Nguyễn Nhật Ánh|TN||Trẻ
    Những cô em gái|Nguyễn Nhật Ánh|TN||Trẻ
    Kính vạn hoa: Nhà ảo thuật|Nguyễn Nhật Ánh|TN||Kim Đồng
    Kính vạn hoa: Những con gấu bông|Nguyễn Nhật Ánh|TN||Kim Đồng
    Kính vạn hoa: Thám tử nghiệp dư|Nguyễn Nhật Ánh|TN||Kim Đồng
    Kính vạn hoa: Ông thầy nóng tính|Nguyễn Nhật Ánh|TN||Kim Đồng
    Kính vạn hoa: Xin lỗi mày, Tai To|Nguyễn Nhật Ánh|TN||Kim Đồng
    Kính vạn hoa: Người bạn lạ lùng|Nguyễn Nhật Ánh|TN||Kim Đồng
    Kính vạn hoa: Bí mật kẻ trộm|Nguyễn Nhật Ánh|TN||Kim Đồng
    Kính vạn hoa: Bắt đền hoa sứ|Nguyễn Nhật Ánh|TN||Kim Đồng
    Kính vạn hoa: Con mả con ma|Nguyễn Nhật Ánh|TN||Kim Đồng
    Kính vạn hoa: Cô giáo Trinh|Nguyễn Nhật Ánh|TN||Kim Đồng
    Kính vạn hoa: Theo dấu chim ưng|Nguyễn Nhật Ánh|TN||Kim Đồng
    Kính vạn hoa: Tiền chuộc|Nguyễn Nhật Ánh|TN||Kim Đồng
    Kính vạn hoa: Khu vườn trên mái nhà|Nguyễn Nhật Ánh|TN||Kim Đồng
    Kính vạn hoa: Thủ môn bị từ chối|Nguyễn Nhật Ánh|TN||Kim Đồng
    Kính vạn hoa: Thi sĩ hạng ruồi|Nguyễn Nhật Ánh|TN||Kim Đồng
    Kính vạn hoa: Bên ngoài cửa lớp|Nguyễn Nhật Ánh|TN||Kim Đồng
    Kính vạn hoa: Hiệp sĩ ngủ ngày|Nguyễn Nhật Ánh|TN||Kim Đồng
    Kính vạn hoa: Tiết mục bất ngờ|Nguyễn Nhật Ánh|TN||Kim Đồng
    """

  /// Folk tales of Vietnam.
  static let folkTales = """
    Tấm Cám|Truyện dân gian Việt Nam|TN|1
    Thánh Gióng|Truyện dân gian Việt Nam|TN|1
    Sọ Dừa|Truyện dân gian Việt Nam|TN|1
    Thạch Sanh|Truyện dân gian Việt Nam|TN|1
    Cây tre trăm đốt|Truyện dân gian Việt Nam|TN|1
    Cây khế|Truyện dân gian Việt Nam|TN|1
    Sự tích trầu cau|Truyện dân gian Việt Nam|TN|1
    Sự tích dưa hấu|Truyện dân gian Việt Nam|TN|1
    Sự tích bánh chưng, bánh giầy|Truyện dân gian Việt Nam|TN|1
    Sơn Tinh, Thủy Tinh|Truyện dân gian Việt Nam|TN|1
    Con Rồng cháu Tiên|Truyện dân gian Việt Nam|TN|1
    Sự tích hồ Gươm|Truyện dân gian Việt Nam|TN|1
    Sự tích hồ Ba Bể|Truyện dân gian Việt Nam|TN|1
    Chử Đồng Tử|Truyện dân gian Việt Nam|TN|1
    Mỵ Châu – Trọng Thủy|Truyện dân gian Việt Nam|TN|1
    Trí khôn của ta đây|Truyện dân gian Việt Nam|TN|1
    Cóc kiện Trời|Truyện dân gian Việt Nam|TN|1
    Sự tích chú Cuội cung trăng|Truyện dân gian Việt Nam|TN|1
    Nàng tiên Ốc|Truyện dân gian Việt Nam|TN|1
    Em bé thông minh|Truyện dân gian Việt Nam|TN|1
    Sự tích con Dã Tràng|Truyện dân gian Việt Nam|TN|1
    Ai mua hành tôi|Truyện dân gian Việt Nam|TN|1
    Bốn anh tài|Truyện dân gian Việt Nam|TN|1
    Lọ nước thần|Truyện dân gian Việt Nam|TN|1
    Nàng út ống tre|Truyện dân gian Việt Nam|TN|1
    Sự tích cây vú sữa|Truyện dân gian Việt Nam|TN|1
    Sự tích cây nêu ngày Tết|Truyện dân gian Việt Nam|TN|1
    Sự tích ông Táo|Truyện dân gian Việt Nam|TN|1
    Sự tích con muỗi|Truyện dân gian Việt Nam|TN|1
    Sự tích chim đa đa|Truyện dân gian Việt Nam|TN|1
    Sự tích đá Vọng Phu|Truyện dân gian Việt Nam|TN|1
    Sự tích cây thì là|Truyện dân gian Việt Nam|TN|1
    Sự tích núi Ngũ Hành|Truyện dân gian Việt Nam|TN|1
    Đồng tiền Vạn Lịch|Truyện dân gian Việt Nam|TN|1
    Trương Chi|Truyện dân gian Việt Nam|TN|1
    Quan Âm Thị Kính|Truyện dân gian Việt Nam|TN|1
    Từ Thức gặp tiên|Truyện dân gian Việt Nam|TN|1
    Của Thiên trả Địa|Truyện dân gian Việt Nam|TN|1
    Chiếc áo tàng hình|Truyện dân gian Việt Nam|TN|1
    Cái cân thủy ngân|Truyện dân gian Việt Nam|TN|1
    Lấy chồng Dê|Truyện dân gian Việt Nam|TN|1
    Người lấy cóc|Truyện dân gian Việt Nam|TN|1
    Trạng Quỳnh|Truyện dân gian Việt Nam|TN|1
    Trạng Lợn|Truyện dân gian Việt Nam|TN|1
    Xiển Bột|Truyện dân gian Việt Nam|TN|1
    Chuyện bác Ba Phi|Truyện dân gian Việt Nam|TN|1
    Kho tàng truyện cổ tích Việt Nam, tập 1|Nguyễn Đổng Chi|TN
    Kho tàng truyện cổ tích Việt Nam, tập 2|Nguyễn Đổng Chi|TN
    Kho tàng truyện cổ tích Việt Nam, tập 3|Nguyễn Đổng Chi|TN
    Kho tàng truyện cổ tích Việt Nam, tập 4|Nguyễn Đổng Chi|TN
    Kho tàng truyện cổ tích Việt Nam, tập 5|Nguyễn Đổng Chi|TN
    """
}
