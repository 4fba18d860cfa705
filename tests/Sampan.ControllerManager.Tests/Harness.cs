using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Client.Events;
using Sampan.Client.Informers;
using Sampan.Client.Metrics;

namespace Sampan.ControllerManager.Tests;

/// <summary>Some controllers over the in-memory API and a fake clock.</summary>
internal sealed class Harness : IAsyncDisposable
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMilliseconds(200);
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

    /// <summary>
    /// Waits for a condition, and then for what is at work. The clock stands still, except for a controller that lost a race between two
    /// writers: it waits some milliseconds of that clock before it tries again.
    /// </summary>
    public async Task UntilAsync(Func<bool> condition, string what)
    {
        await Eventually.TrueAsync(condition, what, LetRetry);
        await SettleAsync();
    }

    /// <summary>
    /// Moves the clock in small steps until a condition holds. On a busy machine all steps may be over before what they wake has run:
    /// then the clock goes on more slowly.
    /// </summary>
    public async Task AdvanceUntilAsync(Func<bool> condition, string what, TimeSpan? step = null)
    {
        var by = step ?? TimeSpan.FromMilliseconds(100);
        for (var i = 0; i < 4000; i++)
        {
            await SettleAsync();
            if (condition()) break;
            await AdvanceAsync(by);
        }

        // What is not done by the controllers themselves, such as the writing of events, may come late and need more of the clock.
        await Eventually.TrueAsync(condition, what, () => Time.Advance(IsQuiet() ? by : TimeSpan.Zero));
        await SettleAsync();
    }

    /// <summary>Moves the clock, and lets the controllers finish at each moment at which one of them is due.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        for (var end = Time.GetUtcNow() + by; Time.GetUtcNow() < end;)
        {
            await SettleAsync();
            var next = Time.NextTimer is { } due && due < end ? due : end;
            Time.Advance(next > Time.GetUtcNow() ? next - Time.GetUtcNow() : TimeSpan.Zero);
        }

        await SettleAsync();
    }

    /// <summary>
    /// Waits until the controllers have worked off all that happened so far, so that time does not run ahead of them. One that itself
    /// waits for time, or for events that are held back, is not waited for long.
    /// </summary>
    public async Task SettleAsync()
    {
        for (var i = 0; i < 400 && !IsQuiet(); i++)
        {
            if (i < 200) await Task.Yield();
            else await Task.Delay(5);
        }
    }

    /// <summary>True when the controller has worked off all that it was told.</summary>
    public static bool IsIdle(IComponent controller) => controller switch
    {
        KeyedController<ObjectKey> c => c.IsIdle,
        KeyedController<Sampan.ControllerManager.GarbageCollection.GarbageItem> c => c.IsIdle,
        _ => true,
    };

    private void LetRetry()
    {
        var now = Time.GetUtcNow();
        if (IsQuiet() && Time.NextTimer is { } due && due - now <= LongestRetry) Time.Advance(due > now ? due - now : TimeSpan.Zero);
    }

    private bool IsQuiet() => Api.IsQuiet && _controllers.TrueForAll(IsIdle) && Api.IsQuiet;

    public async ValueTask DisposeAsync()
    {
        foreach (var controller in _controllers) await controller.StopAsync(default);
        await Context.Informers.DisposeAsync();
        await Context.Events.DisposeAsync();
    }
}
