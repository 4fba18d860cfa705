using System.Text;
using Sampan.Api.Apps.V1;
using Sampan.Api.Codec;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Api.Tests.Model;

/// <summary>What is written and what is left out, as Go's encoders do.</summary>
public sealed class GoSemanticsTests
{
    [Fact]
    public void WriteJson_EmptyDeployment_KeepsValueStructsAndRequiredFields() => Assert.Equal(
        """{"kind":"Deployment","apiVersion":"apps/v1","metadata":{},"spec":{"selector":null,"template":{"metadata":{},"spec":{"containers":[]}},"strategy":{}},"status":{}}""",
        Json(new Deployment()));

    [Fact]
    public void WriteJson_PointerText_KeepsEmpty() =>
        Assert.Equal("""{"holderIdentity":""}""", Json(new LeaseSpec { HolderIdentity = "" }));

    [Fact]
    public void WriteJson_ValueText_OmitsEmpty() =>
        Assert.Equal("""{"containers":[]}""", Json(new PodSpec { NodeName = "", HostNetwork = false }));

    [Fact]
    public void WriteJson_PointerScalars_KeepZero() =>
        Assert.Equal("""{"privileged":false,"runAsUser":0}""", Json(new SecurityContext { Privileged = false, RunAsUser = 0 }));

    [Fact]
    public void WriteJson_ValueTime_WritesNull() => Assert.Equal(
        """{"type":"Ready","status":"True","lastProbeTime":null,"lastTransitionTime":null}""",
        Json(new PodCondition { Type = "Ready", Status = "True" }));

    [Fact]
    public void WriteJson_Maps_AreSortedByKey() => Assert.Equal(
        """{"labels":{"B":"2","a":"1","c":"3"}}""",
        Json(new ObjectMeta { Labels = new() { ["c"] = "3", ["a"] = "1", ["B"] = "2" } }));

    [Fact]
    public void WriteJson_ObjectList_LeavesTypeOutOfItems() => Assert.Equal(
        """{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"a"}}]}""",
        Json(new ObjectList<ConfigMap> { Metadata = new() { ResourceVersion = "7" }, Items = [new() { Metadata = new() { Name = "a" } }] }));

    [Fact]
    public void WriteJson_ClaimTemplates_NameTheirKind() => Assert.Contains(
        """
        "volumeClaimTemplates":[{"kind":"PersistentVolumeClaim","apiVersion":"v1","metadata":{"name":"data"}
        """,
        Json(new StatefulSetSpec { VolumeClaimTemplates = [new() { Metadata = new() { Name = "data" } }] }),
        StringComparison.Ordinal);

    [Fact]
    public void ReadJson_Null_IsAbsence()
    {
        Pod pod = JsonCodec.Decode<Pod>("""{"metadata":null,"spec":{"containers":null,"priority":null,"nodeName":null},"status":null}"""u8);

        Assert.True(pod.DeepEquals(new Pod()));
    }

    [Fact]
    public void ReadJson_EscapedName_IsUnderstood() =>
        Assert.Equal("n", JsonCodec.Decode<ObjectMeta>("""{"\u006eame":"n"}"""u8).Name);

    [Fact]
    public void ReadJson_OtherCase_IsUnknown()
    {
        JsonReadContext context = new(FieldValidation.Strict);
        ObjectMeta meta = JsonCodec.Decode<ObjectMeta>("""{"Name":"n"}"""u8, context);

        Assert.Equal("", meta.Name);
        Assert.Equal(["unknown field \"Name\""], context.StrictErrors);
    }

    [Fact]
    public void ReadJson_Strict_NamesUnknownAndDuplicateFields()
    {
        JsonReadContext context = new(FieldValidation.Strict);
        JsonCodec.Decode<Pod>(
            """{"apiVersion":"v1","kind":"Pod","spec":{"foo":{"a":1},"containers":[{"name":"a","name":"b","imag":"x"}],"nodeSelector":{"k":"1","k":"2"}}}"""u8,
            context);

        Assert.Equal(
            ["unknown field \"spec.foo\"", "duplicate field \"spec.containers[0].name\"", "unknown field \"spec.containers[0].imag\"", "duplicate field \"spec.nodeSelector.k\""],
            context.StrictErrors);
    }

    [Fact]
    public void ReadJson_WrongType_NamesThePlace()
    {
        JsonFormatException error = Assert.Throws<JsonFormatException>(
            () => JsonCodec.Decode<Deployment>("""{"spec":{"replicas":"three"}}"""u8));

        Assert.Contains("cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DeepEquals_AbsentAndEmptyCollections_AreEqual() =>
        Assert.True(new ObjectMeta { Labels = [], Finalizers = [] }.DeepEquals(new ObjectMeta()));

    [Fact]
    public void ReadProto_UnknownField_IsSkipped()
    {
        using ProtoWriter writer = new();
        new ObjectMeta { Name = "n" }.WriteProto(writer);
        writer.WriteString(999, "later");
        ProtoReader reader = new(writer.WrittenSpan);

        Assert.Equal("n", ObjectMeta.ReadProto(ref reader).Name);
    }

    private static string Json<T>(T value)
        where T : IWireValue<T> => Encoding.UTF8.GetString(JsonCodec.Encode(value));
}
