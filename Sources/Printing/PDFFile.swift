import CPango

/// Writes pages as a PDF file through cairo, with the texts set by Pango.
enum PDFFile {
  /// Fonts that have every Vietnamese letter, the first that is there.
  private static let family = "Noto Sans, DejaVu Sans, Sans"

  /// Takes what cairo writes.
  private final class Sink {
    var bytes: [UInt8] = []
  }

  /// The bytes of the file; `created` is the date that it bears, in RFC 3339.
  static func bytes(
    of pages: [PrintedPage], title: String, created: String
  ) throws(PrintingError) -> [UInt8] {
    let sink = Sink()
    let surface = cairo_pdf_surface_create_for_stream(
      { closure, data, length in
        guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
        Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue().bytes
          .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
        return CAIRO_STATUS_SUCCESS
      }, Unmanaged.passUnretained(sink).toOpaque(), pages.first?.width ?? 1,
      pages.first?.height ?? 1)
    defer { cairo_surface_destroy(surface) }
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created)
    let context = cairo_create(surface)
    defer { cairo_destroy(context) }
    for page in pages {
      cairo_pdf_surface_set_size(surface, page.width, page.height)
      draw(page, on: context)
      cairo_show_page(context)
    }
    cairo_surface_finish(surface)
    let status = cairo_surface_status(surface)
    guard status == CAIRO_STATUS_SUCCESS else {
      throw .failed(String(cString: cairo_status_to_string(status)))
    }
    return withExtendedLifetime(sink) { sink.bytes }
  }

  private static func draw(_ page: PrintedPage, on context: OpaquePointer?) {
    for box in page.boxes { cairo_rectangle(context, box.x, box.y, box.width, box.height) }
    cairo_fill(context)
    for text in page.texts { draw(text, on: context) }
  }

  private static func draw(_ text: PlacedText, on context: OpaquePointer?) {
    guard let layout = pango_cairo_create_layout(context) else { return }
    defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
    let font = pango_font_description_from_string(text.isBold ? "\(family) Bold" : family)
    defer { pango_font_description_free(font) }
    pango_font_description_set_absolute_size(font, text.size * Double(PANGO_SCALE))
    pango_layout_set_font_description(layout, font)
    pango_layout_set_text(layout, text.text, -1)
    pango_layout_set_width(layout, Int32(text.width * Double(PANGO_SCALE)))
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
    pango_layout_set_alignment(
      layout, text.alignment == .centre ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT)
    cairo_move_to(context, text.x, text.y)
    pango_cairo_show_layout(context, layout)
  }
}
