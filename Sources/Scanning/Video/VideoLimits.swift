/// What reading a camera's frames may cost, and when a code counts as shown anew, in one place.
package enum VideoLimits {
  /// How long a code must be out of view before it is a new scan, in milliseconds.
  ///
  /// A hand that shakes or a lamp that flickers hides a label for some frames; nobody takes a book
  /// away and holds it up again as fast.
  package static let absenceForNewScan: Int64 = 700

  /// How far apart two frames that confirm each other may be, in milliseconds.
  package static let longestConfirmation: Int64 = 1_000

  /// A scene that does not move is read again after this, in milliseconds: the focus and the
  /// exposure may have settled.
  package static let rereadInterval: Int64 = 250

  /// The longest time from coming into view to a scan that is reported, in milliseconds.
  package static let longestWait: Int64 = 10_000

  /// The most codes that are kept in mind for one camera; the one unseen for longest goes first.
  package static let maximumTrackedCodes = 128

  /// How much the mean of a block has to change, in greys, to count as movement.
  ///
  /// The noise of a dim webcam, some 8 greys a pixel, moves a block's mean by less than 2.
  package static let leastChange = 6

  /// A frame with less than this part of the sharpness of the last ones is smeared.
  package static let leastSharpness = 0.35

  /// The most smeared frames in a row that are left out, since a dirty lens never gets sharp.
  package static let maximumSmearedFrames = 3
}
