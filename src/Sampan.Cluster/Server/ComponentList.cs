using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sampan.Client;
using Sampan.Cluster.Host;

namespace Sampan.Cluster.Server;

/// <summary>
/// Starts components in order, waiting for each to be ready before the next, and stops them in reverse. One that fails
/// is named.
/// </summary>
public sealed class ComponentList(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);

    private readonly Stack<IComponent> _started = new();
    private readonly ConcurrentDictionary<IComponent, long> _began = new();

    /// <exception cref="ComponentException">The component could not be started or did not become ready in time.</exception>
    public async Task StartAsync(IComponent component, CancellationToken ct)
    {
        await BeginAsync(component, ct);
        await ReadyAsync(component, ct);
    }

    /// <summary>Starts a component whose readiness is waited for later, so that it comes up beside the next ones.</summary>
    public async Task BeginAsync(IComponent component, CancellationToken ct)
    {
        lock (_started)
        {
            _started.Push(component);
        }
        _began[component] = time.GetTimestamp();
        await GuardAsync(component, component.StartAsync, ct);
    }

    public async Task ReadyAsync(IComponent component, CancellationToken ct)
    {
        await GuardAsync(component, component.ReadyAsync, ct);
        var took = time.GetElapsedTime(_began[component]);
        logger.LogInformation("{Component} is ready {Milliseconds:0} ms after its start", component.Name, took.TotalMilliseconds);
    }

    /// <summary>
    /// Waits until the token is cancelled, or a component can't go on by itself; meanwhile memory that is no longer needed goes back to
    /// the system.
    /// </summary>
    /// <exception cref="ComponentException">The component that has failed.</exception>
    public async Task WaitForEndAsync(CancellationToken ct)
    {
        using var trim = new MemoryTrim(time);
        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, time, ct);
        var ends = _started.GroupBy(component => component.Completion).ToDictionary(group => group.Key, group => group.First().Name);
        var first = await Task.WhenAny([stopped, .. ends.Keys]);
        if (first.IsFaulted) throw new ComponentException(ends[first], first.Exception!.InnerException!.Message, first.Exception.InnerException);
    }

    /// <summary>Says what is wrong with a component of this list; null when it works.</summary>
    public string? ProblemOf(string name)
    {
        lock (_started)
        {
            return _started.FirstOrDefault(component => component.Name == name) switch
            {
                null => $"{name} is not started",
                { Completion.IsCompleted: true } => $"{name} has ended",
                _ => null,
            };
        }
    }

    /// <summary>Stops what was started, the last first; one that fails does not keep the others running.</summary>
    public async Task StopAsync()
    {
        while (TryTakeLast() is { } component)
        {
            using var limit = new CancellationTokenSource(component.StopLimit, time);
            try
            {
                await component.StopAsync(limit.Token).WaitAsync(limit.Token);
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "{Component} did not stop cleanly", component.Name);
            }
        }
    }

    private IComponent? TryTakeLast()
    {
        lock (_started)
        {
            return _started.TryPop(out var last) ? last : null;
        }
    }

    private async Task GuardAsync(IComponent component, Func<CancellationToken, Task> action, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var timer = new CancellationTokenSource(ReadyLimit, time);
        await using var link = timer.Token.Register(limit.Cancel);
        try
        {
            await action(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new ComponentException(component.Name, $"not ready within {ReadyLimit.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ComponentException(component.Name, e.Message, e);
        }
    }
}
