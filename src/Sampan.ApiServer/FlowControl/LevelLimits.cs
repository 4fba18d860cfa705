using Sampan.Api.FlowControl.V1;

namespace Sampan.ApiServer.FlowControl;

/// <summary>
/// How many seats a priority level has. A seat is the right to have one ordinary request worked on.
/// </summary>
/// <param name="Nominal">Its share of the server's seats.</param>
/// <param name="Least">What it keeps when others borrow.</param>
/// <param name="Most">What it may reach by borrowing.</param>
internal readonly record struct LevelLimits(int Nominal, int Least, int Most)
{
    /// <summary>The limits of levels that share a server's seats, in the order given.</summary>
    public static IReadOnlyList<LevelLimits> Of(IReadOnlyList<PriorityLevelConfigurationSpec> levels, int serverSeats)
    {
        double sum = Math.Max(1, levels.Sum(Shares));
        return [.. levels.Select(level => Of(level, (int)Math.Ceiling(serverSeats * Shares(level) / sum), serverSeats))];
    }

    private static LevelLimits Of(PriorityLevelConfigurationSpec level, int nominal, int serverSeats)
    {
        int lendable = Percent(nominal, level.Limited?.LendablePercent ?? level.Exempt?.LendablePercent ?? 0);
        int most = level.Limited?.BorrowingLimitPercent is { } percent ? nominal + Percent(nominal, percent) : serverSeats;
        return new LevelLimits(nominal, nominal - lendable, Math.Max(most, nominal));
    }

    private static int Shares(PriorityLevelConfigurationSpec level) => level.Limited is { } limited
        ? limited.NominalConcurrencyShares ?? 30
        : level.Exempt?.NominalConcurrencyShares ?? 0;

    private static int Percent(int of, int percent) => (int)Math.Round(of * percent / 100.0, MidpointRounding.AwayFromZero);
}
