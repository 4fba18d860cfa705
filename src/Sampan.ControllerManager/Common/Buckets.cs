namespace Sampan.ControllerManager.Common;

/// <summary>The limits of a histogram's buckets.</summary>
internal static class Buckets
{
    /// <summary>So many limits, each a multiple of the one before.</summary>
    public static double[] From(double first, double factor, int count) => [.. Enumerable.Range(0, count).Select(i => Math.Round(first * Math.Pow(factor, i), 6))];
}
