using Sampan.Api;

namespace Sampan.ApiServer.Printing;

/// <summary>Lengths of time in at most two units, coarser as they grow: 90s, 5m30s, 47h, 6d4h, 2y10d. Upstream: apimachinery's duration.</summary>
internal static class HumanDuration
{
    public const string Unknown = "<unknown>";

    // A clock that runs a little ahead of this one is no error.
    private const int ToleratedSeconds = -1;

    public static string Since(Time? moment, DateTimeOffset now) => moment is { IsZero: false } known ? Format(now - known.Value) : Unknown;

    public static string Since(MicroTime? moment, DateTimeOffset now) => moment is { IsZero: false } known ? Format(now - known.Value) : Unknown;

    public static string Format(TimeSpan duration)
    {
        long seconds = (long)duration.TotalSeconds;
        if (seconds < 0)
        {
            return seconds < ToleratedSeconds ? "<invalid>" : "0s";
        }

        return seconds switch
        {
            < 120 => $"{seconds}s",
            < 600 => Pair(seconds / 60, "m", seconds % 60, "s"),
            < 3 * 3600 => $"{seconds / 60}m",
            < 8 * 3600 => Pair(seconds / 3600, "h", seconds / 60 % 60, "m"),
            < 48 * 3600 => $"{seconds / 3600}h",
            < 8 * 86400 => Pair(seconds / 86400, "d", seconds / 3600 % 24, "h"),
            < 2 * 365 * 86400L => $"{seconds / 86400}d",
            < 8 * 365 * 86400L => Pair(seconds / (365 * 86400L), "y", seconds / 86400 % 365, "d"),
            _ => $"{seconds / (365 * 86400L)}y",
        };
    }

    private static string Pair(long major, string majorUnit, long minor, string minorUnit) =>
        minor == 0 ? $"{major}{majorUnit}" : $"{major}{majorUnit}{minor}{minorUnit}";
}
