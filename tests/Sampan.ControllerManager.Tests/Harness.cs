using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Client.Events;
using Sampan.Client.Informers;
using Sampan.Client.Metrics;

namespace Sampan.ControllerManager.Tests;

/// <summary>Some controllers over the in-memory API and a fake clock.</summary>
internal sealed class Harness : IAsyncDisposable
{
    private readonly List<IComponent> _controllers = [];

    public Harness()
    {
        Api = new FakeApi(Time);
        var client = Api.Client;
        Context = new ControllerContext(
            client,
            new InformerFactory(client, Time),
            Time,
            NullLoggerFactory.Instance,
            new MetricRegistry(),
            new EventBroadcaster(client, Time, NullLoggerFactory.Instance));
    }

    public FakeTimeProvider Time { get; } = new();

    public FakeApi Api { get; }

    public ControllerContext Context { get; }

    public async Task StartAsync(params Func<ControllerContext, IComponent>[] controllers)
    {
        foreach (var create in controllers)
        {
            var controller = create(Context);
            _controllers.Add(controller);
            await controller.StartAsync(default);
        }

        await Context.Informers.StartAsync(default);
        foreach (var controller in _controllers) await controller.ReadyAsync(default);
    }

    /// <summary>Waits for a condition without moving the clock.</summary>
    public static Task UntilAsync(Func<bool> condition, string what) => Eventually.TrueAsync(condition, what);

    /// <summary>Moves the clock in small steps until a condition holds.</summary>
    public Task AdvanceUntilAsync(Func<bool> condition, string what, TimeSpan? step = null) => Eventually.TrueAsync(
        () =>
        {
            if (condition()) return true;
            Time.Advance(step ?? TimeSpan.FromMilliseconds(100));
            return condition();
        },
        what);

    public async ValueTask DisposeAsync()
    {
        foreach (var controller in _controllers) await controller.StopAsync(default);
        await Context.Informers.DisposeAsync();
        await Context.Events.DisposeAsync();
    }
}
