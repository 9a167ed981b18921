import Scenes
import Workbench

extension IoUTable: Measured, PlottableValue {
  /// A row a class, then the means; in per cent.
  var measures: Measures {
    let classes = CityscapesClass.all.map { known in columns.map { $0.classes.isEmpty ? nil : $0.classes[Int(known.trainID)].map(Figures.classIoU) } }
    return Measures(
      main: self.classes.title, unit: "per cent", rows: CityscapesClass.all.map(\.name) + [self.classes.title, "pixel accuracy"], columns: headings,
      numbers: classes + [columns.map { mean($0).map(Figures.meanIoU) }, columns.map { $0.accuracy.map(Figures.share) }])
  }

  /// A bar for each class of each model; none for a class that is neither labelled nor predicted.
  var plot: Plot {
    let series = zip(headings, columns).map { heading, column in
      Plot.Series(heading, column.classes.enumerated().compactMap { place, iou in iou.map { (Double(place), 100 * $0) } })
    }
    return Plot(
      title: "IoU by class", horizontal: "class", vertical: "IoU in per cent", form: .bars(categories: CityscapesClass.all.map(\.name)), series: series,
      caption: "IoU by class of \(headings.joined(separator: ", "))")
  }
}
