using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Api.Tests.Errors;

public sealed class GoJsonTests
{
    [Fact]
    public void Invalid_ModelValue_HasGoNamesAndEmptyFields() => Shows(
        new ConfigMapKeySelector { Key = "a" }, """{"Name":"","Key":"a","Optional":null}""");

    [Fact]
    public void Invalid_MetaValue_IsAsOnTheWire() => Shows(new LabelSelector { MatchLabels = new() { ["a"] = "b" } }, """{"matchLabels":{"a":"b"}}""");

    [Fact]
    public void Invalid_Template_HasItsMetadataInline()
    {
        var shown = Shown(new PodTemplateSpec { Metadata = new() { Labels = new() { ["a"] = "b" } }, Spec = new() { ServiceAccount = "x", ServiceAccountName = "x" } });
        Assert.StartsWith("""{"labels":{"a":"b"},"Spec":{"Volumes":null,"InitContainers":null,"Containers":[]""", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\"ServiceAccount\":", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_ValuesThatDefaultsFill_AreZeroes() => Shows(
        new StatefulSetUpdateStrategy { Type = "Some", RollingUpdate = new() },
        """{"Type":"Some","RollingUpdate":{"Partition":0,"MaxUnavailable":null}}""");

    [Fact]
    public void Invalid_List_ShowsEach() => Shows(
        new List<HostIP> { new() { Ip = "192.0.2.1" } }, """[{"IP":"192.0.2.1"}]""");

    [Fact]
    public void Invalid_Markup_IsEscapedAsGoDoes() => Shows(new EnvVar { Name = "<a&b>" }, """{"Name":"\u003ca\u0026b\u003e","Value":"","ValueFrom":null}""");

    private static void Shows(object value, string json) => Assert.Equal(json, Shown(value));

    private static string Shown(object value)
    {
        var text = FieldError.Invalid(FieldPath.Of("f"), value, "wrong").ToString();
        return text["f: Invalid value: ".Length..^": wrong".Length];
    }
}
