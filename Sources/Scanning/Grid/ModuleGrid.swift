/// Where the modules of a code lie along a line, and how light, ink and blur change what they show.
struct ModuleGrid {
  /// How many modules the code has.
  let moduleCount: Int

  /// Where the first module starts, in samples.
  var start: Float
  /// A module's width in samples, on the whole.
  var pitch: Float
  /// How far the middle of the code is off the even grid, in samples: perspective and curl.
  var bend: Float = 0
  /// How far the two halves are off it in opposite directions, in samples.
  var skew: Float = 0
  /// The blur's standard deviation in modules.
  var blur: Float
  /// How much wider bars are than their modules, in modules: ink that spread, or too much light.
  var gain: Float = 0

  /// The level of light at the start, and how much more it is at the end.
  var light: SIMD2<Float>
  /// The level of ink at the start, and how much more it is at the end.
  var ink: SIMD2<Float>

  /// The place of a point of the code, given in modules from its start.
  func place(of module: Float) -> Float {
    let part = module / Float(moduleCount)
    return start + pitch * module + 4 * part * (1 - part) * (bend + skew * (1 - 2 * part))
  }

  /// The level of light at a part of the code, 0 to 1, and how much ink differs from it.
  func levels(at part: Float) -> (light: Float, contrast: Float) {
    let light = self.light.x + self.light.y * part
    return (light, ink.x + ink.y * part - light)
  }
}
