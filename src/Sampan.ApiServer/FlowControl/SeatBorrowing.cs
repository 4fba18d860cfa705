namespace Sampan.ApiServer.FlowControl;

/// <summary>What a level wants of the server's seats.</summary>
/// <param name="Peak">The most seats at once in the last period: of its own share it keeps as many.</param>
/// <param name="Smoothed">What it has wanted of late; falls slowly.</param>
internal readonly record struct LevelDemand(double Peak, double Smoothed);

/// <summary>The seats of each level, what each was to get, and the fraction of it that the server has for all.</summary>
internal sealed record SeatShares(int[] Seats, double[] Targets, double Fraction);

/// <summary>
/// Lends the seats that some priority levels don't use to those that want more. Each keeps its least, and gets what its demand
/// asks for as far as the server's seats go, all in the same proportion. Upstream: KEP-1040, "dispatching".
/// </summary>
internal static class SeatBorrowing
{
    private const int Steps = 40;

    /// <param name="limits">Of the levels that share the seats.</param>
    /// <param name="demands">What each of them wants.</param>
    public static SeatShares Share(IReadOnlyList<LevelLimits> limits, IReadOnlyList<LevelDemand> demands)
    {
        int server = limits.Sum(level => level.Nominal);
        double[] least = [.. limits.Select((level, i) => Math.Max(level.Least, Math.Min(level.Nominal, demands[i].Peak)))];
        double[] target = [.. limits.Select((_, i) => Math.Max(least[i], demands[i].Smoothed))];
        double fraction = FractionOf(server, i => Seats(limits[i], least[i], target[i]), limits.Count);
        bool isCalm = Enumerable.Range(0, limits.Count).All(i => Math.Max(demands[i].Peak, demands[i].Smoothed) <= limits[i].Nominal);
        int[] seats = [.. limits.Select((level, i) => isCalm ? level.Nominal : (int)Math.Round(Seats(level, least[i], target[i])(fraction)))];
        return new SeatShares(seats, target, fraction);
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
