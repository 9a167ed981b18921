extension BadInput {
  /// What can be told from the words alone.
  static let words = [
    BadInput("‹trian›", "no command and no value is named 'trian'", "did you mean train?"),
    BadInput("‹trian› epochs=3", "no command is named 'trian'", "did you mean train?"),
    BadInput("load ‹datset›", "'load datset' is no command", "did you mean load dataset?"),
    BadInput("‹load›", "'load' is half a command", "load dataset, load weights"),
    BadInput("fda ‹bta›=1%", "fda has no parameter 'bta'", "did you mean beta?", after: ["load dataset"]),
    BadInput("fda beta=‹2›", "beta must lie in 0...0.5, not '2'", after: ["load dataset"]),
    BadInput("fda beta=‹60%›", "beta must lie in 0...0.5, not '60%'", after: ["load dataset"]),
    BadInput("fda beta=‹0,01›", "'0,01' is not how a number is written", "write 0.01", after: ["load dataset"]),
    BadInput("fda beta=‹1e999›", "'1e999' is too large a number", "the largest is about 1.8e308", after: ["load dataset"]),
    BadInput("fda window=‹circle›", "window cannot be 'circle'", "there are square, corners, paper", after: ["load dataset"]),
    BadInput("load dataset ‹street›", "format cannot be 'street'", "did you mean streets?"),
    BadInput("load dataset size=‹4x4›", "size must lie in 8...8192, not '4x4'"),
    BadInput("load dataset size=‹99999x64›", "size must lie in 8...8192, not '99999x64'"),
    BadInput("load dataset size=‹9999999999999999999x64›", "'9999999999999999999x64' is not a size", "width x height in pixels, each 1 to 1000000, such as 512x256"),
    BadInput("load dataset size=‹512X256›", "'512X256' is not how a number is written", "write 512x256"),
    BadInput("load dataset ‹size=512 x 256›", "a value holds no spaces", "write size=512x256"),
    BadInput("load dataset size=‹512›", "size takes a size such as 512x256, not '512'"),
    BadInput("load dataset strict=‹true›", "strict takes yes or no, not 'true'", "write strict=yes or strict=no"),
    BadInput("augment contrast=‹1.5..0.5›", "the range '1.5..0.5' ends before it starts", "write 0.5..1.5", after: ["load dataset"]),
    BadInput("augment contrast=‹0.5...1.5›", "'0.5...1.5' is not how a number is written", "write 0.5..1.5", after: ["load dataset"]),
    BadInput("augment contrast=‹0.5›", "contrast takes a range such as 0.75..1.5, not '0.5'", after: ["load dataset"]),
    BadInput("augment p=‹-0.1›", "p must lie in 0...1, not '-0.1'", after: ["load dataset"]),
    BadInput("train epochs=‹50%›", "epochs takes a whole number, not '50%'", after: Small.built),
    BadInput("train epochs=‹0›", "epochs must lie in 1...10000, not '0'", after: Small.built),
    BadInput("train epochs=‹2.5›", "epochs takes a whole number, not '2.5'", after: Small.built),
    BadInput("train batch=‹1›", "batch must lie in 2...256, not '1'", after: Small.built),
    BadInput("train crop=‹16x16›", "crop must lie in 32...8192, not '16x16'", after: Small.built),
    BadInput("train lr=‹-1›", "lr must lie in 0...10, not '-1'", after: Small.built),
    BadInput("train epochs=1 ‹epochs=2›", "epochs is given twice", "leave one out", after: Small.built),
    BadInput("train ‹epochs =1›", "no spaces stand around the '=' of an argument", "write epochs=1", after: Small.built),
    BadInput("train ‹epochs=›", "epochs= has no value", after: Small.built),
    BadInput(#"load dataset gta5 ‹"data›"#, "this text never ends", "add a closing \""),
    BadInput("‹n\u{7}›", "the character U+0007 cannot be seen and is not allowed here", "in a text it is written \\u{7}"),
    BadInput("load dataset ‹gta\u{202E}5›", "the character U+202E cannot be seen and is not allowed here", "in a text it is written \\u{202e}"),
    BadInput("‹train› = load dataset", "'train' is a command, so it cannot be a name", "for example my_train"),
    BadInput("‹1x› = load dataset", "'1x' is not a name", "a name is a letter, then letters, digits and _, 64 bytes at most"),
    BadInput("seed ‹-1›", "number must lie in 0 and more, not '-1'"),
    BadInput("seed ‹1e30›", "number takes a whole number, not '1e30'"),
    BadInput("take few count=‹0›", "count must lie in 1...1000000, not '0'", after: Small.data),
    BadInput("‹take› few", "take needs count: a whole number", "write count=<a whole number>", after: Small.data),
  ]

  /// Names, and what they hold.
  static let operands = [
    BadInput("show ‹cty›", "no value is named 'cty'", "there are few, d", after: Small.data),
    BadInput("show ‹d.sorce›", "'d' has no field 'sorce'", "did you mean source?", after: Small.data),
    BadInput("show ‹few[5]›", "'few' has no element 5", "0 to 4 exist", after: Small.data),
    BadInput("show ‹d[0]›", "'d' is a dataset, which has no elements", "its fields are .source, .target", after: Small.data),
    BadInput("show ‹t@7›", "'t' has no epoch 7", "kept are @1, @best", after: Small.trained),
    BadInput("fda ‹d›", "d holds several datasets", "say which: d.source or d.target", after: Small.data),
    BadInput("fda ‹m›", "source takes a dataset; 'm' is a model", after: Small.built),
    BadInput("train on=‹t›", "on takes a dataset; 't' is a model", after: Small.trained),
    BadInput("‹fda›", "fda needs source, and there is nothing to take: the latest source", "make one first, or write <source>"),
    BadInput("‹train›", "train needs model, and there is nothing to take: the latest built or loaded model", "make one first, or write <model>", after: Small.data),
    BadInput("‹iou›", "iou needs models, and there is nothing to take: the latest trained model or ensemble", "make one first, or write <models>...", after: Small.built),
    BadInput("‹show›", "show needs values: values", "write <values>..."),
    BadInput("join ‹few›", "join needs at least 2 parts, not 1", after: Small.data),
    BadInput("predict t on=‹few›", "this takes one image, and few has 5", "choose one by its number: few[0]", after: Small.trained),
    BadInput("take few count=‹9›", "cannot take 9 of the 5 images of few", after: Small.data),
    BadInput("iou m on=‹g›", "g has no labels to judge by", after: Small.built + ["g = load dataset folder g role=target"]) { try $0.image("g/images/0.png") },
    BadInput("train m on=‹g›", "g has no labels to train on", after: Small.built + ["g = load dataset folder g role=target"]) { try $0.image("g/images/0.png"); try $0.image("g/images/1.png") },
    BadInput("expect ‹d› > 1", "'d' is a dataset, and only numbers are compared", after: Small.data),
    BadInput("expect ‹n < 3›", "n (5) is not < 3", after: ["n = 5"]),
    BadInput("‹x› = plot t", "plot makes no value to name", "leave out 'x ='", after: Small.trained),
  ]

  /// Networks and their training.
  static let models = [
    BadInput("train m on=few.train batch=‹9›", "a batch of 9 images is larger than the 4 of few.train", "choose a smaller batch=", after: Small.built),
    BadInput("train m on=‹few.train›", "a batch of 8 images is larger than the 4 of few.train", "choose a smaller batch=", after: Small.built),
    BadInput(
      "train m on=few.train toward=one.train batch=‹2› epochs=1", "a batch of 2 images is larger than the 1 of one.train", "choose a smaller batch=",
      after: Small.built + ["one = take d.target count=2"]),
    BadInput("train ‹e›", "an ensemble cannot be trained", "train one of its models", after: Small.trained + ["e = ensemble t"]),
    BadInput("ensemble t ‹e›", "e is an ensemble already", "name the models that it is made of", after: Small.trained + ["e = ensemble t"]),
    BadInput("load weights w.safetensors into=‹e›", "an ensemble takes no weights", "load them into one network", after: Small.trained + ["e = ensemble t", "save t to=w.safetensors"]),
    BadInput("features m layer=‹\"sp.conv1.bm\"› on=few[0]", "no layer is named 'sp.conv1.bm'", "did you mean sp.conv1.bn?", after: Small.built),
    BadInput("plot ‹t› what=miou", "t has no mIoU of its epochs", "train with validate=DATASET to have it judged every epoch", after: [
      "g = load dataset gta5 g", "build model width=1/8", "t = train batch=2 epochs=1",
    ]) { try $0.gta("g", 4) },
    BadInput("plot ‹few›", "there is nothing to plot of few, which is a dataset", "trained models and tables can be plotted", after: Small.data),
    BadInput("show ‹m›", "what a model predicts is shown on images", "add on=, for example on=city.val[0]", after: Small.built),
    BadInput("show m ‹few› on=few[0]", "models are shown by themselves", "name where they predict with on=, for example on=city.val[0]", after: Small.built),
  ]

  /// Files that would be written.
  static let outputs = [
    BadInput("show few to=‹../x.png›", "'../x.png' lies outside the working directory", "name a place below it, or run segue with --force", after: Small.data),
    BadInput("show few to=‹/tmp/x.png›", "'/tmp/x.png' lies outside the working directory", "name a place below it, or run segue with --force", after: Small.data),
    BadInput("show few to=‹away/x.png›", "'away/x.png' lies outside the working directory", "name a place below it, or run segue with --force", after: Small.data) {
      try $0.link("away", to: "/tmp")
    },
    BadInput("show few to=‹.segue/x.png›", "'.segue/x.png' lies in Segue's own folder", "write beside it", after: Small.data),
    BadInput("show few to=‹x.jpg›", "a picture is written as PNG, not 'x.jpg'", "end the name in .png", after: Small.data),
    BadInput("show few to=‹mine.png›", "'mine.png' exists and was not written by Segue", "choose another name, or run segue with --force", after: Small.data) { try $0.write("mine.png", text: "mine") },
    BadInput("show few to=‹x.png›", "'x.png' is a folder", "name a file in it", after: Small.data) { try $0.write("x.png/y", text: "") },
    BadInput("pseudolabel t on=few.train to=‹../labels›", "'../labels/source-train-0.png' lies outside the working directory", "name a place below it, or run segue with --force", after: Small.trained),
    BadInput("pseudolabel t on=few.train to=‹mine›", "'mine/source-train-1.png' exists and was not written by Segue", "choose another name, or run segue with --force", after: Small.trained) {
      try $0.write("mine/source-train-1.png", text: "mine")
    },
    BadInput("plot t to=‹x.png›", "a drawing is written as SVG, not 'x.png'", "end the name in .svg", after: Small.trained),
    BadInput("plot t to=‹mine.svg›", "'mine.svg' exists and was not written by Segue", "choose another name, or run segue with --force", after: Small.trained) { try $0.write("mine.svg", text: "mine") },
    BadInput("save t to=‹x.bin›", "a model is not written as 'x.bin'", "end the name in .safetensors", after: Small.trained),
    BadInput("save ‹few› to=x.png", "a dataset cannot be written to a file", "save x.segue writes the session", after: Small.data),
    BadInput("save ‹e› to=x.safetensors", "an ensemble has no weights of its own; save its 2 models one by one", after: Small.trained + ["t2 = train m on=few.train batch=2 epochs=2", "e = ensemble t t2"]),
    BadInput("save t to=‹../x.safetensors›", "'../x.safetensors' lies outside the working directory", "name a place below it, or run segue with --force", after: Small.trained),
    BadInput("save ‹mine.segue›", "'mine.segue' exists and was not written by Segue", "choose another name, or run segue with --force", after: Small.data) { try $0.write("mine.segue", text: "mine") },
    BadInput("save ‹t›", "save needs to know where", "write save t to=FILE, or a file name that ends in .segue", after: Small.trained),
  ]
}
