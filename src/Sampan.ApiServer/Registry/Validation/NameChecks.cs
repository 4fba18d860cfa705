using Sampan.Api;

namespace Sampan.ApiServer.Registry.Validation;

/// <summary>Says what is wrong with a name; nothing when it is good. A prefix is a generateName, which may end in a dash.</summary>
internal delegate IEnumerable<string> NameCheck(string name, bool prefix);

/// <summary>The name checks that kinds use.</summary>
internal static class NameChecks
{
    public static NameCheck Subdomain { get; } = static (name, prefix) => Names.IsDns1123Subdomain(Mask(name, prefix));

    public static NameCheck Label { get; } = static (name, prefix) => Names.IsDns1123Label(Mask(name, prefix));

    public static NameCheck Label1035 { get; } = static (name, prefix) => Names.IsDns1035Label(Mask(name, prefix));

    /// <summary>Anything that can be one segment of a path: RBAC names, for example system:node.</summary>
    public static NameCheck PathSegment { get; } = static (name, prefix) => prefix ? PathSegmentPrefix(name) : PathSegmentName(name);

    /// <summary>Any name.</summary>
    public static NameCheck None { get; } = static (_, _) => [];

    private static string Mask(string name, bool prefix) =>
        prefix && name.Length > 1 && name.EndsWith('-') ? string.Concat(name.AsSpan(0, name.Length - 1), "a") : name;

    private static IEnumerable<string> PathSegmentName(string name) => name switch
    {
        "." => ["may not be '.'"],
        ".." => ["may not be '..'"],
        _ => PathSegmentPrefix(name),
    };

    private static IEnumerable<string> PathSegmentPrefix(string name)
    {
        foreach (var forbidden in "/%")
        {
            if (name.Contains(forbidden, StringComparison.Ordinal))
            {
                yield return $"may not contain '{forbidden}'";
            }
        }
    }
}
