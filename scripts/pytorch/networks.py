"""STDCNet813, ResNet-18, BiSeNet in its two forms, and the discriminator, with the published parameter names."""

import torch
from torch import nn
from torch.nn import functional as F

CLASSES = 19


class ConvX(nn.Module):
    """Convolution without bias, batch norm, ReLU."""

    def __init__(self, inputs, outputs, kernel, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)
        self.bn = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


class CatBottleneck(nn.Module):
    """Four layers whose outputs, each narrower than the one before, are concatenated."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        half, quarter, eighth = outputs // 2, outputs // 4, outputs // 8
        self.conv_list = nn.ModuleList([
            ConvX(inputs, half, 1), ConvX(half, quarter, 3), ConvX(quarter, eighth, 3), ConvX(eighth, eighth, 3)])
        self.stride = stride
        if stride == 2:
            depthwise = nn.Conv2d(half, half, 3, 2, 1, groups=half, bias=False)
            self.avd_layer = nn.Sequential(depthwise, nn.BatchNorm2d(half))

    def forward(self, x):
        first = self.conv_list[0](x)
        last = self.avd_layer(first) if self.stride == 2 else first
        outputs = [F.avg_pool2d(first, 3, 2, 1) if self.stride == 2 else first]
        for layer in self.conv_list[1:]:
            last = layer(last)
            outputs.append(last)
        return torch.cat(outputs, 1)


class STDCNet813(nn.Module):
    """The features at strides 8, 16 and 32."""
    CHANNELS = (256, 512, 1024)

    def __init__(self, width=1.0):
        super().__init__()
        def scaled(*channels):
            return [int(c * width) for c in channels]
        c32, c64, c256, c512, c1024 = scaled(32, 64, 256, 512, 1024)
        self.features = nn.Sequential(
            ConvX(3, c32, 3, 2), ConvX(c32, c64, 3, 2),
            CatBottleneck(c64, c256, 2), CatBottleneck(c256, c256, 1),
            CatBottleneck(c256, c512, 2), CatBottleneck(c512, c512, 1),
            CatBottleneck(c512, c1024, 2), CatBottleneck(c1024, c1024, 1))

    def forward(self, x):
        stride8 = self.features[:4](x)
        stride16 = self.features[4:6](stride8)
        return stride8, stride16, self.features[6:](stride16)


class BasicBlock(nn.Module):
    """Two 3 x 3 convolutions and what went in, which a 1 x 1 convolution brings to the same shape where it has another."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        last = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(last + (x if self.downsample is None else self.downsample(x)))


class ResNet18(nn.Module):
    """The features at strides 8, 16 and 32, under torchvision's names; without its classifier."""
    CHANNELS = (128, 256, 512)

    def __init__(self, width=1.0):
        super().__init__()
        c64, c128, c256, c512 = (int(c * width) for c in (64, 128, 256, 512))
        self.conv1 = nn.Conv2d(3, c64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(c64)
        self.layer1 = nn.Sequential(BasicBlock(c64, c64, 1), BasicBlock(c64, c64, 1))
        self.layer2 = nn.Sequential(BasicBlock(c64, c128, 2), BasicBlock(c128, c128, 1))
        self.layer3 = nn.Sequential(BasicBlock(c128, c256, 2), BasicBlock(c256, c256, 1))
        self.layer4 = nn.Sequential(BasicBlock(c256, c512, 2), BasicBlock(c512, c512, 1))

    def forward(self, x):
        stride4 = self.layer1(F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, 1))
        stride8 = self.layer2(stride4)
        stride16 = self.layer3(stride8)
        return stride8, stride16, self.layer4(stride16)


BACKBONES = {"stdc813": STDCNet813, "resnet18": ResNet18}


class AttentionRefinement(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv = ConvX(inputs, outputs, 3)
        self.conv_atten = nn.Conv2d(outputs, outputs, 1, bias=False)
        self.bn_atten = nn.BatchNorm2d(outputs)

    def forward(self, x):
        x = self.conv(x)
        return x * torch.sigmoid(self.bn_atten(self.conv_atten(x.mean((2, 3), keepdim=True))))


class ContextPath(nn.Module):
    """Stride-8 features of the backbone, and the refined context at strides 8 and 16."""

    def __init__(self, width=1.0, backbone="stdc813"):
        super().__init__()
        _, stride16, stride32 = (int(c * width) for c in BACKBONES[backbone].CHANNELS)
        c128 = int(128 * width)
        self.backbone = BACKBONES[backbone](width)
        self.arm16 = AttentionRefinement(stride16, c128)
        self.arm32 = AttentionRefinement(stride32, c128)
        self.conv_head32 = ConvX(c128, c128, 3)
        self.conv_head16 = ConvX(c128, c128, 3)
        self.conv_avg = ConvX(stride32, c128, 1)

    def forward(self, x):
        stride8, stride16, stride32 = self.backbone(x)
        average = F.interpolate(self.conv_avg(stride32.mean((2, 3), keepdim=True)), stride32.shape[2:], mode="nearest")
        context32 = self.arm32(stride32) + average
        context16 = self.conv_head32(F.interpolate(context32, stride16.shape[2:], mode="nearest"))
        refined16 = self.arm16(stride16) + context16
        context8 = self.conv_head16(F.interpolate(refined16, stride8.shape[2:], mode="nearest"))
        return stride8, stride16, stride32, context8, context16


class SpatialPath(nn.Module):
    def __init__(self, width=1.0):
        super().__init__()
        c64, c128 = int(64 * width), int(128 * width)
        self.conv1 = ConvX(3, c64, 7, 2)
        self.conv2 = ConvX(c64, c64, 3, 2)
        self.conv3 = ConvX(c64, c64, 3, 2)
        self.conv_out = ConvX(c64, c128, 1)

    def forward(self, x):
        return self.conv_out(self.conv3(self.conv2(self.conv1(x))))


class FeatureFusion(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.convblk = ConvX(inputs, outputs, 1)
        self.conv1 = nn.Conv2d(outputs, outputs // 4, 1, bias=False)
        self.conv2 = nn.Conv2d(outputs // 4, outputs, 1, bias=False)

    def forward(self, spatial, context):
        x = self.convblk(torch.cat([spatial, context], 1))
        return x * torch.sigmoid(self.conv2(F.relu(self.conv1(x.mean((2, 3), keepdim=True))))) + x


class Head(nn.Module):
    def __init__(self, inputs, middle):
        super().__init__()
        self.conv = ConvX(inputs, middle, 3)
        self.conv_out = nn.Conv2d(middle, CLASSES, 1, bias=False)

    def forward(self, x):
        return self.conv_out(self.conv(x))


class BiSeNet(nn.Module):
    """Form `path` has a spatial path, form `stdc` takes the backbone's stride-8 features in its place."""

    def __init__(self, form="path", width=1.0, backbone="stdc813"):
        super().__init__()
        c64, c128, c256 = (int(c * width) for c in (64, 128, 256))
        if form == "path":
            self.sp = SpatialPath(width)
        self.cp = ContextPath(width, backbone)
        spatial = 128 if form == "path" else BACKBONES[backbone].CHANNELS[0]
        self.ffm = FeatureFusion(int(spatial * width) + c128, c256)
        self.conv_out = Head(c256, c256)
        self.conv_out16 = Head(c128, c64)
        self.conv_out32 = Head(c128, c64)
        self.form = form

    def features(self, x):
        """Named feature maps from the input to the fused ones."""
        stride8, stride16, stride32, context8, context16 = self.cp(x)
        spatial = self.sp(x) if self.form == "path" else stride8
        return {"stride8": stride8, "stride16": stride16, "stride32": stride32, "context8": context8,
                "context16": context16, "spatial": spatial, "fused": self.ffm(spatial, context8)}

    def heads(self, features):
        """Logits at their own strides: the main head (8) and, in training, the auxiliary ones (8 and 16)."""
        main = self.conv_out(features["fused"])
        if not self.training:
            return [main]
        return [main, self.conv_out16(features["context8"]), self.conv_out32(features["context16"])]

    def forward(self, x):
        return self.heads(self.features(x))


class Discriminator(nn.Module):
    """Five 4 x 4 stride-2 convolutions with bias; one logit for each 32 x 32 pixels of class probabilities."""

    def __init__(self, width=1.0):
        super().__init__()
        c64, c128, c256, c512 = (int(c * width) for c in (64, 128, 256, 512))
        self.conv1 = nn.Conv2d(CLASSES, c64, 4, 2, 1)
        self.conv2 = nn.Conv2d(c64, c128, 4, 2, 1)
        self.conv3 = nn.Conv2d(c128, c256, 4, 2, 1)
        self.conv4 = nn.Conv2d(c256, c512, 4, 2, 1)
        self.classifier = nn.Conv2d(c512, 1, 4, 2, 1)

    def forward(self, x):
        for layer in (self.conv1, self.conv2, self.conv3, self.conv4):
            x = F.leaky_relu(layer(x), 0.2)
        return self.classifier(x)


class LightDiscriminator(nn.Module):
    """The same outline with the first four convolutions depthwise, then 1 x 1 with the bias."""

    def __init__(self, width=1.0):
        super().__init__()
        counts = [CLASSES] + [int(c * width) for c in (64, 128, 256, 512)]
        for k in range(4):
            depthwise = nn.Conv2d(counts[k], counts[k], 4, 2, 1, groups=counts[k], bias=False)
            setattr(self, f"conv{k + 1}", nn.ModuleDict(dict(depthwise=depthwise, pointwise=nn.Conv2d(counts[k], counts[k + 1], 1))))
        self.classifier = nn.Conv2d(counts[4], 1, 4, 2, 1)

    def forward(self, x):
        for layer in (self.conv1, self.conv2, self.conv3, self.conv4):
            x = F.leaky_relu(layer["pointwise"](layer["depthwise"](x)), 0.2)
        return self.classifier(x)


def upsampled(logits, size):
    return F.interpolate(logits, size, mode="bilinear", align_corners=True)


def parameter_counts():
    """Exact counts, by name: inference leaves the two auxiliary heads out."""
    def count(network):
        return sum(p.numel() for p in network.parameters())
    counts = {}
    for name, form, backbone in (("path", "path", "stdc813"), ("stdc", "stdc", "stdc813"), ("resnet18", "path", "resnet18")):
        network = BiSeNet(form, backbone=backbone)
        counts[f"{name}.training"] = count(network)
        counts[f"{name}.inference"] = count(network) - count(network.conv_out16) - count(network.conv_out32)
    counts["resnet18.backbone"] = count(ResNet18())
    counts["discriminator"] = count(Discriminator())
    return counts
