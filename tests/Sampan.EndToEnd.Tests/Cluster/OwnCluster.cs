namespace Sampan.EndToEnd.Tests.Cluster;

/// <summary>
/// A cluster for one test class, on a host of its own (<see cref="HostNamespace"/>): for what the shared one cannot show, such as
/// several nodes or other addresses. The test starts it with `sampan up` as it likes.
/// </summary>
internal sealed class OwnCluster : IAsyncDisposable
{
    private OwnCluster(string data, HostNamespace host) => (Data, Host) = (data, host);

    public string Data { get; }

    public HostNamespace Host { get; }

    public static string Images { get; } = Path.Combine(TestCluster.Root, "artifacts", "images");

    /// <param name="name">Tells the cluster from those of other tests.</param>
    /// <param name="images">The images that its pods need; they are built here and loaded by <see cref="LoadImagesAsync"/>.</param>
    public static async Task<OwnCluster> CreateAsync(string name, params string[] images)
    {
        Assert.SkipWhen(TestCluster.Unavailable() is not null, TestCluster.Unavailable() ?? "");
        if (images.Length > 0) await Shell.RunAsync(Path.Combine(TestCluster.Root, "images", "build"), ["-o", Images, .. images]);
        string id = $"sampan-{name}-{Environment.ProcessId}";
        return new OwnCluster(Path.Combine(Path.GetTempPath(), id), await HostNamespace.CreateAsync(id));
    }

    public Task<string> SampanAsync(params string[] command) => Host.RunAsync(Path.Combine(TestCluster.Root, "sampan"), WithData(command));

    public Task<ShellResult> TrySampanAsync(params string[] command) => Host.TryAsync(Path.Combine(TestCluster.Root, "sampan"), WithData(command));

    public Task<string> KubectlAsync(params string[] arguments) => Host.RunAsync("kubectl", [$"--kubeconfig={Data}/admin.conf", .. arguments]);

    public Task<ShellResult> TryKubectlAsync(params string[] arguments) => Host.TryAsync("kubectl", [$"--kubeconfig={Data}/admin.conf", .. arguments]);

    public async Task ApplyAsync(string manifest)
    {
        var result = await Shell.TryAsync("nsenter", Host.Enter("kubectl", $"--kubeconfig={Data}/admin.conf", "apply", "-f", "-"), manifest);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    /// <summary>Loads images on the server's node, or on the one with this data directory.</summary>
    public Task LoadImagesAsync(string[] images, string? data = null) => Host.RunAsync(
        Path.Combine(TestCluster.Root, "sampan"), ["image", "load", "--data-dir", data ?? Data, .. images.Select(image => Path.Combine(Images, image + ".tar"))]);

    public async ValueTask DisposeAsync()
    {
        var deleted = await TrySampanAsync("delete");
        await Host.DisposeAsync();
        Assert.True(deleted.ExitCode == 0, deleted.Output + deleted.Error);
    }

    // The option stands behind the verb, before what a verb may hand on to another program.
    private string[] WithData(string[] command)
    {
        int verb = command[0] is "node" or "image" or "token" ? 2 : 1;
        return [.. command[..verb], "--data-dir", Data, .. command[verb..]];
    }
}
