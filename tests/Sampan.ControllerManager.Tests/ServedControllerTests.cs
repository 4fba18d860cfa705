using System.Text;
using Sampan.Tests;

namespace Sampan.ControllerManager.Tests;

/// <summary>Controllers of kinds that few clusters serve: whoever reads the log knows why one does not run.</summary>
public sealed class ServedControllerTests : IAsyncDisposable
{
    private static readonly GroupVersionResource Things = new("example.com", "v1", "things");
    private readonly Harness _harness = new();
    private readonly LogLines _log = new();
    private readonly Component _component = new();
    private ServedController? _served;

    [Fact]
    public async Task Start_Served_RunsAndStops()
    {
        await StartAsync(() => """{"resources":[{"name":"things"}]}""");
        await Eventually.TrueAsync(() => _component.Started, "it runs");
        await _served!.StopAsync(default);
        Assert.True(_component.Stopped);
    }

    [Theory]
    [InlineData("""{"resources":[{"name":"others"}]}""")]
    [InlineData(null)]
    public async Task Start_NotServed_SaysThatItDoesNotRun(string? answer)
    {
        await StartAsync(() => answer ?? throw StatusException.NotFound(new("", ""), "/apis/example.com/v1"));
        await Eventually.TrueAsync(() => _log.All.Contains("Information: thing-controller does not run: the API server does not serve things of example.com/v1"), "the log");
        Assert.False(_component.Started);
    }

    [Fact]
    public async Task Start_ApiServerDoesNotAnswerYet_SaysWhatItWaitsForOnceAndGoesOn()
    {
        var asked = 0;
        await StartAsync(() => ++asked < 4 ? throw new ApiConnectionException("connection refused") : """{"resources":[{"name":"things"}]}""");
        // It asks from a thread of its own, at its own pace: the clock moves for as long as that takes.
        await Eventually.TrueAsync(() => _component.Started, "it runs", () => _harness.Time.Advance(TimeSpan.FromSeconds(5)));
        Assert.Equal("Warning: thing-controller waits to learn whether things of example.com/v1 are served: connection refused", Assert.Single(_log.All));
    }

    public async ValueTask DisposeAsync()
    {
        if (_served is not null) await _served.StopAsync(default);
        await _harness.DisposeAsync();
    }

    private Task StartAsync(Func<string> answer)
    {
        _harness.Api.Special = r => r.RawPath == "/apis/example.com/v1" ? Encoding.UTF8.GetBytes(answer()) : null;
        _served = new ServedController("thing-controller", _harness.Context with { Logs = _log }, Things, () => _component);
        return _served.StartAsync(default);
    }

    private sealed class Component : IComponent
    {
        public string Name => "thing";

        public bool Started { get; private set; }

        public bool Stopped { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Started = true;
            return Task.CompletedTask;
        }

        public Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Stopped = true;
            return Task.CompletedTask;
        }
    }
}
