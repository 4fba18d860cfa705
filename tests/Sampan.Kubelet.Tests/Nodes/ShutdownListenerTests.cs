using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Nodes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Nodes;

public sealed class ShutdownListenerTests
{
    [Fact]
    public async Task Run_MachineGoingDown_WaitsForThePodsAndThenGivesTheDelayBack()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a"));
        var (manager, shutdown) = (new FakeManager(), node.UseShutdown(new() { ShutdownGracePeriod = TimeSpan.FromHours(2) }));
        using var stop = new CancellationTokenSource();
        var running = new ShutdownListener(manager, shutdown, node.Time, NullLogger.Instance).RunAsync(stop.Token);
        await node.InTimeAsync(() => manager.Held == 1, "the machine is asked to wait");
        Assert.Equal(TimeSpan.FromHours(2), manager.Delay);

        manager.Say(true);
        await node.InTimeAsync(() => manager.Held == 0, "the machine may go");

        Assert.Equal("Failed", node.Status(pod).Phase);
        Assert.True(shutdown.IsActive);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Run_ShutdownCalledOff_TakesPodsAgainAndAsksAnew()
    {
        await using var node = new Node();
        var (manager, shutdown) = (new FakeManager(), node.UseShutdown(new() { ShutdownGracePeriod = TimeSpan.FromHours(2) }));
        using var stop = new CancellationTokenSource();
        var running = new ShutdownListener(manager, shutdown, node.Time, NullLogger.Instance).RunAsync(stop.Token);
        manager.Say(true);
        await node.InTimeAsync(() => shutdown.IsActive, "it begins");

        manager.Say(false);

        await node.InTimeAsync(() => !shutdown.IsActive && manager.Held == 1, "it is called off");
        await stop.CancelAsync();
        await running;
        Assert.Equal(0, manager.Held);
    }

    [Theory]
    [InlineData("""{"type":"signal","member":"PrepareForShutdown","payload":{"type":"b","data":[true]}}""", true)]
    [InlineData("""{"type":"signal","member":"PrepareForShutdown","payload":{"type":"b","data":[false]}}""", false)]
    [InlineData("""{"type":"signal","member":"NameAcquired","payload":{"type":"s","data":[":1.2"]}}""", null)]
    [InlineData("Monitoring bus message stream.", null)]
    public void Parse_LineOfTheMonitor_IsWhatItSays(string line, bool? expected) => Assert.Equal(expected, Systemd.Parse(line));

    private sealed class FakeManager : IShutdownManager
    {
        private readonly Channel<bool> _said = Channel.CreateUnbounded<bool>();
        private int _held;

        public TimeSpan Delay { get; private set; } = TimeSpan.FromSeconds(5);

        public int Held => Volatile.Read(ref _held);

        public void Say(bool isGoingDown) => _said.Writer.TryWrite(isGoingDown);

        public Task<TimeSpan> LongestDelayAsync(CancellationToken cancellationToken) => Task.FromResult(Delay);

        public Task SetLongestDelayAsync(TimeSpan delay, CancellationToken cancellationToken)
        {
            Delay = delay;
            return Task.CompletedTask;
        }

        IDisposable IShutdownManager.Delay()
        {
            Interlocked.Increment(ref _held);
            return new Release(this);
        }

        public IAsyncEnumerable<bool> WatchAsync(CancellationToken cancellationToken) => _said.Reader.ReadAllAsync(cancellationToken);

        private sealed class Release(FakeManager manager) : IDisposable
        {
            private int _isDone;

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _isDone, 1) == 0) Interlocked.Decrement(ref manager._held);
            }
        }
    }
}
