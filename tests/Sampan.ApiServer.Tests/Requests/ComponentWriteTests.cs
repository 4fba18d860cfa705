using System.Text;
using Sampan.Api;
using Sampan.Api.Certificates.V1;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Resource.V1;
using Sampan.ApiServer.Tests.Server;
using static Sampan.ApiServer.Tests.Requests.ComponentRequests;
using Event = Sampan.Api.Events.V1.Event;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;
using Series = Sampan.Api.Events.V1.EventSeries;

namespace Sampan.ApiServer.Tests.Requests;

/// <summary>Writes in the forms that upstream's controllers, scheduler and kubelet send them: objects in protobuf, patches in JSON.</summary>
public sealed class ComponentWriteTests
{
    [Fact]
    public async Task GarbageCollector_OrphansAndDeletesByMetadata()
    {
        await using var server = await TestServer.StartAsync();
        var map = new ConfigMap { Metadata = new() { Name = "a", Namespace = "default", Finalizers = ["orphan"] } };
        var uid = (await server.Client.Of<ConfigMap>().CreateAsync(map, default)).Metadata.Uid;
        var patch = Encoding.UTF8.GetBytes($$$"""{"metadata":{"uid":"{{{uid}}}","$deleteFromPrimitiveList/finalizers":["orphan"]}}""");
        var patched = await server.SendAsync("PATCH", $"{ConfigMaps}/a", patch, "application/strategic-merge-patch+json", Metadata);
        Assert.Equal((200, "PartialObjectMetadata"), (patched.Code, ProtoEnvelope.Read(patched.Bytes).Kind));
        var options = new DeleteOptions { Preconditions = new() { Uid = uid }, PropagationPolicy = "Background" };
        var deleted = await server.SendAsync("DELETE", $"{ConfigMaps}/a", ProtoCodec.Encode(options), Protobuf, Metadata);
        Assert.Equal((200, "Status"), (deleted.Code, ProtoEnvelope.Read(deleted.Bytes).Kind));
    }

    [Fact]
    public async Task NamespaceController_DeletesCollectionsAndFinalizes()
    {
        await using var server = await TestServer.StartAsync();
        var created = ProtoCodec.Decode<Namespace>((await PostAsync(server, "/api/v1/namespaces", new Namespace { Metadata = new() { Name = "gone" } })).Bytes);
        await server.SendAsync("DELETE", "/api/v1/namespaces/gone", accept: Accept);
        var all = await server.SendAsync(
            "DELETE", "/api/v1/namespaces/gone/configmaps", ProtoCodec.Encode(new DeleteOptions { PropagationPolicy = "Background" }), Protobuf, Accept);
        Assert.Equal(200, all.Code);
        var found = ProtoCodec.Decode<Namespace>((await server.SendAsync("GET", "/api/v1/namespaces/gone", accept: Accept)).Bytes);
        Assert.Equal((created.Metadata.Uid, "Terminating"), (found.Metadata.Uid, found.Status.Phase));
        found.Spec.Finalizers = [];
        var finalized = await server.SendAsync("PUT", "/api/v1/namespaces/gone/finalize", ProtoCodec.Encode(found), Protobuf, Accept);
        Assert.Equal(200, finalized.Code);
        Assert.Equal(404, (await server.SendAsync("GET", "/api/v1/namespaces/gone", accept: Accept)).Code);
    }

    [Fact]
    public async Task EventBroadcaster_CreatesAndCountsOn()
    {
        await using var server = await TestServer.StartAsync();
        const string Events = "/apis/events.k8s.io/v1/namespaces/default/events";
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var created = await PostAsync(server, Events, new Event
        {
            Metadata = new() { Name = "p.1" },
            EventTime = now,
            ReportingController = "default-scheduler",
            ReportingInstance = "default-scheduler-host",
            Action = "Binding",
            Reason = "Scheduled",
            Type = "Normal",
            Regarding = new() { Kind = "Pod", Name = "p", Namespace = "default" },
        });
        Assert.True(created.Code == 201, created.Text);
        var patch = Encoding.UTF8.GetBytes("""{"series":{"count":2,"lastObservedTime":"2026-01-01T00:06:00.000000Z"}}""");
        var counted = await server.SendAsync("PATCH", $"{Events}/p.1", patch, "application/strategic-merge-patch+json", Accept);
        Assert.Equal((200, 2), (counted.Code, ProtoCodec.Decode<Event>(counted.Bytes).Series is Series series ? series.Count : 0));
        var core = await server.SendAsync("GET", "/api/v1/namespaces/default/events/p.1", accept: Accept);
        Assert.Equal("default-scheduler", ProtoCodec.Decode<Sampan.Api.Core.V1.Event>(core.Bytes).ReportingComponent);
    }

    [Fact]
    public async Task Scheduler_AllocatesAClaim()
    {
        await using var server = await TestServer.StartAsync();
        const string Claims = "/apis/resource.k8s.io/v1/namespaces/default/resourceclaims";
        var created = await PostAsync(server, Claims, new ResourceClaim
        {
            Metadata = new() { Name = "c", Finalizers = ["resource.kubernetes.io/delete-protection"] },
            Spec = new() { Devices = new() { Requests = [new() { Name = "gpu", Exactly = new() { DeviceClassName = "gpu.example.com" } }] } },
        });
        var claim = ProtoCodec.Decode<ResourceClaim>(created.Bytes);
        claim.Status.Allocation = new()
        {
            Devices = new() { Results = [new() { Request = "gpu", Driver = "gpu.example.com", Pool = "p", Device = "d" }] },
        };
        claim.Status.ReservedFor = [new() { Resource = "pods", Name = "p", Uid = "1" }];
        var allocated = await server.SendAsync("PUT", $"{Claims}/c/status", ProtoCodec.Encode(claim), Protobuf, Accept);
        Assert.True(allocated.Code == 200, allocated.Text);
        Assert.Equal("p", Assert.Single(ProtoCodec.Decode<ResourceClaim>(allocated.Bytes).Status.ReservedFor!).Name);
    }

    [Fact]
    public async Task Approver_ApprovesASigningRequest()
    {
        await using var server = await TestServer.StartAsync();
        using var key = System.Security.Cryptography.ECDsa.Create();
        var asked = new System.Security.Cryptography.X509Certificates.CertificateRequest(
            "CN=system:node:n1,O=system:nodes", key, System.Security.Cryptography.HashAlgorithmName.SHA256).CreateSigningRequestPem();
        const string Requests = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
        var created = await PostAsync(server, Requests, new CertificateSigningRequest
        {
            Metadata = new() { GenerateName = "csr-" },
            Spec = new()
            {
                Request = Encoding.ASCII.GetBytes(asked), SignerName = "kubernetes.io/kube-apiserver-client-kubelet", Usages = ["digital signature", "client auth"],
            },
        });
        Assert.True(created.Code == 201, created.Text);
        var request = ProtoCodec.Decode<CertificateSigningRequest>(created.Bytes);
        request.Status.Conditions = [new() { Type = "Approved", Status = "True", Reason = "AutoApproved" }];
        var approved = await server.SendAsync("PUT", $"{Requests}/{request.Metadata.Name}/approval", ProtoCodec.Encode(request), Protobuf, Accept);
        Assert.True(approved.Code == 200, approved.Text);
        Assert.NotNull(Assert.Single(ProtoCodec.Decode<CertificateSigningRequest>(approved.Bytes).Status.Conditions!).LastTransitionTime);
    }

    [Theory]
    [InlineData("application/cbor")]
    [InlineData("application/cbor-seq")]
    public async Task Send_Cbor_IsRefusedSoThatClientsFallBack(string type)
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal(406, (await server.SendAsync("GET", ConfigMaps, accept: type)).Code);
        Assert.Equal(200, (await server.SendAsync("GET", ConfigMaps, accept: $"{type},{Accept}")).Code);
        var written = await server.SendAsync("POST", ConfigMaps, [0xd9, 0xd9, 0xf7, 0xa0], type, "application/json");
        Assert.Equal((415, "UnsupportedMediaType"), (written.Code, written.Reason));
    }

}
