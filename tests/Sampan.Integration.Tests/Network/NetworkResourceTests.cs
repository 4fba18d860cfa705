using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Networking.V1;
using Sampan.Client;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Network;

/// <summary>Every verb on the kinds of sig-network.</summary>
public sealed class NetworkResourceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task EndpointSlices_EveryVerb_Works() => EveryVerbAsync(meta => new EndpointSlice
    {
        Metadata = meta, AddressType = "IPv4", Endpoints = [new Endpoint { Addresses = ["10.1.2.3"] }],
    });

    [Fact]
    public Task Endpoints_EveryVerb_Works() => EveryVerbAsync(meta => new Endpoints
    {
        Metadata = meta, Subsets = [new EndpointSubset { Addresses = [new EndpointAddress { Ip = "10.1.2.3" }], Ports = [new() { Port = 80 }] }],
    });

    [Fact]
    public Task Ingresses_EveryVerb_Works() => EveryVerbAsync(meta => new Ingress
    {
        Metadata = meta, Spec = new IngressSpec { DefaultBackend = new IngressBackend { Service = new() { Name = "web", Port = new() { Number = 80 } } } },
    });

    [Fact]
    public Task IngressClasses_EveryVerb_Works() => EveryVerbAsync(meta => new IngressClass
    {
        Metadata = meta, Spec = new IngressClassSpec { Controller = "example.com/controller" },
    }, ns: null);

    [Fact]
    public async Task Ingress_Status_IsWrittenByItself()
    {
        await using var cluster = await StartAsync();
        var ingresses = cluster.Client.Of<Ingress>();
        await ingresses.CreateAsync(
            new Ingress
            {
                Metadata = new ObjectMeta { Namespace = "default", Name = "web" },
                Spec = new IngressSpec { DefaultBackend = new IngressBackend { Service = new() { Name = "web", Port = new() { Number = 80 } } } },
            },
            Ct);
        var status = new JsonObject { ["status"] = new JsonObject { ["loadBalancer"] = new JsonObject { ["ingress"] = new JsonArray(new JsonObject { ["ip"] = "169.1.1.1" }) } } };
        var patched = await ingresses.PatchAsync("default", "web", Patch.Merge(status), "status", Ct);
        Assert.Equal("169.1.1.1", patched.Status!.LoadBalancer!.Ingress![0].Ip);
    }

    private static async Task EveryVerbAsync<T>(Func<ObjectMeta, T> create, string? ns = "default")
        where T : class, IObject<T>
    {
        await using var cluster = await StartAsync();
        var client = cluster.Client.Of<T>();
        var chosen = new ListOptions { LabelSelector = "set=test" };
        foreach (var name in new[] { "one", "two", "three" })
            await client.CreateAsync(create(new ObjectMeta { Namespace = ns ?? "", Name = name, Labels = new() { ["set"] = "test" } }), Ct);
        var listed = await client.ListAsync(ns, chosen, Ct);
        Assert.Equal(3, listed.Items.Count);

        var one = await client.GetAsync(ns, "one", Ct);
        var patched = (await client.PatchAsync(ns, "one", Patch.Merge(Annotation("patched")), Ct)).DeepClone();
        Assert.Equal("true", patched.Metadata.Annotations!["patched"]);
        await Assert.ThrowsAsync<StatusException>(() => client.UpdateAsync(one, Ct));
        patched.Metadata.Annotations["updated"] = "true";
        Assert.Equal("true", (await client.UpdateAsync(patched, Ct)).Metadata.Annotations!["updated"]);

        await client.DeleteAsync(ns, "two", Ct);
        Assert.Equal(["Modified one", "Modified one", "Deleted two"], await WatchAsync(client, ns, listed.ResourceVersion, 3));
        await client.DeleteCollectionAsync(ns, null, chosen, Ct);
        Assert.Empty((await client.ListAsync(ns, chosen, Ct)).Items);
    }

    private static async Task<List<string>> WatchAsync<T>(ResourceClient<T> client, string? ns, string from, int count)
        where T : class, IObject<T>
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        var seen = new List<string>();
        await foreach (var change in client.WatchAsync(ns, new ListOptions { LabelSelector = "set=test", ResourceVersion = from }, limit.Token))
        {
            if (change.Type == WatchEventType.Bookmark) continue;
            seen.Add($"{change.Type} {change.Object.Metadata.Name}");
            if (seen.Count == count) break;
        }

        return seen;
    }

    private static Task<TestCluster> StartAsync() =>
        TestCluster.StartAsync(new TestClusterOptions { Nodes = 0, Controllers = false, Scheduler = false }, Ct);

    private static JsonObject Annotation(string name) =>
        new() { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [name] = "true" } } };
}
