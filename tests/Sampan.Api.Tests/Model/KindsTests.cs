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

    [Fact]
    public void All_Schemas_CanBeWalked()
    {
        HashSet<string> seen = [];
        foreach (KindInfo kind in Kinds.Typed)
        {
            Walk(kind.Schema, seen);
        }

        Assert.True(seen.Count > 500);
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

    private static void Walk(TypeSchema schema, HashSet<string> seen)
    {
        if (!seen.Add(schema.Name))
        {
            return;
        }

        foreach (TypeSchema child in schema.Fields.Select(f => f.Object).OfType<TypeSchema>())
        {
            Walk(child, seen);
        }
    }
}
