using System.Diagnostics;

namespace Sampan.EndToEnd.Tests.Cluster;

/// <summary>
/// One cluster for all end-to-end tests, started as a user starts it, with `./sampan up`, on a host of its own
/// (<see cref="HostNamespace"/>). Tests share it and keep to namespaces of their own.
/// </summary>
public sealed class TestCluster : IAsyncLifetime
{
    private readonly string _data = Path.Combine(Path.GetTempPath(), $"sampan-e2e-{Environment.ProcessId}");
    private HostNamespace? _host;

    public static string Root { get; } = FindRoot();

    public HostNamespace Host => _host ?? throw new InvalidOperationException("the cluster did not start");

    /// <summary>How long `sampan up` took, from the call to its end.</summary>
    public TimeSpan UpTime { get; private set; }

    public string DataDirectory => _data;

    /// <summary>Why the end-to-end tests can't run on this machine; null when they can.</summary>
    public static string? Unavailable() =>
        !Environment.IsPrivilegedProcess ? "running containers needs root"
        : Missing() is { Length: > 0 } missing ? $"not installed: {missing}"
        : null;

    public async ValueTask InitializeAsync()
    {
        if (Unavailable() is not null) return;
        await Shell.RunAsync(Path.Combine(Root, "images", "build"), ["-o", Path.Combine(Root, "artifacts", "images"), "busybox", "nginx", "nginx-next"]);
        await Shell.RunAsync(Path.Combine(Root, "sampan"), ["version"]);        // builds it, so that UpTime is the start alone
        _host = await HostNamespace.CreateAsync($"sampan-e2e-{Environment.ProcessId}");
        var clock = Stopwatch.StartNew();
        await SampanAsync("up", "--no-kubeconfig");
        UpTime = clock.Elapsed;
        await SampanAsync("image", "load", Image("busybox"), Image("nginx"), Image("nginx-next"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is null) return;
        var deleted = await TrySampanAsync("delete");
        await _host.DisposeAsync();
        Assert.True(deleted.ExitCode == 0, deleted.Output + deleted.Error);
        Assert.False(Directory.Exists(_data), "something is left of the cluster's data");
    }

    /// <summary>Runs `./sampan VERB` for this cluster.</summary>
    public async Task<string> SampanAsync(string verb, params string[] arguments)
    {
        var result = await TrySampanAsync(verb, arguments);
        Assert.True(result.ExitCode == 0, $"sampan {verb} {string.Join(' ', arguments)} ended with {result.ExitCode}:\n{result.Output}{result.Error}{LogTail()}");
        return result.Output;
    }

    public Task<ShellResult> TrySampanAsync(string verb, params string[] arguments)
    {
        string[] command = verb == "image" ? [verb, arguments[0], "--data-dir", _data, .. arguments[1..]] : [verb, "--data-dir", _data, .. arguments];
        return Host.TryAsync(Path.Combine(Root, "sampan"), command);
    }

    /// <summary>Runs kubectl as the administrator; its failure fails the test.</summary>
    public Task<string> KubectlAsync(params string[] arguments) => Host.RunAsync("kubectl", [$"--kubeconfig={_data}/admin.conf", .. arguments]);

    public Task<ShellResult> TryKubectlAsync(params string[] arguments) => Host.TryAsync("kubectl", [$"--kubeconfig={_data}/admin.conf", .. arguments]);

    /// <summary>Runs kubectl with a manifest on its standard input.</summary>
    public Task<ShellResult> PipeKubectlAsync(string input, params string[] arguments) =>
        Shell.TryAsync("nsenter", Host.Enter("kubectl", [$"--kubeconfig={_data}/admin.conf", .. arguments]), input);

    /// <summary>Starts a kubectl that the caller ends (port-forward, logs -f).</summary>
    public Process StartKubectl(params string[] arguments) => Shell.Start("nsenter", Host.Enter("kubectl", [$"--kubeconfig={_data}/admin.conf", .. arguments]));

    /// <summary>Asks again until the answer is right; what was last seen is in the failure.</summary>
    public static async Task EventuallyAsync(string what, Func<Task<bool>> condition, int seconds = 120)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(seconds), $"not within {seconds} s: {what}");
            await Task.Delay(100);
        }
    }

    private static string Image(string name) => Path.Combine(Root, "artifacts", "images", name + ".tar");

    private string LogTail() =>
        File.Exists($"{_data}/log/server.log") ? "\n" + string.Join('\n', File.ReadLines($"{_data}/log/server.log").TakeLast(20)) : "";

    private static string Missing() =>
        string.Join(' ', new[] { "containerd", "runc", "kubectl", "nsenter", "nft" }.Where(program =>
            !"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin".Split(':').Any(folder => File.Exists(Path.Combine(folder, program)))));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Sampan.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests do not run inside a checkout");
    }
}
