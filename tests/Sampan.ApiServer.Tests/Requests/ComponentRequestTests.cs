using System.Buffers.Binary;
using Sampan.Api;
using Sampan.Api.Authentication.V1;
using Sampan.Api.Authorization.V1;
using Sampan.Api.Codec;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Policy.V1;
using Sampan.ApiServer.Tests.Server;
using static Sampan.ApiServer.Tests.Requests.ComponentRequests;
using Scale = Sampan.Api.Autoscaling.V1.Scale;

namespace Sampan.ApiServer.Tests.Requests;

/// <summary>Requests in the forms that upstream's Go components send them: protobuf first, metadata only where that is enough.</summary>
public sealed class ComponentRequestTests
{
    [Fact]
    public async Task Create_Protobuf_AnswersProtobuf()
    {
        await using var server = await TestServer.StartAsync();
        var answer = await PostAsync(server, "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases", new Lease
        {
            Metadata = new() { Name = "n1" },
            Spec = new() { HolderIdentity = "n1", LeaseDurationSeconds = 40 },
        });
        Assert.Equal(201, answer.Code);
        Assert.Equal(Protobuf, answer.Headers.ContentType);
        var lease = ProtoCodec.Decode<Lease>(answer.Bytes);
        Assert.Equal(("n1", 40), (lease.Metadata.Name, lease.Spec.LeaseDurationSeconds));
    }

    [Fact]
    public async Task List_MetadataOnly_IsProtobufWithoutContent()
    {
        await using var server = await TestServer.StartAsync();
        await AddConfigMapAsync(server, "a");
        var answer = await server.SendAsync("GET", ConfigMaps + "?limit=500&resourceVersion=0", accept: MetadataList);
        var envelope = ProtoEnvelope.Read(answer.Bytes);
        Assert.Equal(("meta.k8s.io/v1", "PartialObjectMetadataList"), (envelope.ApiVersion, envelope.Kind));
        Assert.DoesNotContain("secret-content", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WatchList_MetadataOnly_EndsTheInitialEventsWithABookmark()
    {
        await using var server = await TestServer.StartAsync();
        await AddConfigMapAsync(server, "a");
        var frames = await FramesAsync(
            server, ConfigMaps + "?allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan&sendInitialEvents=true&watch=true", Metadata, 2);
        Assert.Equal(["ADDED", "BOOKMARK"], frames.Select(frame => frame.Type));
        Assert.Equal("PartialObjectMetadata", ProtoEnvelope.Read(frames[0].Object).Kind);
        Assert.Contains("k8s.io/initial-events-end", System.Text.Encoding.UTF8.GetString(frames[1].Object), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Absent_AnswersStatusInProtobuf()
    {
        await using var server = await TestServer.StartAsync();
        var answer = await server.SendAsync("GET", ConfigMaps + "/absent", accept: Accept);
        var status = ProtoCodec.Decode<Status>(answer.Bytes);
        Assert.Equal((404, "NotFound", "configmaps \"absent\" not found"), (answer.Code, status.Reason, status.Message));
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("apps/v1")]
    [InlineData("meta.k8s.io/v1")]
    public async Task Delete_OptionsOfAnyGroup_AreRead(string apiVersion)
    {
        await using var server = await TestServer.StartAsync();
        await AddConfigMapAsync(server, "a");
        var options = new DeleteOptions { Preconditions = new() { Uid = "another" } };
        var body = EnvelopeOf(apiVersion, "DeleteOptions", options);
        var refused = await server.SendAsync("DELETE", ConfigMaps + "/a", body, Protobuf, Accept);
        Assert.Equal(409, refused.Code);
    }

    [Fact]
    public async Task Token_Protobuf_IsIssued()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        var answer = await PostAsync(server, "/api/v1/namespaces/default/serviceaccounts/default/token", new TokenRequest { Spec = new() { ExpirationSeconds = 3600 } });
        // This server has no signing key: the request was understood, and refused for that.
        Assert.NotEqual(400, answer.Code);
        Assert.NotEqual(415, answer.Code);
        Assert.Equal(Protobuf, answer.Headers.ContentType);
    }

    [Fact]
    public async Task Bind_Protobuf_PlacesThePod()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        var pod = new Pod { Metadata = new() { Name = "p" }, Spec = new() { Containers = [new() { Name = "c", Image = "i" }] } };
        Assert.Equal(201, (await PostAsync(server, "/api/v1/namespaces/default/pods", pod)).Code);
        var binding = new Binding { Metadata = new() { Name = "p", Namespace = "default" }, Target = new() { Kind = "Node", Name = "n1" } };
        var bound = await PostAsync(server, "/api/v1/namespaces/default/pods/p/binding", binding);
        Assert.Equal((201, "Success"), (bound.Code, ProtoCodec.Decode<Status>(bound.Bytes).StatusValue));
        Assert.Equal("n1", (await server.Client.Of<Pod>().GetAsync("default", "p", default)).Spec.NodeName);
        var evicted = await PostAsync(server, "/api/v1/namespaces/default/pods/p/eviction", new Eviction { Metadata = new() { Name = "p", Namespace = "default" } });
        Assert.Equal(201, evicted.Code);
    }

    [Fact]
    public async Task Scale_Protobuf_IsReadAndWritten()
    {
        await using var server = await TestServer.StartAsync();
        const string Target = "/api/v1/namespaces/default/replicationcontrollers/rc/scale";
        await server.SendAsync("POST", "/api/v1/namespaces/default/replicationcontrollers", """
            {"metadata":{"name":"rc"},"spec":{"replicas":1,"selector":{"a":"b"},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
            """);
        var scale = ProtoCodec.Decode<Scale>((await server.SendAsync("GET", Target, accept: Accept)).Bytes);
        scale.Spec!.Replicas = 3;
        var answer = await server.SendAsync("PUT", Target, ProtoCodec.Encode(scale), Protobuf, Accept);
        Assert.Equal((200, 3), (answer.Code, ProtoCodec.Decode<Scale>(answer.Bytes).Spec!.Replicas));
    }

    [Fact]
    public async Task Review_Protobuf_IsAnswered()
    {
        await using var server = await TestServer.StartAsync();
        var review = new SubjectAccessReview { Spec = new() { User = "jane", ResourceAttributes = new() { Verb = "get", Resource = "pods" } } };
        var answer = await PostAsync(server, "/apis/authorization.k8s.io/v1/subjectaccessreviews", review);
        Assert.Equal(201, answer.Code);
        Assert.True(ProtoCodec.Decode<SubjectAccessReview>(answer.Bytes).Status!.Allowed);
    }

    [Fact]
    public async Task Patch_NodeStatusByTheKubelet_MergesConditionsByType()
    {
        await using var server = await TestServer.StartAsync();
        await server.Client.Of<Node>().CreateAsync(new Node { Metadata = new() { Name = "n1" } }, default);
        const string Patch = """
            {"status":{"$setElementOrder/conditions":[{"type":"MemoryPressure"},{"type":"Ready"}],"conditions":[{"lastHeartbeatTime":"2026-01-01T00:00:00Z","type":"MemoryPressure","status":"False"},{"lastHeartbeatTime":"2026-01-01T00:00:00Z","type":"Ready","status":"True"}]}}
            """;
        var answer = await server.SendAsync(
            "PATCH", "/api/v1/nodes/n1/status", System.Text.Encoding.UTF8.GetBytes(Patch), "application/strategic-merge-patch+json", Accept);
        Assert.Equal(200, answer.Code);
        Assert.Equal(["MemoryPressure", "Ready"], ProtoCodec.Decode<Node>(answer.Bytes).Status!.Conditions!.Select(condition => condition.Type));
    }

    [Theory]
    [InlineData("/api/v1/pods?fieldSelector=status.phase%21%3DFailed%2Cstatus.phase%21%3DSucceeded&limit=500&resourceVersion=0")]
    [InlineData("/api/v1/pods?fieldSelector=spec.nodeName%3Dn1&limit=500&resourceVersion=0")]
    [InlineData("/api/v1/services?labelSelector=%21service.kubernetes.io%2Fheadless%2C%21service.kubernetes.io%2Fservice-proxy-name&limit=500&resourceVersion=0")]
    [InlineData("/api/v1/nodes?fieldSelector=metadata.name%3Dn1&limit=500&resourceVersion=0")]
    [InlineData("/apis/discovery.k8s.io/v1/endpointslices?labelSelector=%21service.kubernetes.io%2Fheadless&limit=500&resourceVersion=0")]
    [InlineData("/api/v1/secrets?fieldSelector=type%3Dkubernetes.io%2Fservice-account-token&limit=500")]
    [InlineData("/api/v1/namespaces/kube-system/configmaps?fieldSelector=metadata.name%3Dextension-apiserver-authentication&limit=500&resourceVersion=0")]
    [InlineData("/apis/certificates.k8s.io/v1/certificatesigningrequests?fieldSelector=spec.signerName%3Dkubernetes.io%2Fkubelet-serving")]
    public async Task List_AsInformersAsk_IsAnswered(string target)
    {
        await using var server = await TestServer.StartAsync();
        var answer = await server.SendAsync("GET", target, accept: Accept);
        Assert.True(answer.Code == 200, answer.Text);
        Assert.EndsWith("List", ProtoEnvelope.Read(answer.Bytes).Kind, StringComparison.Ordinal);
    }


    private static Task AddConfigMapAsync(TestServer server, string name) => server.Client.Of<ConfigMap>().CreateAsync(
        new ConfigMap { Metadata = new() { Name = name, Namespace = "default" }, Data = new() { ["key"] = "secret-content" } }, default);

    private static byte[] EnvelopeOf<T>(string apiVersion, string kind, T value)
        where T : IWireValue<T>
    {
        using ProtoWriter writer = new();
        ProtoEnvelope.Write(writer, apiVersion, kind, value);
        return writer.ToArray();
    }

    private static async Task<IReadOnlyList<(string Type, byte[] Object)>> FramesAsync(TestServer server, string target, string accept, int count)
    {
        var bytes = await server.WatchBytesAsync(target, accept, read => Complete(read) >= count);
        var frames = new List<(string, byte[])>();
        for (var rest = bytes.AsMemory(); frames.Count < count;)
        {
            int length = (int)BinaryPrimitives.ReadUInt32BigEndian(rest.Span);
            frames.Add(Frame(rest.Span.Slice(4, length)));
            rest = rest[(4 + length)..];
        }
        return frames;
    }

    private static int Complete(ReadOnlySpan<byte> bytes)
    {
        int frames = 0;
        while (bytes.Length >= 4 && BinaryPrimitives.ReadUInt32BigEndian(bytes) is var length && bytes.Length >= 4 + length)
        {
            bytes = bytes[(int)(4 + length)..];
            frames++;
        }
        return frames;
    }

    /// <summary>A WatchEvent: its type, and a RawExtension whose first field holds the object in its envelope.</summary>
    private static (string Type, byte[] Object) Frame(ReadOnlySpan<byte> bytes)
    {
        string type = "";
        byte[] content = [];
        ProtoReader reader = new(bytes);
        while (reader.ReadField() is var field and not 0)
        {
            if (field == 1) type = reader.ReadString();
            else if (field == 2) content = RawOf(reader.ReadNested());
            else reader.Skip();
        }
        return (type, content);
    }

    private static byte[] RawOf(ProtoReader extension) => extension.ReadField() == 1 ? extension.ReadSpan().ToArray() : [];
}
