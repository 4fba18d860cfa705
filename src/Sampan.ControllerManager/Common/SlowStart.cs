namespace Sampan.ControllerManager.Common;

/// <summary>
/// Does the same thing many times in batches of 1, 2, 4, 8 …, and stops after a batch with a failure: a quota that refuses one
/// pod is not asked five hundred times.
/// </summary>
internal static class SlowStart
{
    /// <summary>Returns how many succeeded, and the first failure.</summary>
    public static async Task<(int Succeeded, Exception? Failure)> RunAsync(int count, Func<int, Task> act)
    {
        var done = 0;
        for (var batch = 1; done < count; batch *= 2)
        {
            var size = Math.Min(batch, count - done);
            var first = done;
            var tasks = Enumerable.Range(first, size).Select(i => Guard(act, i)).ToArray();
            var failures = await Task.WhenAll(tasks);
            done += failures.Count(f => f is null);
            if (Array.Find(failures, f => f is not null) is { } failure) return (done, failure);
        }

        return (done, null);
    }

    private static async Task<Exception?> Guard(Func<int, Task> act, int index)
    {
        try
        {
            await act(index);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return e;
        }
    }
}
