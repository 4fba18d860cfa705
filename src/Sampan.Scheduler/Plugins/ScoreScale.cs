namespace Sampan.Scheduler.Plugins;

/// <summary>Brings raw scores into upstream's range.</summary>
internal static class ScoreScale
{
    public const long Max = 100;

    /// <summary>Scales so that the highest becomes 100; reversed, the lowest raw score is the best.</summary>
    public static void Normalize(Span<long> scores, bool reverse)
    {
        long highest = 0;
        foreach (var score in scores) highest = Math.Max(highest, score);
        foreach (ref var score in scores)
        {
            var scaled = highest == 0 ? 0 : score * Max / highest;
            score = reverse ? Max - scaled : scaled;
        }
    }
}
