using System.Text.RegularExpressions;

namespace Sampan.ApiServer.Discovery;

/// <summary>The best version first: v2, v1, v1beta2, v1beta1, v1alpha1, then names of any other form by letter.</summary>
internal sealed partial class VersionOrder : IComparer<string>
{
    public static VersionOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (Rank(x ?? ""), Rank(y ?? ""));
        if (left is null || right is null)
            return left is null && right is null ? string.CompareOrdinal(x, y) : left is null ? 1 : -1;
        return right.Value.CompareTo(left.Value);
    }

    private static (int Stability, int Major, int Minor)? Rank(string version)
    {
        var match = Form().Match(version);
        if (!match.Success || !int.TryParse(match.Groups[1].Value, out var major))
            return null;
        var stability = match.Groups[2].Value switch { "" => 2, "beta" => 1, _ => 0 };
        return int.TryParse(match.Groups[3].Value, out var minor) || stability == 2 ? (stability, major, minor) : null;
    }

    [GeneratedRegex(@"\Av([0-9]+)(?:(alpha|beta)([0-9]+))?\z")]
    private static partial Regex Form();
}
