import Scenes
import Segmentation
import Workbench

// What it takes to label images with a model.
extension ModelValue {
  /// Multiplications with addition for one image, at the size at which networks see it.
  func labellingCost(of images: Dataset) throws -> Double {
    try networks().reduce(0) { $0 + NetworkCost($1, of: images.sizes[0]).inference }
  }

  /// An estimate's unit, which `pseudolabel` and `segment` share.
  func labelling(_ images: Dataset) throws -> Work {
    let forms = try networks().map { $0.form.words }
    return Work(
      images.count, of: "an image of \(images.sizes[0]) labelled by \(forms.joined(separator: ", "))", multiplyAccumulates: try labellingCost(of: images))
  }
}
