namespace Sampan.Scheduler.Cache;

/// <summary>The names of the native resources.</summary>
internal static class ResourceNames
{
    public const string Cpu = "cpu";
    public const string Memory = "memory";
    public const string EphemeralStorage = "ephemeral-storage";
    public const string Pods = "pods";
    public const string HugePagesPrefix = "hugepages-";

    private const string NativeDomain = "kubernetes.io/";

    /// <summary>A resource of some vendor's own: it has a domain, and not Kubernetes' own.</summary>
    public static bool IsExtended(string name) =>
        name.Contains('/', StringComparison.Ordinal) && !name.Contains(NativeDomain, StringComparison.Ordinal) && !name.StartsWith("requests.", StringComparison.Ordinal);
}
