using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.ApiServer.OpenApi;
using Sampan.ApiServer.Tests.Discovery;

namespace Sampan.ApiServer.Tests.OpenApi;

public sealed class GnosticTests
{
    private static readonly OpenApiSnapshot Snapshot = new(DiscoveryReferenceTests.AllResources());

    [Fact]
    public void V2_Proto_NamesEveryPathAndDefinition()
    {
        var json = JsonNode.Parse(Snapshot.V2.Json)!;
        var names = Names(Snapshot.V2.Proto, [8, 2]);
        Assert.Equal(json["paths"]!.AsObject().Select(p => p.Key), names);
        Assert.Equal(json["definitions"]!.AsObject().Select(d => d.Key), Names(Snapshot.V2.Proto, [9, 1]));
        Assert.Equal(json["parameters"]!.AsObject().Select(d => d.Key), Names(Snapshot.V2.Proto, [10, 1]));
    }

    [Fact]
    public void V2_Proto_KeepsWhatOldClientsLookFor()
    {
        var proto = Snapshot.V2.Proto;
        var path = Entry(proto, [8, 2], "/apis/apps/v1/namespaces/{namespace}/deployments/{name}");
        var patch = Field(path, 8);
        Assert.Equal("patchAppsV1NamespacedDeployment", Text(patch, 5));
        Assert.Contains(Messages(patch, 13), e => Text(e, 1) == "x-kubernetes-group-version-kind"
            && JsonNode.Parse(Text(Field(e, 2), 2))!["kind"]!.ToString() == "Deployment");
        var dryRun = Messages(patch, 8).Select(p => Field(Field(Field(p, 1), 2), 3)).Where(p => p.Length > 0);
        Assert.Contains(dryRun, p => Text(p, 4) == "dryRun");
        var deployment = Entry(proto, [9, 1], "io.k8s.api.apps.v1.Deployment");
        Assert.Equal("object", Text(Field(deployment, 22), 1));
        var spec = Entry(Field(deployment, 25), [1], "spec", isNested: true);
        Assert.Equal("#/definitions/io.k8s.api.apps.v1.DeploymentSpec", Text(spec, 1));
    }

    [Fact]
    public void V3_Proto_NamesEveryPathAndSchema()
    {
        var document = Snapshot.Find("apis/apps/v1")!;
        var json = JsonNode.Parse(document.Json)!;
        Assert.Equal(json["paths"]!.AsObject().Select(p => p.Key), Names(document.Proto, [4, 1]));
        Assert.Equal(json["components"]!["schemas"]!.AsObject().Select(p => p.Key), Names(document.Proto, [5, 1, 1]));
    }

    private static List<string> Names(byte[] proto, int[] path)
    {
        var current = proto;
        foreach (var step in path[..^1])
            current = Field(current, step);
        return Messages(current, path[^1]).Select(m => Text(m, 1)).ToList();
    }

    private static byte[] Entry(byte[] proto, int[] path, string name, bool isNested = false)
    {
        var current = proto;
        foreach (var step in isNested ? [] : path[..^1])
            current = Field(current, step);
        return Field(Messages(current, path[^1]).First(m => Text(m, 1) == name), 2);
    }

    private static byte[] Field(byte[] proto, int number) => Messages(proto, number).FirstOrDefault() ?? [];

    private static string Text(byte[] proto, int number) => System.Text.Encoding.UTF8.GetString(Field(proto, number));

    private static List<byte[]> Messages(byte[] proto, int number)
    {
        var found = new List<byte[]>();
        var reader = new ProtoReader(proto);
        while (reader.ReadField() is var field and not 0)
        {
            if (field == number)
                found.Add(reader.ReadSpan().ToArray());
            else
                reader.Skip();
        }

        return found;
    }
}
