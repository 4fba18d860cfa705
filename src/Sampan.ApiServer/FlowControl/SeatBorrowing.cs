namespace Sampan.ApiServer.FlowControl;

/// <summary>
/// Lends the seats that some priority levels don't use to those that want more. Each keeps its least, and gets what its demand
/// asks for as far as the server's seats go, all in the same proportion. Upstream: KEP-1040, "dispatching".
/// </summary>
internal static class SeatBorrowing
{
    private const int Steps = 40;

    /// <param name="limits">Of the levels that share the seats.</param>
    /// <param name="demands">The most seats that each wanted at once of late.</param>
    public static int[] Share(IReadOnlyList<LevelLimits> limits, IReadOnlyList<double> demands)
    {
        if (Enumerable.Range(0, limits.Count).All(i => demands[i] <= limits[i].Nominal)) return [.. limits.Select(level => level.Nominal)];
        int server = limits.Sum(level => level.Nominal);
        double[] least = [.. limits.Select((level, i) => Math.Max(level.Least, Math.Min(level.Nominal, demands[i])))];
        double[] target = [.. limits.Select((_, i) => Math.Max(least[i], demands[i]))];
        double fraction = FractionOf(server, i => Seats(limits[i], least[i], target[i]), limits.Count);
        return [.. limits.Select((level, i) => (int)Math.Round(Seats(level, least[i], target[i])(fraction)))];
    }

    /// <summary>How many seats a level gets when each gets this fraction of its target.</summary>
    private static Func<double, double> Seats(LevelLimits level, double least, double target) =>
        fraction => Math.Min(level.Most, Math.Max(least, fraction * target));

    /// <summary>The fraction at which all seats are given out, found by halving.</summary>
    private static double FractionOf(int server, Func<int, Func<double, double>> seats, int count)
    {
        double low = 0, high = server;
        for (int step = 0; step < Steps; step++)
        {
            double middle = (low + high) / 2;
            double given = Enumerable.Range(0, count).Sum(i => seats(i)(middle));
            if (given > server) high = middle;
            else low = middle;
        }
        return low;
    }
}
