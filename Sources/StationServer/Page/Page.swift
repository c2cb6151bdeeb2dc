import Journal

/// A page of the station: where it is, what it is made from, and who may open it.
///
/// Its name is that of its script in `Page/Assets`, of its section in `words.json` and of its
/// template. A new page needs those three, an entry in `all`, and its script in `Asset.all`.
struct Page: Sendable {
  let name: String
  /// The first path is the one that menus lead to.
  let paths: [String]
  let role: Role
  /// A template of swift-mustache that fills the blocks of `layout.mustache`.
  let template: [UInt8]

  init(_ name: String, at paths: String..., for role: Role, template: [UInt8]) {
    self.name = name
    self.paths = paths
    self.role = role
    self.template = template
  }

  /// In the order of the menu.
  static let all = [
    Page("self", at: "/", "/tu-phuc-vu", for: .kiosk, template: PackageResources.self_mustache),
    Page("desk", at: "/quay", for: .librarian, template: PackageResources.desk_mustache),
    Page("classes", at: "/ca-lop", for: .librarian, template: PackageResources.classes_mustache),
    Page("stock", at: "/kiem-ke", for: .librarian, template: PackageResources.stock_mustache),
    Page("boxes", at: "/thung", for: .librarian, template: PackageResources.boxes_mustache),
    Page("terms", at: "/doi-chieu", for: .librarian, template: PackageResources.terms_mustache),
    Page("lists", at: "/danh-sach", for: .librarian, template: PackageResources.lists_mustache),
    Page("sets", at: "/bo-sach", for: .librarian, template: PackageResources.sets_mustache),
    Page("privacy", at: "/du-lieu", for: .librarian, template: PackageResources.privacy_mustache),
    Page(
      "settings", at: "/cai-dat", for: .administrator,
      template: PackageResources.settings_mustache),
    signIn,
  ]

  static let signIn = Page(
    "signin", at: "/dang-nhap", for: .kiosk, template: PackageResources.signin_mustache)
}
