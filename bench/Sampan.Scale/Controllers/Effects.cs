using System.Collections.Concurrent;

namespace Sampan.Scale.Controllers;

/// <summary>Effects that someone waits for, by key: the watcher that sees one says so.</summary>
internal sealed class Effects
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = new();

    /// <summary>Completes when the effect was seen after this call.</summary>
    public Task Expect(string key) =>
        (_awaited[key] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Seen(string key)
    {
        if (_awaited.TryRemove(key, out var waiting)) waiting.SetResult();
    }
}
