namespace Sampan.Scheduler.Framework;

/// <summary>Numbers types as they are first used.</summary>
internal static class TypeIndexes
{
    private static int _last = -1;

    public static int Next() => Interlocked.Increment(ref _last);
}
