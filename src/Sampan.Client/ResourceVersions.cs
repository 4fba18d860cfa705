namespace Sampan.Client;

/// <summary>Orders resource versions of one server: decimal numbers of any length. An empty one is older than all.</summary>
public static class ResourceVersions
{
    public static int Compare(string? left, string? right)
    {
        var a = (left ?? "").AsSpan().TrimStart('0');
        var b = (right ?? "").AsSpan().TrimStart('0');
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
    }

    public static string Max(string left, string right) => Compare(left, right) >= 0 ? left : right;
}
