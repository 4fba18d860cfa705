using Sampan.Client;
using Sampan.Cluster.Host;

namespace Sampan.Cluster.Lifecycle;

/// <summary>Waits for a condition by asking again and again: for what tells of no change by itself.</summary>
internal static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <param name="what">The condition in words, for the error.</param>
    /// <param name="probe">Returns null when the condition holds, else what is still missing; a server that does not answer is missing.</param>
    /// <param name="isHopeless">Says that waiting on makes no sense, e.g. since the process has ended: the reason, or null.</param>
    /// <exception cref="HostException">The condition did not hold in time, or never will.</exception>
    public static async Task UntilAsync(
        string what, Func<CancellationToken, Task<string?>> probe, Func<string?> isHopeless, TimeSpan limit, TimeProvider time, CancellationToken ct)
    {
        var deadline = time.GetUtcNow() + limit;
        while (await TryAsync(probe, ct) is { } missing)
        {
            if (isHopeless() is { } reason) throw new HostException($"{what}: {reason}");
            if (time.GetUtcNow() > deadline) throw new HostException($"{what}: not within {limit.TotalSeconds:0} s; last seen: {missing}");
            await Task.Delay(Interval, time, ct);
        }
    }

    // A probe that fails is a reason to go on waiting, not to give up: servers come up in their own time.
    private static async Task<string?> TryAsync(Func<CancellationToken, Task<string?>> probe, CancellationToken ct)
    {
        try
        {
            return await probe(ct);
        }
        catch (Exception e) when (e is ApiConnectionException or StatusException or IOException or KubeconfigException)
        {
            return e.Message;
        }
    }
}
