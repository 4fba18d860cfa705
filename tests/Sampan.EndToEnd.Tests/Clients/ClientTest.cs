using System.Diagnostics;
using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>A test of kubectl on the shared control plane, in a namespace of its own.</summary>
[Collection(ControlPlaneCollection.Name)]
public abstract class ClientTest(ControlPlane plane) : IAsyncLifetime
{
    protected string Namespace { get; } = $"t-{Guid.NewGuid().ToString()[..8]}";

    protected ControlPlane Plane { get; } = plane;

    public virtual async ValueTask InitializeAsync()
    {
        var missing = await Kubectl.UnavailableAsync();
        Assert.SkipWhen(missing is not null, missing ?? "");
        await KubectlAsync("create", "namespace", Namespace);
        await TestCluster.EventuallyAsync("the namespace has its account", async () => (await TryAsync("get", "serviceaccount", "default")).ExitCode == 0);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (await Kubectl.UnavailableAsync() is null) await TryAsync("delete", "namespace", Namespace, "--wait=false");
        GC.SuppressFinalize(this);
    }

    /// <summary>kubectl in this test's namespace; its failure fails the test.</summary>
    protected Task<string> KubectlAsync(params string[] arguments) => Shell.RunAsync("kubectl", Arguments(arguments));

    protected Task<ShellResult> TryAsync(params string[] arguments) => Shell.TryAsync("kubectl", Arguments(arguments));

    /// <summary>kubectl with a manifest on its standard input.</summary>
    protected Task<ShellResult> PipeAsync(string manifest, params string[] arguments) => Shell.TryAsync("kubectl", Arguments(arguments), manifest);

    /// <summary>Starts a kubectl that the caller ends.</summary>
    protected Process Start(params string[] arguments) => Shell.Start("kubectl", Arguments(arguments));

    protected async Task<string> ApplyAsync(string manifest, params string[] options)
    {
        var result = await PipeAsync(manifest, ["apply", "-f", "-", .. options]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return result.Output;
    }

    /// <summary>Runs a command and compares what it says.</summary>
    protected async Task SaysAsync(string expected, params string[] arguments) => Assert.Equal(expected, (await KubectlAsync(arguments)).TrimEnd('\n'));

    /// <summary>A command that must fail, with this in its message.</summary>
    protected async Task RefusedAsync(string expected, params string[] arguments)
    {
        var result = await TryAsync(arguments);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    private string[] Arguments(string[] arguments) => [$"--kubeconfig={Plane.Kubeconfig}", "-n", Namespace, .. arguments];
}
