using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Cluster.Host;

namespace Sampan.Cluster.Lifecycle;

/// <summary>
/// `sampan up`: from whatever state the host is in to a cluster that answers. Each step looks first and does only what is
/// missing, so running it again, after a crash or a reboot too, is always right.
/// </summary>
public sealed class ClusterUp(UpOptions options, IStepReporter steps, TimeProvider time)
{
    private readonly ServerProcess _server = new(options.Paths, time);

    /// <exception cref="HostException">A step failed; the message says why and what to do.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        options.Paths.CheckLength();
        await steps.RunAsync("host packages", EnsurePackagesAsync, ct);
        await steps.RunAsync("server", StartServerAsync, ct);
        await steps.RunAsync("API server ready", WaitForApiServerAsync, ct);
        await using var client = AdminClient();
        if (options.Nodes > 1 || NodeHost.List(options.Paths).Count > 0) await steps.RunAsync("further nodes", StartNodesAsync, ct);
        await steps.RunAsync(options.ForeignCni ? "node registered" : "node Ready", limit => WaitForNodeAsync(client, limit), ct);
        await steps.RunAsync("cluster DNS answering", limit => WaitForDnsAsync(client, limit), ct);
        if (options.UserKubeconfig is { } path)
            await steps.RunAsync("kubeconfig", _ => Task.FromResult<string?>(UserKubeconfig.AddContext(options.Paths, path)), ct);
    }

    private static async Task<string?> EnsurePackagesAsync(CancellationToken ct)
    {
        var installed = await HostPackages.EnsureAsync(ct);
        return installed.Count == 0 ? null : $"installed {string.Join(' ', installed)}";
    }

    private Task<string?> StartServerAsync(CancellationToken ct) =>
        Task.FromResult<string?>(_server.EnsureStarted(options.ServerArguments) ? $"log: {options.Paths.ServerLog}" : "runs already");

    private async Task<string?> WaitForApiServerAsync(CancellationToken ct)
    {
        await UntilAsync("the API server is not ready", async limit =>
        {
            if (!File.Exists(options.Paths.AdminKubeconfig)) return "its certificates are not made yet";
            await using var client = AdminClient();
            await client.GetRawAsync("/readyz", limit);
            return null;
        }, ct);
        return Kubeconfig.Load(options.Paths.AdminKubeconfig).ToClientConfig().Server;
    }

    private async Task<string?> StartNodesAsync(CancellationToken ct)
    {
        var hosts = new NodeHosts(options.Paths, time);
        foreach (var node in NodeHost.List(options.Paths)) await hosts.StartAsync(node, ct);
        while (NodeHost.List(options.Paths).Count < options.Nodes - 1) await hosts.AddAsync(null, ct);
        return string.Join(' ', NodeHost.List(options.Paths).Select(node => node.Name));
    }

    private async Task<string?> WaitForNodeAsync(ApiClient client, CancellationToken ct)
    {
        var name = "";
        await UntilAsync("the node is not Ready", async limit =>
        {
            var nodes = await client.Of<Node>().ListAsync(null, limit);
            if (nodes.Items.Count == 0) return "the kubelet has not registered it";
            if (NodeHost.List(options.Paths).FirstOrDefault(host => nodes.Items.All(node => node.Metadata.Name != host.Name)) is { } missing)
                return $"{missing.Name} has not joined; its log is {missing.Paths.ServerLog}";
            var waiting = options.ForeignCni ? null : nodes.Items.Select(NodeLine.Problem).FirstOrDefault(reason => reason is not null);
            name = string.Join(' ', nodes.Items.Select(node => node.Metadata.Name));
            return waiting;
        }, ct);
        return name;
    }

    private async Task<string?> WaitForDnsAsync(ApiClient client, CancellationToken ct)
    {
        var address = "";
        await UntilAsync("the cluster DNS does not answer", async limit =>
        {
            var service = await client.Of<Service>().FindAsync("kube-system", "kube-dns", limit);
            if (service?.Spec.ClusterIP is not { Length: > 0 } ip) return "its Service kube-system/kube-dns does not exist yet";
            address = ip;
            return await DnsProbe.AnswersAsync(ip, time, limit) ? null : $"no answer from {ip}";
        }, ct);
        return address;
    }

    private ApiClient AdminClient() =>
        new(Kubeconfig.Load(options.Paths.AdminKubeconfig).ToClientConfig() with { Timeout = TimeSpan.FromSeconds(5) });

    private Task UntilAsync(string what, Func<CancellationToken, Task<string?>> probe, CancellationToken ct) =>
        Poll.UntilAsync(what, probe, ServerHasEnded, options.Timeout, time, ct);

    private string? ServerHasEnded() =>
        _server.HasFailed() ? $"the server has ended; the end of its log {options.Paths.ServerLog}:\n{_server.LogTail(12)}" : null;
}
