using Sampan.Api;

namespace Sampan.ApiServer.Admission.PodSecurity;

/// <summary>Puts findings into words.</summary>
internal static class CheckText
{
    public static string Plural(string one, string many, int count) => count == 1 ? one : many;

    /// <summary>"a", "b"</summary>
    public static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(GoText.Quote));

    public static string Sorted(IEnumerable<string> names) => Quoted(names.Distinct().Order(StringComparer.Ordinal));

    /// <summary>container "a", containers "a", "b"</summary>
    public static string Containers(IReadOnlyCollection<string> names) => $"{Plural("container", "containers", names.Count)} {Quoted(names)}";

    /// <summary>pod and container "a"</summary>
    public static string Setters(bool pod, IReadOnlyCollection<string> containers) =>
        string.Join(" and ", new[] { pod ? "pod" : "", containers.Count > 0 ? Containers(containers) : "" }.Where(text => text.Length > 0));
}
