extension SampleTitles {
  /// Tales and stories of the world, comics, and comics of Vietnamese history.
  static let world = """
    Cô bé bán diêm|Hans Christian Andersen|TN
    Nàng tiên cá|Hans Christian Andersen|TN
    Bầy chim thiên nga|Hans Christian Andersen|TN
    Chú lính chì dũng cảm|Hans Christian Andersen|TN
    Vịt con xấu xí|Hans Christian Andersen|TN
    Nàng công chúa và hạt đậu|Hans Christian Andersen|TN
    Bộ quần áo mới của hoàng đế|Hans Christian Andersen|TN
    Bà chúa Tuyết|Hans Christian Andersen|TN
    Đôi giày đỏ|Hans Christian Andersen|TN
    Chim họa mi|Hans Christian Andersen|TN
    Cô bé quàng khăn đỏ|Anh em Grimm|TN
    Nàng Bạch Tuyết và bảy chú lùn|Anh em Grimm|TN
    Cô bé Lọ Lem|Anh em Grimm|TN
    Chó sói và bảy chú dê con|Anh em Grimm|TN
    Hoàng tử Ếch|Anh em Grimm|TN
    Nàng công chúa tóc mây|Anh em Grimm|TN
    Hansel và Gretel|Anh em Grimm|TN
    Nàng công chúa ngủ trong rừng|Anh em Grimm|TN
    Những nhạc sĩ thành Bremen|Anh em Grimm|TN
    Bảy con quạ|Anh em Grimm|TN
    Vua chích chòe|Anh em Grimm|TN
    Con ngỗng vàng|Anh em Grimm|TN
    Chú mèo đi hia|Charles Perrault|TN
    Ngụ ngôn Aesop|Aesop|TN
    Thơ ngụ ngôn La Fontaine|La Fontaine|TN
    Nghìn lẻ một đêm|Truyện dân gian Ả Rập|TN
    Aladin và cây đèn thần|Truyện dân gian Ả Rập|TN
    Alibaba và bốn mươi tên cướp|Truyện dân gian Ả Rập|TN
    Ông lão đánh cá và con cá vàng|A. S. Pushkin|TN
    Củ cải khổng lồ|A. N. Tolstoy|TN
    Chiếc chìa khóa vàng hay chuyện ly kỳ của Buratino|A. N. Tolstoy|TN
    Hoàng tử bé|Antoine de Saint-Exupéry|TN
    Không gia đình|Hector Malot|TN
    Trong gia đình|Hector Malot|TN
    Những tấm lòng cao cả|Edmondo De Amicis|TN
    Cuộc phiêu lưu của Pinocchio|Carlo Collodi|TN
    Alice ở xứ sở thần tiên|Lewis Carroll|TN
    Peter Pan|J. M. Barrie|TN
    Robinson Crusoe|Daniel Defoe|TN
    Gulliver du ký|Jonathan Swift|TN
    Những cuộc phiêu lưu của Tom Sawyer|Mark Twain|TN
    Những cuộc phiêu lưu của Huckleberry Finn|Mark Twain|TN
    Hoàng tử và chú bé nghèo khổ|Mark Twain|TN
    Hai vạn dặm dưới đáy biển|Jules Verne|TN
    80 ngày vòng quanh thế giới|Jules Verne|TN
    Những đứa con của thuyền trưởng Grant|Jules Verne|TN
    Thuyền trưởng tuổi mười lăm|Jules Verne|TN
    Hòn đảo bí mật|Jules Verne|TN
    Cuộc du hành vào lòng đất|Jules Verne|TN
    Túp lều bác Tom|Harriet Beecher Stowe|TN
    Khu vườn bí mật|Frances Hodgson Burnett|TN
    Công chúa nhỏ|Frances Hodgson Burnett|TN
    Heidi|Johanna Spyri|TN
    Anne tóc đỏ dưới chái nhà xanh|L. M. Montgomery|TN
    Pollyanna|Eleanor H. Porter|TN
    Đảo giấu vàng|R. L. Stevenson|TN
    Tiếng gọi nơi hoang dã|Jack London|TN
    Nanh Trắng|Jack London|TN
    Chuyện rừng xanh|Rudyard Kipling|TN
    Gió qua rặng liễu|Kenneth Grahame|TN
    Phù thủy xứ Oz|L. Frank Baum|TN
    Cuộc lữ hành kỳ diệu của Nils Holgersson qua suốt nước Thụy Điển|Selma Lagerlöf|TN
    Pippi Tất Dài|Astrid Lindgren|TN
    Lại thằng nhóc Emil!|Astrid Lindgren|TN
    Mio, con trai ta|Astrid Lindgren|TN
    Charlotte và Wilbur|E. B. White|TN
    Charlie và nhà máy sôcôla|Roald Dahl|TN
    Matilda|Roald Dahl|TN
    Phù thủy, phù thủy|Roald Dahl|TN
    Totto-chan bên cửa sổ|Kuroyanagi Tetsuko|TN
    Chuyện con mèo dạy hải âu bay|Luis Sepúlveda|TN
    Chuyện con ốc sên muốn biết tại sao nó chậm chạp|Luis Sepúlveda|TN
    Chuyện con chó tên là Trung Thành|Luis Sepúlveda|TN
    Timur và đồng đội|Arkady Gaidar|TN
    Chuyện phiêu lưu của Mít Đặc và các bạn|Nikolay Nosov|TN
    Mít Đặc ở thành phố Mặt Trời|Nikolay Nosov|TN
    Mít Đặc trên cung trăng|Nikolay Nosov|TN
    Ông già Khottabych|Lazar Lagin|TN
    Con Bim trắng tai đen|Gavriil Troepolsky|TN
    Nhóc Nicolas|René Goscinny, Sempé|TN
    Những kỳ nghỉ của nhóc Nicolas|René Goscinny, Sempé|TN
    Chú nai Bambi|Felix Salten|TN
    Gấu Pooh xinh xắn|A. A. Milne|TN
    Chiến binh cầu vồng|Andrea Hirata|TN
    Cây cam ngọt của tôi|José Mauro de Vasconcelos|TN
    Chuyến phiêu lưu diệu kỳ của Edward Tulane|Kate DiCamillo|TN
    Momo|Michael Ende|TN
    Chuyện dài bất tận|Michael Ende|TN
    Ngôi nhà nhỏ trên thảo nguyên|Laura Ingalls Wilder|TN
    Tây du ký|Ngô Thừa Ân|TN
    Harry Potter và Hòn đá Phù thủy|J. K. Rowling|TN||Trẻ
    Harry Potter và Phòng chứa Bí mật|J. K. Rowling|TN||Trẻ
    Harry Potter và tên tù nhân ngục Azkaban|J. K. Rowling|TN||Trẻ
    Harry Potter và Chiếc cốc lửa|J. K. Rowling|TN||Trẻ
    Harry Potter và Hội Phượng hoàng|J. K. Rowling|TN||Trẻ
    Harry Potter và Hoàng tử lai|J. K. Rowling|TN||Trẻ
    Harry Potter và Bảo bối Tử thần|J. K. Rowling|TN||Trẻ
    Biên niên sử Narnia: Cháu trai pháp sư|C. S. Lewis|TN
    Biên niên sử Narnia: Sư tử, phù thủy và cái tủ áo|C. S. Lewis|TN
    Biên niên sử Narnia: Con ngựa và cậu bé|C. S. Lewis|TN
    Biên niên sử Narnia: Hoàng tử Caspian|C. S. Lewis|TN
    Biên niên sử Narnia: Chiếc ghế bạc|C. S. Lewis|TN
    Biên niên sử Narnia: Trận chiến cuối cùng|C. S. Lewis|TN
    Doraemon truyện dài: Chú khủng long của Nobita|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện dài: Nobita và lâu đài dưới đáy biển|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện dài: Nobita và cuộc chiến vũ trụ|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện dài: Nobita và binh đoàn người sắt|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện dài: Nobita và hiệp sĩ rồng|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện dài: Nobita và nước Nhật thời nguyên thủy|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện dài: Nobita và hành tinh muông thú|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện dài: Nobita ở xứ sở nghìn lẻ một đêm|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện dài: Nobita và vương quốc trên mây|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện dài: Nobita và mê cung thiếc|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện dài: Nobita và ba chàng hiệp sĩ mộng mơ|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện ngắn, tập 1|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện ngắn, tập 2|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện ngắn, tập 3|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện ngắn, tập 4|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện ngắn, tập 5|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện ngắn, tập 6|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện ngắn, tập 7|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện ngắn, tập 8|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện ngắn, tập 9|Fujiko F. Fujio|TN||Kim Đồng
    Doraemon truyện ngắn, tập 10|Fujiko F. Fujio|TN||Kim Đồng
    Thần đồng đất Việt, tập 1|Lê Linh|TN||Trẻ
    Thần đồng đất Việt, tập 2|Lê Linh|TN||Trẻ
    Thần đồng đất Việt, tập 3|Lê Linh|TN||Trẻ
    Thần đồng đất Việt, tập 4|Lê Linh|TN||Trẻ
    Thần đồng đất Việt, tập 5|Lê Linh|TN||Trẻ
    Thần đồng đất Việt, tập 6|Lê Linh|TN||Trẻ
    Thần đồng đất Việt, tập 7|Lê Linh|TN||Trẻ
    Thần đồng đất Việt, tập 8|Lê Linh|TN||Trẻ
    Thần đồng đất Việt, tập 9|Lê Linh|TN||Trẻ
    Thần đồng đất Việt, tập 10|Lê Linh|TN||Trẻ
    Dũng sĩ Hesman, tập 1|Hùng Lân|TN
    Dũng sĩ Hesman, tập 2|Hùng Lân|TN
    Dũng sĩ Hesman, tập 3|Hùng Lân|TN
    Dũng sĩ Hesman, tập 4|Hùng Lân|TN
    Dũng sĩ Hesman, tập 5|Hùng Lân|TN
    Hào kiệt đất phương Nam: Nguyễn Văn Thoại – Tên lưu cùng sông núi||TN||Kim Đồng
    Hào kiệt đất phương Nam: Nguyễn Đình Chiểu – Mắt mù nhưng lòng sáng||TN||Kim Đồng
    Hào kiệt đất phương Nam: Mạc Cửu – Người mở đất Hà Tiên||TN||Kim Đồng
    Tranh truyện lịch sử Việt Nam: Hai Bà Trưng||TN||Kim Đồng
    Tranh truyện lịch sử Việt Nam: Ngô Quyền||TN||Kim Đồng
    Tranh truyện lịch sử Việt Nam: Yết Kiêu||TN||Kim Đồng
    Tranh truyện lịch sử Việt Nam: Trần Quốc Toản||TN||Kim Đồng
    Tranh truyện lịch sử Việt Nam: Lý Thường Kiệt||TN||Kim Đồng
    Tranh truyện lịch sử Việt Nam: Duy Tân||TN||Kim Đồng
    Tranh truyện lịch sử Việt Nam: Phạm Ngũ Lão||TN||Kim Đồng
    Tranh truyện lịch sử Việt Nam: Mai Hắc Đế||TN||Kim Đồng
    Doraemon truyện ngắn, tập 11|Fujiko F. Fujio|TN||Kim Đồng
    """
}
