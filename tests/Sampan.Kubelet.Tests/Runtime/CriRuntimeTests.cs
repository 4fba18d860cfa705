using Sampan.Client.Grpc;
using Sampan.Kubelet.Cri;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Runtime;

public sealed class CriRuntimeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cri").FullName;
    private readonly TaskCompletionSource _answer = new();
    private int _counting;
    private int _most;

    private string Socket => Path.Combine(_folder, "s");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Usage_AskedForByMany_ReachesTheRuntimeOneByOne()
    {
        await using var server = await StartAsync();
        using var runtime = new CriRuntime(Socket, TimeProvider.System);
        var calls = Enumerable.Range(0, 20).Select(i => (Task)runtime.PodSandboxStatsAsync($"s{i}", default)).Append(runtime.ListContainerStatsAsync(default)).ToList();
        await Eventually.TrueAsync(() => Volatile.Read(ref _counting) == 1, "the first one is there");

        // Asked after them on the same connection: were they not held back, they would be there by now.
        await runtime.VersionAsync(default);
        _answer.SetResult();
        await Task.WhenAll(calls);
        Assert.Equal(1, _most);
    }

    [Fact]
    public async Task Usage_RuntimeHangs_EveryCallerIsToldWithinTheLimit()
    {
        await using var server = await StartAsync();
        using var runtime = new CriRuntime(Socket, TimeProvider.System, limit: TimeSpan.FromMilliseconds(200));
        var calls = Enumerable.Range(0, 5).Select(i => Assert.ThrowsAsync<RpcException>(() => runtime.PodSandboxStatsAsync($"s{i}", default)));
        Assert.All(await Task.WhenAll(calls), e => Assert.Equal(GrpcStatusCode.DeadlineExceeded, e.Code));
        _answer.SetResult();
        Assert.NotNull(await runtime.ListContainerStatsAsync(default));
    }

    [Fact]
    public async Task Start_CallerGoesMeanwhile_IsNotTakenBack()
    {
        await using var server = await StartAsync();
        using var runtime = new CriRuntime(Socket, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var starting = runtime.StartContainerAsync("c", stop.Token);
        await Eventually.TrueAsync(() => Volatile.Read(ref _counting) == 1, "the runtime is at it");
        await stop.CancelAsync();
        _answer.SetResult();
        await starting;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runtime.StartContainerAsync("other", stop.Token));
    }

    [Fact]
    public async Task Start_RuntimeHangsAsTheCallerGoes_IsGivenUpAfterAWhile()
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync();
        using var runtime = new CriRuntime(Socket, time);
        using var stop = new CancellationTokenSource();
        var starting = runtime.StartContainerAsync("c", stop.Token);
        await Eventually.TrueAsync(() => Volatile.Read(ref _counting) == 1, "the runtime is at it");
        await stop.CancelAsync();
        time.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAnyAsync<Exception>(() => starting);
    }

    [Theory]
    [InlineData("""{"containerd":{},"sandboxImage":"registry.k8s.io/pause:3.6"}""", false, "pause")]
    [InlineData("""{"containerd":{},"sandboxImage":"registry.k8s.io/pause:3.6"}""", true, "web")]
    [InlineData("""{"sandboxImage":"gone"}""", false, "")]
    [InlineData("""{"sandboxImage":7}""", false, "")]
    [InlineData("""["no settings"]""", false, "")]
    [InlineData("no JSON", false, "")]
    [InlineData(null, false, "")]
    public async Task ListImages_RuntimeThatPinsNone_PinsTheOneOfSandboxes(string? settings, bool pinsItself, string pinned)
    {
        var status = new StatusResponse();
        if (settings is not null) status.Info["config"] = settings;
        await using var server = new GrpcServer(Socket)
            .Add(CriMethods.Status, (request, _) => Task.FromResult(request.Verbose ? status : new()))
            .Add(CriMethods.ImageStatus, (request, _) => Task.FromResult(new ImageStatusResponse { Image = request.Image.Image == "registry.k8s.io/pause:3.6" ? new() { Id = "pause" } : null }))
            .Add(CriMethods.ListImages, (_, _) => Task.FromResult(new ListImagesResponse { Images = { new Image { Id = "web", Pinned = pinsItself }, new Image { Id = "pause" } } }));
        await server.StartAsync(default);
        using var runtime = new CriRuntime(Socket, TimeProvider.System);
        Assert.Equal(pinned, string.Join(' ', (await runtime.ListImagesAsync(default)).Where(i => i.Pinned).Select(i => i.Id)));
    }

    private async Task<GrpcServer> StartAsync()
    {
        var server = new GrpcServer(Socket)
            .Add(CriMethods.Version, (_, _) => Task.FromResult(new VersionResponse()))
            .Add(CriMethods.PodSandboxStats, (_, cancellationToken) => CountAsync(new PodSandboxStatsResponse(), cancellationToken))
            .Add(CriMethods.StartContainer, (_, cancellationToken) => CountAsync(new StartContainerResponse(), cancellationToken))
            .Add(CriMethods.ListContainerStats, (_, cancellationToken) => CountAsync(new ListContainerStatsResponse(), cancellationToken));
        await server.StartAsync(default);
        return server;
    }

    private async Task<T> CountAsync<T>(T answer, CancellationToken cancellationToken)
    {
        _most = Math.Max(_most, Interlocked.Increment(ref _counting));
        try
        {
            await _answer.Task.WaitAsync(cancellationToken);
            await Task.Yield();
            return answer;
        }
        finally
        {
            Interlocked.Decrement(ref _counting);
        }
    }
}
