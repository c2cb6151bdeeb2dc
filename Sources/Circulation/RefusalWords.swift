package import Labels

/// Whom a message speaks to: a child at the kiosk is sent to the librarian, never told of a debt.
package enum Audience: String, CaseIterable, Sendable {
  case child, librarian
}

extension Refusal {
  /// What the screen says, and what to do next.
  package func words(for audience: Audience, in language: Language) -> String {
    switch (audience, language) {
    case (.child, .vietnamese): childInVietnamese
    case (.child, .english): childInEnglish
    case (.librarian, .vietnamese): librarianInVietnamese
    case (.librarian, .english): librarianInEnglish
    }
  }

  private var childInVietnamese: String {
    switch self {
    case .alreadyOnShelf: "Cuốn này đã trả rồi. Em cất lên giá nhé."
    case .onSiteOnly: "Cuốn này em đọc tại thư viện nhé."
    case .unknownCard: "Em quét lại thẻ nhé, hoặc gọi cô thủ thư."
    case .unknownItem: "Em quét lại mã trên sách nhé, hoặc gọi cô thủ thư."
    case .itemLimitReached(let limit): "Em đã mượn đủ \(limit) cuốn. Em trả sách rồi mượn tiếp nhé."
    case .kindLimitReached: "Em đã mượn đủ loại sách này. Em chọn loại khác nhé."
    default: "Em mang sách đến cô thủ thư nhé."
    }
  }

  private var childInEnglish: String {
    switch self {
    case .alreadyOnShelf: "This book is back already. Please put it on the shelf."
    case .onSiteOnly: "Please read this one here in the library."
    case .unknownCard: "Please scan your card again, or ask the librarian."
    case .unknownItem: "Please scan the book again, or ask the librarian."
    case .itemLimitReached(let limit): "You have \(limit) books already. Bring one back first."
    case .kindLimitReached: "You have enough books of this kind. Please choose another kind."
    default: "Please take the book to the librarian."
    }
  }

  private var librarianInVietnamese: String {
    switch self {
    case .alreadyOnLoan(let item, toSamePatron: true):
      "Bạn đọc này đang mượn \(item). Nếu muốn giữ thêm, hãy bấm Gia hạn."
    case .alreadyOnLoan(let item, toSamePatron: false):
      "\(item) đang ghi là người khác mượn. Hãy nhận trả trước, hoặc cho mượn kèm lý do."
    case .notOnLoan(let item): "\(item) không có trong sổ mượn. Không có gì để gia hạn."
    case .alreadyOnShelf(let item): "\(item) đã ở trên giá. Không cần nhận trả nữa."
    case .onSiteOnly(let item): "\(item) chỉ đọc tại chỗ. Cho mượn về cần ghi lý do."
    case .overdueLoans(let count):
      "Bạn đọc còn \(count) cuốn quá hạn. Hãy nhận trả trước, hoặc cho mượn kèm lý do."
    case .itemLimitReached(let limit):
      "Bạn đọc đã mượn đủ \(limit) cuốn. Hãy nhận trả trước, hoặc cho mượn kèm lý do."
    case .kindLimitReached(let limit):
      "Bạn đọc đã mượn đủ \(limit) cuốn loại này. Hãy nhận trả trước, hoặc cho mượn kèm lý do."
    case .renewalLimitReached(let limit):
      "Đã gia hạn \(limit) lần, hết lượt. Hãy nhận trả, hoặc gia hạn kèm lý do."
    case .renewalGainsNothing(let item):
      "\(item) đã được giữ đến ngày muộn nhất. Gia hạn không thêm được ngày nào."
    case .inBox(let item, let box):
      "\(item) đang ghi trong thùng \(box). Hãy nhận thùng trước."
    case .atAnotherLibrary(let item, let library):
      "\(item) đang ghi ở thư viện \(library). Hãy báo thư viện đó, rồi ghi nhận lại ở đây."
    case .withdrawn(let item): "\(item) đã thanh lý. Hãy để riêng và hỏi người phụ trách."
    case .alreadyMissing(let item): "\(item) đã ghi là mất từ trước. Không cần ghi lại."
    case .notMissing(let item): "\(item) không bị ghi là mất. Không cần ghi tìm thấy."
    case .unknownItem(let text): "Chưa có bản sách \(text) ở thư viện này. Hãy kiểm tra nhãn."
    case .unknownCard: "Chưa có thẻ này. Hãy kiểm tra thẻ hoặc đăng ký bạn đọc."
    case .cardBlocked: "Thư viện chủ trì đã khóa thẻ này. Hãy hỏi người điều phối của nhóm."
    case .overrideWithoutReason: "Hãy ghi lý do cho mượn vượt quy định."
    case .nothingToUndo: "Trạm này không có việc đó để rút lại."
    case .alreadyUndone: "Việc này đã rút lại rồi. Không cần rút nữa."
    case .movedSince(let item):
      "Sau việc này \(item) đã có việc khác. Hãy rút lại việc sau cùng trước."
    case .notUndoable: "Việc này không rút lại được. Hãy ghi việc ngược lại."
    case .alreadyRegistered(let item): "\(item) đã có trong sổ. Hãy quét lại như sách thường."
    case .labelInUse(let label):
      "Nhãn \(label) đang dùng cho sách hoặc bạn đọc khác. Hãy lấy nhãn mới."
    case .notInSet(let item): "\(item) không thuộc bộ đang phát. Hãy để riêng."
    case .hasTitleAlready(let item): "Bạn đọc đã có một cuốn cùng nhan đề với \(item)."
    case .noStockTaking: "Không có đợt kiểm kê này. Hãy chọn trong danh sách."
    case .stockTakingPaused: "Đợt kiểm kê đang tạm dừng. Hãy bấm Tiếp tục trước."
    case .stockTakingClosed: "Đợt kiểm kê đã kết thúc. Hãy mở đợt mới."
    case .overrideNotAllowed(needed: .administrator):
      "Quy định này chỉ người quản trị được cho làm khác. Hãy nhờ người quản trị đăng nhập."
    case .overrideNotAllowed:
      "Quy định này không ai được cho làm khác. Người quản trị đổi được ở trang Cài đặt."
    }
  }

  private var librarianInEnglish: String {
    switch self {
    case .alreadyOnLoan(let item, toSamePatron: true):
      "This patron has \(item) on loan. Use Renew to keep it longer."
    case .alreadyOnLoan(let item, toSamePatron: false):
      "\(item) is on loan to somebody else. Check it in first, or lend it with a reason."
    case .notOnLoan(let item): "\(item) is not on loan, so there is nothing to renew."
    case .alreadyOnShelf(let item): "\(item) is on the shelf already; no need to return it."
    case .onSiteOnly(let item): "\(item) is for reading here. Lending it needs a reason."
    case .overdueLoans(let count):
      "The patron has \(count) overdue. Check them in first, or lend with a reason."
    case .itemLimitReached(let limit):
      "The patron has all \(limit) items. Check one in first, or lend with a reason."
    case .kindLimitReached(let limit):
      "The patron has \(limit) of this kind, all allowed. Check one in, or lend with a reason."
    case .renewalLimitReached(let limit):
      "It may be renewed no more often (at most \(limit)). Check it in, or renew with a reason."
    case .renewalGainsNothing(let item):
      "\(item) may be kept to the last possible day already; renewing would add none."
    case .inBox(let item, let box): "\(item) is in box \(box). Receive the box first."
    case .atAnotherLibrary(let item, let library):
      "\(item) is recorded at library \(library). Tell them, then record it as found here."
    case .withdrawn(let item): "\(item) was withdrawn. Put it aside and ask who is in charge."
    case .alreadyMissing(let item): "\(item) is recorded as missing already."
    case .notMissing(let item): "\(item) is not recorded as missing, so there is nothing to find."
    case .unknownItem(let text): "No item \(text) at this library. Check the label."
    case .unknownCard: "No patron has this card. Check the card or register the patron."
    case .cardBlocked: "The group's host has blocked this card. Ask the group's coordinator."
    case .overrideWithoutReason: "Give a reason for going against the rule."
    case .nothingToUndo: "This station has no such act to take back."
    case .alreadyUndone: "This act has been taken back already."
    case .movedSince(let item):
      "Something else happened to \(item) after this act. Take the last act back first."
    case .notUndoable: "This act can't be taken back. Record the opposite act."
    case .alreadyRegistered(let item): "\(item) is registered here. Scan it like any other book."
    case .labelInUse(let label):
      "Label \(label) is in use for another book or patron. Take a new one."
    case .notInSet(let item): "\(item) is not of the set being handed out. Put it aside."
    case .hasTitleAlready(let item): "The patron has another copy of the title of \(item) already."
    case .noStockTaking: "There is no such stock-taking. Choose one of the list."
    case .stockTakingPaused: "The stock-taking is paused. Press Go on first."
    case .stockTakingClosed: "The stock-taking is closed. Open a new one."
    case .overrideNotAllowed(needed: .administrator):
      "Only an administrator may go against this rule. Ask one to sign in."
    case .overrideNotAllowed:
      "Nobody may go against this rule. An administrator can change it on the settings page."
    }
  }
}
