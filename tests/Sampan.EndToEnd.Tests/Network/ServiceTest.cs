using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Testing.Fakes;

namespace Sampan.EndToEnd.Tests.Network;

/// <summary>A node in namespaces with two pods behind Services and one that asks.</summary>
public abstract class ServiceTest : IAsyncLifetime
{
    protected const string ClusterIP = "10.96.0.9";

    private protected TestNode Host { get; private set; } = null!;

    private protected (NetworkNamespace Pod, string Address) One { get; private set; }

    private protected (NetworkNamespace Pod, string Address) Two { get; private set; }

    private protected (NetworkNamespace Pod, string Address) Client { get; private set; }

    /// <summary>Why these tests cannot run here; null when they can.</summary>
    protected virtual string? Unavailable => NetworkNamespace.Unavailable;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Unavailable is not null, Unavailable ?? "");
        Host = new TestNode();
        await StartAsync();
        (One, Two, Client) = (Host.AddPod("one"), Host.AddPod("two"), Host.AddPod("client"));
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (Host is not null) await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts what runs on the node.</summary>
    protected virtual Task StartAsync() => Host.StartAsync();

    private protected static Endpoint Local(string address) => Objects.Endpoint(address, node: "node");

    private protected static Task AnswersAsync(NetworkNamespace from, string address, int port, string answer) =>
        TestNode.UntilAsync(async () => await TestNode.ConnectAsync(from, address, port, 1) == answer);

    /// <summary>Puts both pods behind a Service and waits until the kernel knows it.</summary>
    private protected async Task ServeAsync(Service service)
    {
        string port = $"{service.Spec.ClusterIP} . tcp . 80";
        Host.Api.Set(Objects.SliceOf(service.Metadata.Name, 8080, "TCP", Local(One.Address), Local(Two.Address)));
        Host.Api.Set(service);
        await TestNode.UntilAsync(() => Task.FromResult(
            Host.Node.Exec("nft", "list", "map", "ip", "sampan-proxy", "services").Contains(port, StringComparison.Ordinal)));
    }

    /// <summary>The different answers to many connections.</summary>
    private protected static async Task<List<string>> ManyAsync(NetworkNamespace from, string address, int port)
    {
        var answers = new SortedSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < 24; i++) answers.Add(await TestNode.ConnectAsync(from, address, port));
        return [.. answers];
    }
}
