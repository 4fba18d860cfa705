using System.Globalization;
using System.Text.RegularExpressions;

namespace Sampan.Api.Cel;

/// <summary>A version as semver.org defines it: 1.2.3-rc.1+build.</summary>
public sealed partial record SemanticVersion(long Major, long Minor, long Patch, string PreRelease = "", string Build = "") : IComparable<SemanticVersion>
{
    public static bool operator <(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) >= 0;

    /// <param name="text">The version.</param>
    /// <param name="normalize">Whether v1.2, 1 and 01.2.3 are taken as well.</param>
    /// <param name="version">What it says.</param>
    public static bool TryParse(string text, bool normalize, out SemanticVersion version)
    {
        version = new(0, 0, 0);
        var match = (normalize ? Loose() : Strict()).Match(text);
        if (!match.Success || !Number(match, "major", out var major) || !Number(match, "minor", out var minor) || !Number(match, "patch", out var patch)) return false;
        version = new(major, minor, patch, match.Groups["pre"].Value, match.Groups["build"].Value);
        return true;
    }

    /// <summary>The order of precedence; builds make no difference.</summary>
    public int CompareTo(SemanticVersion? other)
    {
        if (other is null) return 1;
        var order = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return order != 0 ? order : ComparePreReleases(PreRelease, other.PreRelease);
    }

    // 1.0.0-alpha < 1.0.0-alpha.1 < 1.0.0-beta.2 < 1.0.0-beta.11 < 1.0.0
    private static int ComparePreReleases(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0) return right.Length.CompareTo(left.Length);
        var (ours, others) = (left.Split('.'), right.Split('.'));
        for (var i = 0; i < Math.Min(ours.Length, others.Length); i++)
        {
            if (CompareIdentifiers(ours[i], others[i]) is var order and not 0) return order;
        }
        return ours.Length.CompareTo(others.Length);
    }

    private static int CompareIdentifiers(string left, string right) =>
        (ulong.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var ours), ulong.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var others)) switch
        {
            (true, true) => ours.CompareTo(others),
            (true, false) => -1,
            (false, true) => 1,
            _ => string.CompareOrdinal(left, right),
        };

    private static bool Number(Match match, string group, out long number)
    {
        number = 0;
        return !match.Groups[group].Success || long.TryParse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    [GeneratedRegex(@"^(?<major>0|[1-9]\d*)\.(?<minor>0|[1-9]\d*)\.(?<patch>0|[1-9]\d*)(-(?<pre>(0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(\.(0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*))?(\+(?<build>[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*))?\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Strict();

    [GeneratedRegex(@"^v?(?<major>\d+)(\.(?<minor>\d+)(\.(?<patch>\d+))?)?(-(?<pre>[0-9A-Za-z.-]+))?(\+(?<build>[0-9A-Za-z.-]+))?\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Loose();
}
