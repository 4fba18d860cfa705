using System.Threading.Channels;
using Sampan.Api.Core.V1;
using Sampan.Scheduler.Bindings;

namespace Sampan.Scheduler.Tests;

/// <summary>Takes the API server's place and remembers what it was told.</summary>
internal sealed class RecordingBinder : IBinder
{
    private readonly Channel<(string Pod, string Node)> _bound = Channel.CreateUnbounded<(string, string)>();
    private readonly Channel<(string Pod, string Reason, string Message, string? Nominated)> _refused = Channel.CreateUnbounded<(string, string, string, string?)>();
    private readonly Dictionary<string, string> _early = [];
    private int _failures;

    /// <summary>How many bindings fail before they succeed.</summary>
    public int Failures { set => _failures = value; }

    public Task BindAsync(Pod pod, string node, CancellationToken ct)
    {
        if (Interlocked.Decrement(ref _failures) >= 0) throw new InvalidOperationException("the API server is away");
        return _bound.Writer.WriteAsync((pod.Metadata.Name!, node), ct).AsTask();
    }

    /// <summary>The node that was named before the last binding.</summary>
    public string? Nominated { get; private set; }

    public Task NominateAsync(Pod pod, string node, CancellationToken ct)
    {
        Nominated = node;
        return Task.CompletedTask;
    }

    public void ReportScheduled(Pod pod, string node)
    {
    }

    public void ReportUnschedulable(Pod pod, string reason, string message, string? nominatedNode = null) =>
        _refused.Writer.TryWrite((pod.Metadata.Name!, reason, message, nominatedNode));

    /// <summary>The node of the pod's next binding. Pods are bound side by side: those that come before it are kept for whoever asks for them.</summary>
    public async Task<string> BoundAsync(string pod)
    {
        if (_early.Remove(pod, out var known)) return known;
        await foreach (var (name, node) in _bound.Reader.ReadAllAsync(Limit()))
        {
            if (name == pod) return node;
            _early[name] = node;
        }
        throw new InvalidOperationException("the channel has ended");
    }

    /// <summary>The pod's next refusal.</summary>
    public async Task<(string Reason, string Message, string? Nominated)> RefusedAsync(string pod)
    {
        await foreach (var (name, reason, message, nominated) in _refused.Reader.ReadAllAsync(Limit()))
        {
            if (name == pod) return (reason, message, nominated);
        }
        throw new InvalidOperationException("the channel has ended");
    }

    private static CancellationToken Limit() =>
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken, new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token).Token;
}
