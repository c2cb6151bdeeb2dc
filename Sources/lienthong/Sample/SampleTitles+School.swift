extension SampleTitles {
  /// Textbooks, by grade.
  static let textbooks = """
    Tiếng Việt 1, tập một (Kết nối tri thức với cuộc sống)|Bùi Mạnh Hùng|SGK|1|Giáo dục Việt Nam
    Tiếng Việt 1, tập hai (Kết nối tri thức với cuộc sống)|Bùi Mạnh Hùng|SGK|1|Giáo dục Việt Nam
    Toán 1, tập một (Kết nối tri thức với cuộc sống)|Hà Huy Khoái|SGK|1|Giáo dục Việt Nam
    Toán 1, tập hai (Kết nối tri thức với cuộc sống)|Hà Huy Khoái|SGK|1|Giáo dục Việt Nam
    Đạo đức 1 (Kết nối tri thức với cuộc sống)||SGK|1|Giáo dục Việt Nam
    Tự nhiên và Xã hội 1 (Kết nối tri thức với cuộc sống)|Vũ Văn Hùng|SGK|1|Giáo dục Việt Nam
    Âm nhạc 1 (Kết nối tri thức với cuộc sống)||SGK|1|Giáo dục Việt Nam
    Mĩ thuật 1 (Kết nối tri thức với cuộc sống)||SGK|1|Giáo dục Việt Nam
    Hoạt động trải nghiệm 1 (Kết nối tri thức với cuộc sống)||SGK|1|Giáo dục Việt Nam
    Giáo dục thể chất 1 (Kết nối tri thức với cuộc sống)||SGK|1|Giáo dục Việt Nam
    Tiếng Việt 2, tập một (Kết nối tri thức với cuộc sống)|Bùi Mạnh Hùng|SGK|2|Giáo dục Việt Nam
    Tiếng Việt 2, tập hai (Kết nối tri thức với cuộc sống)|Bùi Mạnh Hùng|SGK|2|Giáo dục Việt Nam
    Toán 2, tập một (Kết nối tri thức với cuộc sống)|Hà Huy Khoái|SGK|2|Giáo dục Việt Nam
    Toán 2, tập hai (Kết nối tri thức với cuộc sống)|Hà Huy Khoái|SGK|2|Giáo dục Việt Nam
    Đạo đức 2 (Kết nối tri thức với cuộc sống)||SGK|2|Giáo dục Việt Nam
    Tự nhiên và Xã hội 2 (Kết nối tri thức với cuộc sống)|Vũ Văn Hùng|SGK|2|Giáo dục Việt Nam
    Âm nhạc 2 (Kết nối tri thức với cuộc sống)||SGK|2|Giáo dục Việt Nam
    Mĩ thuật 2 (Kết nối tri thức với cuộc sống)||SGK|2|Giáo dục Việt Nam
    Hoạt động trải nghiệm 2 (Kết nối tri thức với cuộc sống)||SGK|2|Giáo dục Việt Nam
    Giáo dục thể chất 2 (Kết nối tri thức với cuộc sống)||SGK|2|Giáo dục Việt Nam
    Tiếng Việt 3, tập một (Kết nối tri thức với cuộc sống)|Bùi Mạnh Hùng|SGK|3|Giáo dục Việt Nam
    Tiếng Việt 3, tập hai (Kết nối tri thức với cuộc sống)|Bùi Mạnh Hùng|SGK|3|Giáo dục Việt Nam
    Toán 3, tập một (Kết nối tri thức với cuộc sống)|Hà Huy Khoái|SGK|3|Giáo dục Việt Nam
    Toán 3, tập hai (Kết nối tri thức với cuộc sống)|Hà Huy Khoái|SGK|3|Giáo dục Việt Nam
    Đạo đức 3 (Kết nối tri thức với cuộc sống)||SGK|3|Giáo dục Việt Nam
    Tự nhiên và Xã hội 3 (Kết nối tri thức với cuộc sống)|Vũ Văn Hùng|SGK|3|Giáo dục Việt Nam
    Âm nhạc 3 (Kết nối tri thức với cuộc sống)||SGK|3|Giáo dục Việt Nam
    Mĩ thuật 3 (Kết nối tri thức với cuộc sống)||SGK|3|Giáo dục Việt Nam
    Hoạt động trải nghiệm 3 (Kết nối tri thức với cuộc sống)||SGK|3|Giáo dục Việt Nam
    Tin học 3 (Kết nối tri thức với cuộc sống)||SGK|3|Giáo dục Việt Nam
    Công nghệ 3 (Kết nối tri thức với cuộc sống)||SGK|3|Giáo dục Việt Nam
    Giáo dục thể chất 3 (Kết nối tri thức với cuộc sống)||SGK|3|Giáo dục Việt Nam
    Tiếng Việt 4, tập một (Kết nối tri thức với cuộc sống)|Bùi Mạnh Hùng|SGK|4|Giáo dục Việt Nam
    Tiếng Việt 4, tập hai (Kết nối tri thức với cuộc sống)|Bùi Mạnh Hùng|SGK|4|Giáo dục Việt Nam
    Toán 4, tập một (Kết nối tri thức với cuộc sống)|Hà Huy Khoái|SGK|4|Giáo dục Việt Nam
    Toán 4, tập hai (Kết nối tri thức với cuộc sống)|Hà Huy Khoái|SGK|4|Giáo dục Việt Nam
    Đạo đức 4 (Kết nối tri thức với cuộc sống)||SGK|4|Giáo dục Việt Nam
    Khoa học 4 (Kết nối tri thức với cuộc sống)|Vũ Văn Hùng|SGK|4|Giáo dục Việt Nam
    Lịch sử và Địa lí 4 (Kết nối tri thức với cuộc sống)||SGK|4|Giáo dục Việt Nam
    Âm nhạc 4 (Kết nối tri thức với cuộc sống)||SGK|4|Giáo dục Việt Nam
    Mĩ thuật 4 (Kết nối tri thức với cuộc sống)||SGK|4|Giáo dục Việt Nam
    Hoạt động trải nghiệm 4 (Kết nối tri thức với cuộc sống)||SGK|4|Giáo dục Việt Nam
    Tin học 4 (Kết nối tri thức với cuộc sống)||SGK|4|Giáo dục Việt Nam
    Công nghệ 4 (Kết nối tri thức với cuộc sống)||SGK|4|Giáo dục Việt Nam
    Giáo dục thể chất 4 (Kết nối tri thức với cuộc sống)||SGK|4|Giáo dục Việt Nam
    Tiếng Việt 5, tập một (Kết nối tri thức với cuộc sống)|Bùi Mạnh Hùng|SGK|5|Giáo dục Việt Nam
    Tiếng Việt 5, tập hai (Kết nối tri thức với cuộc sống)|Bùi Mạnh Hùng|SGK|5|Giáo dục Việt Nam
    Toán 5, tập một (Kết nối tri thức với cuộc sống)|Hà Huy Khoái|SGK|5|Giáo dục Việt Nam
    Toán 5, tập hai (Kết nối tri thức với cuộc sống)|Hà Huy Khoái|SGK|5|Giáo dục Việt Nam
    Đạo đức 5 (Kết nối tri thức với cuộc sống)||SGK|5|Giáo dục Việt Nam
    Khoa học 5 (Kết nối tri thức với cuộc sống)|Vũ Văn Hùng|SGK|5|Giáo dục Việt Nam
    Lịch sử và Địa lí 5 (Kết nối tri thức với cuộc sống)||SGK|5|Giáo dục Việt Nam
    Âm nhạc 5 (Kết nối tri thức với cuộc sống)||SGK|5|Giáo dục Việt Nam
    Mĩ thuật 5 (Kết nối tri thức với cuộc sống)||SGK|5|Giáo dục Việt Nam
    Hoạt động trải nghiệm 5 (Kết nối tri thức với cuộc sống)||SGK|5|Giáo dục Việt Nam
    Tin học 5 (Kết nối tri thức với cuộc sống)||SGK|5|Giáo dục Việt Nam
    Công nghệ 5 (Kết nối tri thức với cuộc sống)||SGK|5|Giáo dục Việt Nam
    Giáo dục thể chất 5 (Kết nối tri thức với cuộc sống)||SGK|5|Giáo dục Việt Nam
    Tiếng Việt 1, tập một (Cánh diều)|Nguyễn Minh Thuyết|SGK|1
    Tiếng Việt 1, tập hai (Cánh diều)|Nguyễn Minh Thuyết|SGK|1
    Toán 1 (Cánh diều)|Đỗ Đức Thái|SGK|1
    Tiếng Việt 2, tập một (Cánh diều)|Nguyễn Minh Thuyết|SGK|2
    Tiếng Việt 2, tập hai (Cánh diều)|Nguyễn Minh Thuyết|SGK|2
    Toán 2, tập một (Cánh diều)|Đỗ Đức Thái|SGK|2
    Toán 2, tập hai (Cánh diều)|Đỗ Đức Thái|SGK|2
    Tiếng Việt 3, tập một (Cánh diều)|Nguyễn Minh Thuyết|SGK|3
    Tiếng Việt 3, tập hai (Cánh diều)|Nguyễn Minh Thuyết|SGK|3
    Toán 3, tập một (Cánh diều)|Đỗ Đức Thái|SGK|3
    Toán 3, tập hai (Cánh diều)|Đỗ Đức Thái|SGK|3
    Tiếng Việt 4, tập một (Cánh diều)|Nguyễn Minh Thuyết|SGK|4
    Tiếng Việt 4, tập hai (Cánh diều)|Nguyễn Minh Thuyết|SGK|4
    Toán 4, tập một (Cánh diều)|Đỗ Đức Thái|SGK|4
    Toán 4, tập hai (Cánh diều)|Đỗ Đức Thái|SGK|4
    Tiếng Việt 5, tập một (Cánh diều)|Nguyễn Minh Thuyết|SGK|5
    Tiếng Việt 5, tập hai (Cánh diều)|Nguyễn Minh Thuyết|SGK|5
    Toán 5, tập một (Cánh diều)|Đỗ Đức Thái|SGK|5
    Toán 5, tập hai (Cánh diều)|Đỗ Đức Thái|SGK|5
    Tiếng Anh 1 (Global Success)|Hoàng Văn Vân|SGK|1|Giáo dục Việt Nam
    Tiếng Anh 2 (Global Success)|Hoàng Văn Vân|SGK|2|Giáo dục Việt Nam
    Tiếng Anh 3, tập một (Global Success)|Hoàng Văn Vân|SGK|3|Giáo dục Việt Nam
    Tiếng Anh 3, tập hai (Global Success)|Hoàng Văn Vân|SGK|3|Giáo dục Việt Nam
    Tiếng Anh 4, tập một (Global Success)|Hoàng Văn Vân|SGK|4|Giáo dục Việt Nam
    Tiếng Anh 4, tập hai (Global Success)|Hoàng Văn Vân|SGK|4|Giáo dục Việt Nam
    Tiếng Anh 5, tập một (Global Success)|Hoàng Văn Vân|SGK|5|Giáo dục Việt Nam
    Tiếng Anh 5, tập hai (Global Success)|Hoàng Văn Vân|SGK|5|Giáo dục Việt Nam
    """

  /// Books for teachers and for reference, dictionaries, periodicals, pictures, maps, discs.
  static let school = """
    Tiếng Việt 1, tập một – Sách giáo viên (Kết nối tri thức với cuộc sống)||SNV|1|Giáo dục Việt Nam
    Tiếng Việt 1, tập hai – Sách giáo viên (Kết nối tri thức với cuộc sống)||SNV|1|Giáo dục Việt Nam
    Toán 1 – Sách giáo viên (Kết nối tri thức với cuộc sống)||SNV|1|Giáo dục Việt Nam
    Tiếng Việt 2, tập một – Sách giáo viên (Kết nối tri thức với cuộc sống)||SNV|2|Giáo dục Việt Nam
    Tiếng Việt 2, tập hai – Sách giáo viên (Kết nối tri thức với cuộc sống)||SNV|2|Giáo dục Việt Nam
    Toán 2 – Sách giáo viên (Kết nối tri thức với cuộc sống)||SNV|2|Giáo dục Việt Nam
    Tiếng Việt 3, tập một – Sách giáo viên (Kết nối tri thức với cuộc sống)||SNV|3|Giáo dục Việt Nam
    Tiếng Việt 3, tập hai – Sách giáo viên (Kết nối tri thức với cuộc sống)||SNV|3|Giáo dục Việt Nam
    Toán 3 – Sách giáo viên (Kết nối tri thức với cuộc sống)||SNV|3|Giáo dục Việt Nam
    Tiếng Việt 4, tập một – Sách giáo viên (Kết nối tri thức với cuộc sống)||SNV|4|Giáo dục Việt Nam
    Tiếng Việt 4, tập hai – Sách giáo viên (Kết nối tri thức với cuộc sống)||SNV|4|Giáo dục Việt Nam
    Toán 4 – Sách giáo viên (Kết nối tri thức với cuộc sống)||SNV|4|Giáo dục Việt Nam
    Tiếng Việt 5, tập một – Sách giáo viên (Kết nối tri thức với cuộc sống)||SNV|5|Giáo dục Việt Nam
    Tiếng Việt 5, tập hai – Sách giáo viên (Kết nối tri thức với cuộc sống)||SNV|5|Giáo dục Việt Nam
    Toán 5 – Sách giáo viên (Kết nối tri thức với cuộc sống)||SNV|5|Giáo dục Việt Nam
    Phương pháp dạy học Tiếng Việt ở tiểu học|Lê Phương Nga|SNV
    Phương pháp dạy học Toán ở tiểu học|Vũ Quốc Chung|SNV
    Dạy học Tập đọc ở tiểu học|Lê Phương Nga|SNV
    Dạy Tập làm văn ở trường tiểu học|Nguyễn Trí|SNV
    Tâm lí học tiểu học|Bùi Văn Huệ|SNV
    Hỏi – đáp về dạy học Tiếng Việt 4|Nguyễn Minh Thuyết|SNV|4
    Hỏi – đáp về dạy học Tiếng Việt 5|Nguyễn Minh Thuyết|SNV|5
    Văn học thiếu nhi Việt Nam|Lã Thị Bắc Lý|SNV
    Vở bài tập Toán 1, tập một (Kết nối tri thức với cuộc sống)||STK|1|Giáo dục Việt Nam
    Vở bài tập Toán 1, tập hai (Kết nối tri thức với cuộc sống)||STK|1|Giáo dục Việt Nam
    Vở bài tập Tiếng Việt 1, tập một (Kết nối tri thức với cuộc sống)||STK|1|Giáo dục Việt Nam
    Vở bài tập Tiếng Việt 1, tập hai (Kết nối tri thức với cuộc sống)||STK|1|Giáo dục Việt Nam
    Bác Hồ và những bài học về đạo đức, lối sống dành cho học sinh lớp 1||STK|1|Giáo dục Việt Nam
    Vở bài tập Toán 2, tập một (Kết nối tri thức với cuộc sống)||STK|2|Giáo dục Việt Nam
    Vở bài tập Toán 2, tập hai (Kết nối tri thức với cuộc sống)||STK|2|Giáo dục Việt Nam
    Vở bài tập Tiếng Việt 2, tập một (Kết nối tri thức với cuộc sống)||STK|2|Giáo dục Việt Nam
    Vở bài tập Tiếng Việt 2, tập hai (Kết nối tri thức với cuộc sống)||STK|2|Giáo dục Việt Nam
    Bác Hồ và những bài học về đạo đức, lối sống dành cho học sinh lớp 2||STK|2|Giáo dục Việt Nam
    Vở bài tập Toán 3, tập một (Kết nối tri thức với cuộc sống)||STK|3|Giáo dục Việt Nam
    Vở bài tập Toán 3, tập hai (Kết nối tri thức với cuộc sống)||STK|3|Giáo dục Việt Nam
    Vở bài tập Tiếng Việt 3, tập một (Kết nối tri thức với cuộc sống)||STK|3|Giáo dục Việt Nam
    Vở bài tập Tiếng Việt 3, tập hai (Kết nối tri thức với cuộc sống)||STK|3|Giáo dục Việt Nam
    Bác Hồ và những bài học về đạo đức, lối sống dành cho học sinh lớp 3||STK|3|Giáo dục Việt Nam
    Bác Hồ và những bài học về đạo đức, lối sống dành cho học sinh lớp 4||STK|4|Giáo dục Việt Nam
    Bác Hồ và những bài học về đạo đức, lối sống dành cho học sinh lớp 5||STK|5|Giáo dục Việt Nam
    10 chuyên đề bồi dưỡng học sinh giỏi Toán 4-5, tập 1|Trần Diên Hiển|STK|4
    10 chuyên đề bồi dưỡng học sinh giỏi Toán 4-5, tập 2|Trần Diên Hiển|STK|5
    Bồi dưỡng học sinh giỏi Tiếng Việt ở tiểu học|Lê Phương Nga|STK
    Việt sử giai thoại, tập 1|Nguyễn Khắc Thuần|STK
    Việt sử giai thoại, tập 2|Nguyễn Khắc Thuần|STK
    Việt sử giai thoại, tập 3|Nguyễn Khắc Thuần|STK
    Việt sử giai thoại, tập 4|Nguyễn Khắc Thuần|STK
    Việt sử giai thoại, tập 5|Nguyễn Khắc Thuần|STK
    Việt sử giai thoại, tập 6|Nguyễn Khắc Thuần|STK
    Việt sử giai thoại, tập 7|Nguyễn Khắc Thuần|STK
    Việt sử giai thoại, tập 8|Nguyễn Khắc Thuần|STK
    Danh tướng Việt Nam, tập 1|Nguyễn Khắc Thuần|STK
    Danh tướng Việt Nam, tập 2|Nguyễn Khắc Thuần|STK
    Danh tướng Việt Nam, tập 3|Nguyễn Khắc Thuần|STK
    Danh tướng Việt Nam, tập 4|Nguyễn Khắc Thuần|STK
    Lịch sử Việt Nam bằng tranh, tập 1: Thời Hùng Vương|Trần Bạch Đằng|STK||Trẻ
    Lược sử nước Việt bằng tranh|Hiếu Minh|STK||Kim Đồng
    Việt Nam sử lược|Trần Trọng Kim|STK
    Tục ngữ ca dao dân ca Việt Nam|Vũ Ngọc Phan|STK
    Những mẩu chuyện về đời hoạt động của Hồ Chủ tịch|Trần Dân Tiên|STK
    Vừa đi đường vừa kể chuyện|T. Lan|STK
    Nhật ký trong tù|Hồ Chí Minh|STK
    Chuyện kể về thời niên thiếu của Bác Hồ||STK
    Atlat Địa lí Việt Nam||STK
    Lục Vân Tiên|Nguyễn Đình Chiểu|STK
    Hiền tài nước Việt|Lê Minh Quốc|STK||Dân Trí
    Từ điển tiếng Việt|Hoàng Phê|STK*
    Từ điển chính tả tiếng Việt|Hoàng Phê|STK*
    Từ điển tiếng Việt phổ thông|Viện Ngôn ngữ học|STK*
    Từ điển Anh – Việt|Viện Ngôn ngữ học|STK*
    Từ điển thành ngữ và tục ngữ Việt Nam|Nguyễn Lân|STK*
    Từ điển từ và ngữ Việt Nam|Nguyễn Lân|STK*
    Đại từ điển tiếng Việt|Nguyễn Như Ý|STK*
    Từ điển giáo khoa tiếng Việt tiểu học|Nguyễn Như Ý|STK*
    Từ điển trái nghĩa tiếng Việt|Dương Kỳ Đức|STK*
    Từ điển từ láy tiếng Việt|Viện Ngôn ngữ học|STK*
    Hán Việt từ điển|Đào Duy Anh|STK*
    Từ điển nhân vật lịch sử Việt Nam|Nguyễn Q. Thắng, Nguyễn Bá Thế|STK*
    Từ điển bách khoa Việt Nam, tập 1||STK*
    Từ điển bách khoa Việt Nam, tập 2||STK*
    Từ điển bách khoa Việt Nam, tập 3||STK*
    Từ điển bách khoa Việt Nam, tập 4||STK*
    Thiếu niên Tiền phong||BTC
    Nhi đồng||BTC
    Toán Tuổi thơ 1||BTC
    Nhi đồng Thành phố Hồ Chí Minh||BTC
    Khăn Quàng Đỏ||BTC
    Rùa Vàng||BTC
    Mực Tím||BTC
    Họa Mi||BTC
    Giáo dục và Thời đại||BTC
    Giáo dục Thành phố Hồ Chí Minh||BTC
    Tạp chí Giáo dục||BTC
    Nhân Dân||BTC
    Tuổi Trẻ||BTC
    Thanh Niên||BTC
    Sài Gòn Giải Phóng||BTC
    Long An||BTC
    Văn học và Tuổi trẻ||BTC
    Tạp chí Thư viện Việt Nam||BTC
    Bộ mẫu chữ viết trong trường tiểu học||TA|1
    Bộ tranh về quê hương em||TA|1
    Bộ tranh về lòng nhân ái||TA|1
    Bộ tranh về đức tính chăm chỉ||TA|1
    Bộ tranh về đức tính trung thực||TA|1
    Bộ tranh về ý thức trách nhiệm||TA|1
    Bộ tranh cơ thể người và các giác quan||TA|1
    Bộ tranh phòng tránh tật cận thị học đường||TA|1
    Bộ tranh về phòng tránh bị xâm hại||TA
    Bản đồ hành chính Việt Nam||BD
    Bản đồ Địa lí tự nhiên Việt Nam||BD|4
    Bản đồ Tự nhiên thế giới||BD|5
    Bản đồ các nước trên thế giới||BD|5
    Bản đồ các nước Đông Nam Á||BD|5
    Bản đồ hành chính tỉnh Long An||BD|4
    Lược đồ khởi nghĩa Hai Bà Trưng||BD|4
    Lược đồ chiến thắng Chi Lăng||BD|5
    Lược đồ chiến dịch Điện Biên Phủ năm 1954||BD|5
    Lược đồ chiến dịch Hồ Chí Minh năm 1975||BD|5
    Đáng đời thằng Cáo (phim hoạt hình)|Lê Minh Hiền, Trương Qua|BDIA
    Mèo con (phim hoạt hình)|Ngô Mạnh Lân|BDIA
    Chuyện Ông Gióng (phim hoạt hình)|Ngô Mạnh Lân|BDIA
    Con cò bé bé (băng nhạc thiếu nhi)|Xuân Mai|BDIA
    Family and Friends 1 – Class Audio CD||BDIA|1
    Family and Friends 2 – Class Audio CD||BDIA|2
    Family and Friends 3 – Class Audio CD||BDIA|3
    Family and Friends 4 – Class Audio CD||BDIA|4
    Family and Friends 5 – Class Audio CD||BDIA|5
    """
}
