using Sampan.Client.Features;

namespace Sampan.Client.Tests.Features;

public sealed class FeatureGatesTests
{
    [Fact]
    public void Parse_PairsOfThisComponent_AreRead() =>
        Assert.Equal(new Dictionary<string, bool> { ["A"] = true, ["B"] = false, ["C"] = true }, FeatureGates.Parse("A=true, B = F,kube:C=1,"));

    [Theory]
    [InlineData("A", "missing bool value for A")]
    [InlineData("A=yes", "invalid value of A=yes, err: strconv.ParseBool: parsing \"yes\": invalid syntax")]
    [InlineData("wardle:A=true", "component not registered: wardle")]
    public void Parse_Else_SaysWhatIsWrong(string text, string expected) => Assert.Equal(expected, Assert.Throws<FormatException>(() => FeatureGates.Parse(text)).Message);

    [Theory]
    [InlineData("NoSuch=true,SidecarContainers=false", "unrecognized feature gate: NoSuch")]
    [InlineData("SidecarContainers=false", "cannot set feature gate SidecarContainers to false, feature is locked to true")]
    [InlineData("AllowOverwriteTerminationGracePeriodSeconds=true", "cannot set feature gate AllowOverwriteTerminationGracePeriodSeconds to true, feature is locked to false")]
    [InlineData("GracefulNodeShutdown=false,WindowsGracefulNodeShutdown=false", "GracefulNodeShutdownBasedOnPodPriority is enabled, but depends on features that are disabled: [GracefulNodeShutdown]")]
    [InlineData("AllAlpha=true,GenericWorkload=false", "GangScheduling is enabled, but depends on features that are disabled: [GenericWorkload]")]
    [InlineData("AllBeta=false", null)]
    [InlineData("SidecarContainers=true,PodDeletionCost=false,HPAScaleToZero=true", null)]
    public void Problem_AsUpstreamSaysIt(string text, string? expected) => Assert.Equal(expected, FeatureGates.Problem(FeatureGates.Parse(text)));

    [Theory]
    [InlineData("PodDeletionCost=true,HPAScaleToZero=false")]
    [InlineData("PodDeletionCost=false", "feature gate PodDeletionCost=false has no effect: the feature is part of what is built and stays on")]
    [InlineData("HPAScaleToZero=true", "feature gate HPAScaleToZero=true has no effect: the feature is not built and stays off")]
    [InlineData("OpportunisticBatching=true", "feature gate OpportunisticBatching=true has no effect: the feature is not built and stays off")]
    [InlineData("SidecarContainers=true", "Setting GA feature gate SidecarContainers=true. It will be removed in a future release.")]
    [InlineData("StorageNamespaceIndex=true", "Setting deprecated feature gate StorageNamespaceIndex=true. It will be removed in a future release.")]
    public void Remarks_NameWhatIsNotDone(string text, params string[] expected) => Assert.Equal(expected, FeatureGates.Remarks(FeatureGates.Parse(text)));

    [Fact]
    public void Known_FeaturesThatNeedOthers_AreKnownAllOfThem()
    {
        Assert.All(KnownFeatures.Needs.SelectMany(one => one.Value.Append(one.Key)), name => Assert.Contains(name, KnownFeatures.All));
        Assert.DoesNotContain(KnownFeatures.All.Values, feature => feature.IsOn && !feature.Default);
    }
}
