namespace Sampan.Scheduler.Framework;

/// <summary>Several subscriptions that end together.</summary>
internal sealed class Subscriptions(params IReadOnlyList<IDisposable> all) : IDisposable
{
    public void Dispose()
    {
        foreach (var subscription in all) subscription.Dispose();
    }
}
