namespace Sampan.Kubelet.Stats;

/// <summary>Edges of histograms that several metrics share, in seconds.</summary>
internal static class Buckets
{
    /// <summary>Those that Prometheus' client libraries use where nothing else is said.</summary>
    public static readonly double[] Default = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    public static readonly double[] PodStart = [0.5, 1, 2, 3, 4, 5, 6, 8, 10, 20, 30, 45, 60, 120, 180, 240, 300, 360, 480, 600, 900, 1200, 1800, 2700, 3600];

    /// <summary>As many edges, each so many times the one before.</summary>
    public static double[] Exponential(double first, double factor, int count) => [.. Enumerable.Range(0, count).Select(i => first * Math.Pow(factor, i))];
}
