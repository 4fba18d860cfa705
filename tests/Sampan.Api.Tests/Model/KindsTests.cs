using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;

namespace Sampan.Api.Tests.Model;

public sealed class KindsTests
{
    [Fact]
    public void Find_ByResource_GivesTheKind()
    {
        KindInfo kind = Kinds.Find(new GroupVersionResource("apps", "v1", "deployments"))!;

        Assert.Same(Deployment.Info, kind);
        Assert.Equal("DeploymentList", kind.ListKind);
        Assert.Equal(["deploy"], kind.ShortNames);
        Assert.True(kind.Namespaced);
        Assert.Equal(new GroupVersionKind("autoscaling", "v1", "Scale"), kind.Subresources.Single(s => s.Name == "scale").Body);
    }

    /// <summary>What <c>kubectl explain</c> shows.</summary>
    [Fact]
    public void Schemas_EveryTypeAndField_SaysWhatItIsFor()
    {
        Dictionary<string, TypeSchema> all = ModelSchemas.All();

        Assert.True(all.Count > 500);
        Assert.Empty(all.Values.Where(t => t.Description is null).Select(t => t.Name));
        Assert.Empty(all.Values.SelectMany(t => t.Fields.Where(f => f.Description is null).Select(f => $"{t.Name}.{f.Name}")));
    }

    [Fact]
    public void Schema_PodPorts_CarryMergeFacts()
    {
        FieldSchema ports = Container.Schema.Find("ports")!;

        Assert.Equal("map", ports.ListType);
        Assert.Equal(["containerPort", "protocol"], ports.ListKeys);
        Assert.Equal("containerPort", ports.MergeKey);
        Assert.Same(ContainerPort.Schema, ports.Object);
        Assert.Equal("TCP", ContainerPort.Schema.Find("protocol")!.Default);
    }
}
